"""From the objects of a JSON document to entries; each format only tells where they are and what they mean."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import IO, Any

from trackeep.bookmarks.formats.documents import Path, TruncatedDocument, Wish, walk
from trackeep.bookmarks.formats.entries import Entry, Given, Maker, Moment
from trackeep.bookmarks.formats.limits import MAX_LEFT, MAX_SUBJECT
from trackeep.bookmarks.formats.rows import Problem, What
from trackeep.bookmarks.formats.sources import chunks_of

_DEEPEST = 6


def entries(
    stream: IO[bytes],
    maker: Maker,
    is_entry: Callable[[Path], bool],
    given: Callable[..., Given],
    *,
    enters: Callable[[Path], bool] | None = None,
    with_path: bool = False,
) -> Iterator[Entry]:
    """One for each object at the places that ``is_entry`` names; ``enters`` names the places on the way to them."""
    number = 0
    wish = _wish(is_entry, enters)
    try:
        for found in walk(chunks_of(stream), wish):
            number += 1
            if found.is_broken or not isinstance(found.value, dict):
                yield broken(number, found.raw.decode("utf-8", "replace") if found.raw else str(found.value))
                continue
            meant = given(found.value, found.path) if with_path else given(found.value)
            yield from maker.take(number, meant)
    except TruncatedDocument:
        yield Problem(number, What.TRUNCATED)


def broken(number: int, text: str) -> Problem:
    shown = text.replace("\0", "")
    return Problem(number, What.BROKEN, " ".join(shown[:400].split())[:MAX_SUBJECT], {"text": shown[:MAX_LEFT]})


def text(item: Mapping[str, Any], name: str) -> str:
    """Empty for what is missing, null or no text."""
    value = item.get(name)
    return value if isinstance(value, str) else ""


def moment(item: Mapping[str, Any], name: str) -> Moment:
    value = item.get(name)
    return value if isinstance(value, str | int | float) and not isinstance(value, bool) else None


def flag(item: Mapping[str, Any], name: str) -> bool:
    return item.get(name) is True or item.get(name) == 1


def names(value: object) -> list[str]:
    """Tags, given as texts or as objects with a name."""
    if not isinstance(value, list):
        return []
    found = (each.get("name") if isinstance(each, dict) else each for each in value)
    return [name for name in found if isinstance(name, str)]


def objects(value: object) -> Iterable[Mapping[str, Any]]:
    return (each for each in value if isinstance(each, dict)) if isinstance(value, list) else ()


def _wish(is_entry: Callable[[Path], bool], enters: Callable[[Path], bool] | None) -> Callable[[Path], Wish]:
    def wish(path: Path) -> Wish:
        if is_entry(path):
            return Wish.TAKE
        enter = not path or (enters is not None and enters(path))
        return Wish.ENTER if enter and len(path) < _DEEPEST else Wish.SKIP

    return wish
