"""Where in the tree of folders the reader is."""

from dataclasses import dataclass

from trackeep.bookmarks.formats.limits import MAX_DEPTH
from trackeep.bookmarks.formats.rows import Root

# Beyond this, levels are only counted, so that a file of nothing but opening lists takes no memory.
_MOST_LEVELS = 1_000


@dataclass(slots=True)
class _Level:
    path: tuple[str, ...]
    root: Root
    named: bool
    used: bool = False


class Folders:
    """A stack of open folders; nameless lists (the outermost one) count as part of the folder around them."""

    def __init__(self) -> None:
        self._levels = [_Level((), Root.NONE, named=False)]
        self._uncounted = 0
        self._announced: tuple[str, Root] | None = None

    @property
    def path(self) -> tuple[str, ...]:
        return self._levels[-1].path

    @property
    def root(self) -> Root:
        return self._levels[-1].root

    @property
    def is_open(self) -> bool:
        return len(self._levels) > 1

    def announce(self, name: str, root: Root) -> str:
        """A folder's heading; its list should follow. Returns the path of one announced before that got no list."""
        forgotten = self.forget()
        self._announced = (name, root)
        return forgotten

    def forget(self) -> str:
        """Gives up waiting for the list of an announced folder; returns its path, or ''."""
        if self._announced is None:
            return ""
        name, _root = self._announced
        self._announced = None
        return " / ".join((*self.path, name))

    def enter(self) -> bool:
        """A list opens. False when its folder lies too deep and its content is put into the one around it."""
        if len(self._levels) >= _MOST_LEVELS:
            self._uncounted += 1
            return True
        around = self._levels[-1]
        announced, self._announced = self._announced, None
        around.used = around.used or announced is not None
        if announced is None or not announced[0]:
            self._levels.append(_Level(around.path, around.root, named=False))
            return True
        fits = len(around.path) < MAX_DEPTH
        path = (*around.path, announced[0]) if fits else around.path
        root = around.root if around.path else announced[1]
        self._levels.append(_Level(path, root, named=fits))
        return fits

    def leave(self) -> str:
        """A list closes. Returns the path of its folder when nothing at all was in it, else ''."""
        if self._uncounted:
            self._uncounted -= 1
            return ""
        if len(self._levels) == 1:
            return ""
        level = self._levels.pop()
        if not level.named:
            self._levels[-1].used = self._levels[-1].used or level.used
        return " / ".join(level.path) if level.named and not level.used else ""

    def use(self) -> None:
        """Something lies in the current folder."""
        self._levels[-1].used = True
