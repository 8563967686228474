"""Which items two sequences have in common, in order: found by what is unique in both, so in nearly linear time."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

# What no unique item divides is compared item by item; beyond these sizes it counts as wholly changed.
_GAP_CELLS = 250_000
_ALL_CELLS = 2_000_000
_DEPTH = 50


class Match(NamedTuple):
    """``size`` items from ``old`` on are those from ``new`` on."""

    old: int
    new: int
    size: int


class _Range(NamedTuple):
    old: int
    old_end: int
    new: int
    new_end: int
    depth: int


def matches(old: Sequence[str], new: Sequence[str]) -> list[Match]:
    """The common runs in order, none touching the next on both sides. This is patience diff, with a bounded comparison
    (longest common subsequence) where nothing is unique."""
    pairs: list[tuple[int, int]] = []
    cells = _ALL_CELLS
    ranges = [_Range(0, len(old), 0, len(new), 0)]
    while ranges:
        here = _trimmed(old, new, ranges.pop(), pairs)
        size = (here.old_end - here.old) * (here.new_end - here.new)
        anchors = _anchors(old, new, here) if size and here.depth < _DEPTH else []
        if anchors:
            pairs += anchors
            ranges += _between(here, anchors)
        elif size and size <= min(_GAP_CELLS, cells):
            cells -= size
            pairs += _longest(old[here.old : here.old_end], new[here.new : here.new_end], here)
    return _runs(sorted(pairs))


def _trimmed(old: Sequence[str], new: Sequence[str], here: _Range, pairs: list[tuple[int, int]]) -> _Range:
    start, end, other, other_end, depth = here
    while start < end and other < other_end and old[start] == new[other]:
        pairs.append((start, other))
        start, other = start + 1, other + 1
    while start < end and other < other_end and old[end - 1] == new[other_end - 1]:
        end, other_end = end - 1, other_end - 1
        pairs.append((end, other_end))
    return _Range(start, end, other, other_end, depth)


def _anchors(old: Sequence[str], new: Sequence[str], here: _Range) -> list[tuple[int, int]]:
    """The items that are unique on both sides, as far as their order is the same: the longest rising sequence."""
    counts = Counter(old[here.old : here.old_end])
    others = Counter(new[here.new : here.new_end])
    places = {new[at]: at for at in range(here.new, here.new_end)}
    pairs = [
        (at, places[item])
        for at, item in enumerate(old[here.old : here.old_end], here.old)
        if counts[item] == 1 and others.get(item) == 1
    ]
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for number, (_at, place) in enumerate(pairs):
        length = bisect_left(tails, place)
        before.append(ends[length - 1] if length else -1)
        tails[length : length + 1] = [place]
        ends[length : length + 1] = [number]
    chain: list[tuple[int, int]] = []
    last = ends[-1] if ends else -1
    while last >= 0:
        chain.append(pairs[last])
        last = before[last]
    return chain[::-1]


def _between(here: _Range, anchors: Sequence[tuple[int, int]]) -> list[_Range]:
    starts = [(here.old, here.new), *((at + 1, place + 1) for at, place in anchors)]
    ends = [*anchors, (here.old_end, here.new_end)]
    return [
        _Range(start, end, other, other_end, here.depth + 1)
        for (start, other), (end, other_end) in zip(starts, ends, strict=True)
        if start < end and other < other_end
    ]


def _longest(old: Sequence[str], new: Sequence[str], here: _Range) -> list[tuple[int, int]]:
    """The longest common subsequence, by the table of the lengths that remain."""
    width = len(new)
    table = [[0] * (width + 1)]
    for item in reversed(old):
        below, row = table[-1], [0] * (width + 1)
        for at in range(width - 1, -1, -1):
            row[at] = below[at + 1] + 1 if item == new[at] else max(below[at], row[at + 1])
        table.append(row)
    table.reverse()
    pairs, at, place = [], 0, 0
    while at < len(old) and place < width:
        if old[at] == new[place]:
            pairs.append((here.old + at, here.new + place))
            at, place = at + 1, place + 1
        elif table[at + 1][place] >= table[at][place + 1]:
            at += 1
        else:
            place += 1
    return pairs


def _runs(pairs: Sequence[tuple[int, int]]) -> list[Match]:
    found: list[Match] = []
    for at, place in pairs:
        last = found[-1] if found else None
        if last and last.old + last.size == at and last.new + last.size == place:
            found[-1] = last._replace(size=last.size + 1)
        else:
            found.append(Match(at, place, 1))
    return found
