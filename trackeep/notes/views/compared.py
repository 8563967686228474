"""Two texts side by side for a page: what differs with some lines around it, and the long unchanged parts folded."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from trackeep.notes.differences import Hunk, Kind, hunks_of
from trackeep.notes.matching import matches

MAX_SHOWN = 3_000
MAX_FOLDED = 400


@dataclass(frozen=True, slots=True)
class Fold:
    """Lines that both have. ``first`` is the number of the first in the newer text; of very many only the number is
    told."""

    first: int
    count: int
    lines: Sequence[str]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The parts in their order; ``added`` and ``removed`` count lines, ``cut`` says that there is more."""

    parts: Sequence[Hunk | Fold]
    added: int
    removed: int
    cut: bool

    @property
    def is_equal(self) -> bool:
        return not self.added and not self.removed


def compared(old: str, new: str) -> Comparison:
    before, after = old.split("\n"), new.split("\n")
    common = matches(before, after)
    same = sum(match.size for match in common)
    shown = list(_within(hunks_of(before, after, common, most=MAX_SHOWN)))
    added, removed = len(after) - same, len(before) - same
    told = sum(line.kind is not Kind.SAME for hunk in shown for line in hunk.lines)
    is_cut = told < added + removed
    return Comparison(list(_with_folds(shown, after, to_the_end=not is_cut)), added, removed, is_cut)


def _within(hunks: Sequence[Hunk]) -> Iterator[Hunk]:
    """As many as a page can bear; of a single giant one the beginning."""
    room = MAX_SHOWN
    for hunk in hunks:
        if room <= 0:
            return
        yield hunk if len(hunk.lines) <= room else Hunk(hunk.lines[:room])
        room -= len(hunk.lines)


def _with_folds(hunks: Sequence[Hunk], lines: Sequence[str], *, to_the_end: bool) -> Iterator[Hunk | Fold]:
    at = 1
    for hunk in hunks:
        numbers = [line.new_number for line in hunk.lines if line.new_number is not None]
        # Where lines were only taken away the page goes on behind the last that it has shown.
        start = numbers[0] if numbers else at
        yield from _fold(lines, at, start)
        yield hunk
        at = numbers[-1] + 1 if numbers else at
    if to_the_end:
        yield from _fold(lines, at, len(lines) + 1)


def _fold(lines: Sequence[str], first: int, end: int) -> Iterator[Fold]:
    if first < end:
        count = end - first
        yield Fold(first, count, lines[first - 1 : end - 1] if count <= MAX_FOLDED else ())
