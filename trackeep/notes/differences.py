"""What became of a text: the lines that differ with the words inside them, and three texts brought together in one."""

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from trackeep.notes.matching import Match, matches

_CONTEXT = 3
# Longer lines are shown as wholly changed: nobody reads single words of them.
_LONGEST_LINE = 5_000
_WORDS = re.compile(r"\s+|\w+|[^\w\s]")
_LINES = re.compile(r"[^\n]*\n|[^\n]+")
# Lines that share less than this are two lines, not one that was changed.
_ALIKE = 0.4
# Where so many lines in a row changed, it is another text, and words that happen to be the same say nothing.
_MOST_COMPARED = 500


class Kind(StrEnum):
    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a line, and whether they are what differs."""

    text: str
    changed: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A line with its number in the older and the newer text, where it stands there."""

    kind: Kind
    old_number: int | None
    new_number: int | None
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Hunk:
    """Lines that differ, with some around them that do not."""

    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """A place that both changed, each in another way; ``mine`` stands from ``start`` to ``end`` in the merged text."""

    start: int
    end: int
    base: str
    mine: str
    theirs: str


class Origin(StrEnum):
    """Whose a part of a merged text is. ``BOTH`` made the same change."""

    SAME = "same"
    MINE = "mine"
    THEIRS = "theirs"
    BOTH = "both"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class Region:
    """A part of three texts side by side."""

    origin: Origin
    base: str
    mine: str
    theirs: str

    @property
    def text(self) -> str:
        """What stands there when both are brought together; in a conflict what is mine."""
        return self.theirs if self.origin is Origin.THEIRS else self.mine


@dataclass(frozen=True, slots=True)
class Merge:
    """The text with all changes of both; in each conflict it says what ``mine`` says."""

    text: str
    conflicts: tuple[Conflict, ...]


def differences(old: str, new: str, *, context: int = _CONTEXT) -> list[Hunk]:
    """The hunks in order; none when the texts are equal."""
    before, after = old.split("\n"), new.split("\n")
    return hunks_of(before, after, matches(before, after), context=context)


def hunks_of(
    before: Sequence[str],
    after: Sequence[str],
    common: Sequence[Match],
    *,
    context: int = _CONTEXT,
    most: int = sys.maxsize,
) -> list[Hunk]:
    """The same for texts in lines with what they have in common. No more hunks are made than ``most`` lines need."""
    hunks: list[Hunk] = []
    lines: list[Line] = []
    at = place = 0
    for match in [*common, Match(len(before), len(after), 0)]:
        lines += islice(_changed(before[at : match.old], after[place : match.new], at, place), most)
        at, place = match.old + match.size, match.new + match.size
        if sum(len(hunk.lines) for hunk in hunks) + len(lines) >= most:
            break
        if match.size <= 2 * context:
            lines += _same(before, match, range(match.size))
            continue
        _close(hunks, [*lines, *_same(before, match, range(context))])
        lines = list(_same(before, match, range(match.size - context, match.size)))
    _close(hunks, lines)
    return [_without_far_ends(hunk, context) for hunk in hunks]


def merged(base: str, mine: str, theirs: str) -> Merge:
    """Bring both changes of ``base`` together, line by line; equal changes are one."""
    parts: list[str] = []
    conflicts: list[Conflict] = []
    length = 0
    for region in regions(base, mine, theirs):
        if region.origin is Origin.CONFLICT:
            end = length + len(region.mine)
            conflicts.append(Conflict(length, end, region.base, region.mine, region.theirs))
        parts.append(region.text)
        length += len(region.text)
    return Merge("".join(parts), tuple(conflicts))


def regions(base: str, mine: str, theirs: str) -> Iterator[Region]:
    """The parts of the three texts in their order, and whose each is."""
    origin, left, right = _LINES.findall(base), _LINES.findall(mine), _LINES.findall(theirs)
    for old, ours, others in _regions(origin, left, right):
        if old or ours or others:
            yield Region(_origin(old, ours, others), old, ours, others)


def common(one: str, other: str) -> str:
    """The lines that two texts share: the nearest to a base where nobody knows it any more."""
    left, right = _LINES.findall(one), _LINES.findall(other)
    return "".join(line for match in matches(left, right) for line in left[match.old : match.old + match.size])


def _origin(old: str, ours: str, others: str) -> Origin:
    if ours == others:
        return Origin.SAME if ours == old else Origin.BOTH
    if others == old:
        return Origin.MINE
    return Origin.THEIRS if ours == old else Origin.CONFLICT


def _regions(origin: Sequence[str], left: Sequence[str], right: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """The three texts side by side: in turn where both kept the lines of the base, and what stands between."""
    at = mine = theirs = 0
    for start, size, ours, others in _kept_by_both(matches(origin, left), matches(origin, right)):
        yield _joined(origin[at:start], left[mine:ours], right[theirs:others])
        yield _joined(origin[start : start + size], left[ours : ours + size], right[others : others + size])
        at, mine, theirs = start + size, ours + size, others + size
    yield _joined(origin[at:], left[mine:], right[theirs:])


def _joined(*texts: Sequence[str]) -> tuple[str, str, str]:
    base, mine, theirs = ("".join(text) for text in texts)
    return base, mine, theirs


def _kept_by_both(left: Sequence[Match], right: Sequence[Match]) -> Iterator[tuple[int, int, int, int]]:
    """Where runs of both sides overlap in the base: its start, the size, and where that stands on both sides."""
    here = there = 0
    while here < len(left) and there < len(right):
        ours, others = left[here], right[there]
        start = max(ours.old, others.old)
        end = min(ours.old + ours.size, others.old + others.size)
        if start < end:
            yield start, end - start, ours.new + start - ours.old, others.new + start - others.old
        if ours.old + ours.size < others.old + others.size:
            here += 1
        else:
            there += 1


def _same(before: Sequence[str], match: Match, steps: range) -> Iterator[Line]:
    for step in steps:
        yield Line(Kind.SAME, match.old + step + 1, match.new + step + 1, (Piece(before[match.old + step], False),))


def _without_far_ends(hunk: Hunk, context: int) -> Hunk:
    """A short run at the beginning or the end of the text was kept whole; of it, too, only what is near is shown."""
    changed = [at for at, line in enumerate(hunk.lines) if line.kind is not Kind.SAME]
    return Hunk(hunk.lines[max(0, changed[0] - context) : changed[-1] + context + 1])


def _close(hunks: list[Hunk], lines: Sequence[Line]) -> None:
    if any(line.kind is not Kind.SAME for line in lines):
        hunks.append(Hunk(tuple(lines)))


def _changed(before: Sequence[str], after: Sequence[str], at: int, place: int) -> Iterator[Line]:
    """Removed lines first, then added ones; the first of each are compared with each other, and so on."""
    compared = min(len(before), len(after)) if max(len(before), len(after)) <= _MOST_COMPARED else 0
    pairs = [_words(old, new) for old, new in zip(before[:compared], after[:compared], strict=True)]
    for step, old in enumerate(before):
        pieces = pairs[step][0] if step < len(pairs) else (Piece(old, True),)
        yield Line(Kind.REMOVED, at + step + 1, None, pieces)
    for step, new in enumerate(after):
        pieces = pairs[step][1] if step < len(pairs) else (Piece(new, True),)
        yield Line(Kind.ADDED, None, place + step + 1, pieces)


def _words(old: str, new: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    if len(old) + len(new) > _LONGEST_LINE:
        return (Piece(old, True),), (Piece(new, True),)
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    common = matches(before, after)
    kept = sum(len("".join(before[match.old : match.old + match.size]).strip()) for match in common)
    if kept < _ALIKE * min(len(old.strip()), len(new.strip())):
        return (Piece(old, True),), (Piece(new, True),)
    return (
        tuple(_pieces(before, [(match.old, match.size) for match in common])),
        tuple(_pieces(after, [(match.new, match.size) for match in common])),
    )


def _pieces(words: Sequence[str], kept: Sequence[tuple[int, int]]) -> Iterator[Piece]:
    at = 0
    for start, size in [*kept, (len(words), 0)]:
        if at < start:
            yield Piece("".join(words[at:start]), True)
        if size:
            yield Piece("".join(words[start : start + size]), False)
        at = start + size
