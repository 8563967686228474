"""Finds a quoted passage again in a text that may have changed since: pure, and bounded in time.

Texts are compared without white space and invisible characters, and with plain quotation marks and dashes: a quote that
was copied from another product, or across paragraphs, differs from the text in just these. Four steps, the first that
finds the passage decides: the remembered place; the only occurrence; of several the one in the best surroundings; the
place that shares most of its short pieces. All but the last are exact. An index of the text, made when the first
passage is not where it was, makes each further one cost about its own length; what a page of highlights may cost is
bounded.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain

_INVISIBLE = "\x00\x1c\x1d\x1e\x1f\x85\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\ufeff"
_PLAIN = {
    **dict.fromkeys(_INVISIBLE + "".join(map(chr, range(0x2060, 0x2070))), " "),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033", '"'),
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u0060\u00b4", "'"),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
}
_TABLE = str.maketrans(_PLAIN)
_WORD = re.compile(r"\S+")

OCCURRENCES = 400
"""So many places of a passage that repeats are compared; the remembered place and its neighbours are among them."""
NEAR = 2_000
GRAM = 12
"""The text is indexed by its pieces of this length, laid end to end: whatever is twice as long holds one of them."""
COMMON = 200
"""A piece that is in the text more often says little about where a passage is."""
ROUNDS = 50
PIECE = 6
CANDIDATES = 6
LIKENESS = 0.5
SURE = 0.85
SHORTEST_CHANGED = 2 * GRAM
"""A passage with fewer characters is not looked for in changed words: it would be found anywhere."""
EFFORT = 600_000_000
"""So many characters may be looked through for one page of highlights, which takes about a second."""
COMPARED, CUT = 5_000, 150
"""What comparing one occurrence, and cutting one piece out of a text, cost in such characters."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a passage stands, in code points of the text; ``first`` and ``last`` count visible characters only, which
    is the same in every copy of the text however it is broken into lines."""

    start: int
    end: int
    first: int
    last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Selector:
    """What is remembered of a passage."""

    quote: str
    prefix: str = ""
    suffix: str = ""
    start: int | None = None
    end: int | None = None


def squeezed(text: str) -> str:
    """The visible characters alone, in their plain form."""
    return "".join(text.translate(_TABLE).split())


@dataclass
class Anchorer:
    """Finds passages in one text. ``effort`` is what is left for looking beyond remembered places."""

    text: str
    effort: int = EFFORT
    _visible: str = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._visible = squeezed(self.text)

    def find(self, selector: Selector) -> Place | None:
        """None when the passage is not in the text any more."""
        quote = squeezed(selector.quote)
        if not quote:
            return None
        first = self._remembered(selector, quote)
        if first is None:
            first = self._quoted(selector, quote)
        if first is not None:
            return self._place(first, first + len(quote))
        changed = self._changed(quote)
        return self._place(*changed) if changed else None

    def _remembered(self, selector: Selector, quote: str) -> int | None:
        if selector.start is None:
            return None
        first = self._visible_before(selector.start)
        return first if self._visible.startswith(quote, first) else None

    def _quoted(self, selector: Selector, quote: str) -> int | None:
        found = list(self._occurrences(selector, quote))
        if len(found) < 2:
            return found[0] if found else None
        prefix, suffix = squeezed(selector.prefix), squeezed(selector.suffix)
        near = self._visible_before(selector.start) if selector.start is not None else 0

        def fits(first: int) -> tuple[int, int]:
            self.effort -= COMPARED
            return self._surroundings(first, first + len(quote), prefix, suffix), -abs(first - near)

        return max(found, key=fits)

    def _occurrences(self, selector: Selector, quote: str) -> Iterator[int]:
        """The first ones of the text, and those around the remembered place."""
        seen: set[int] = set()
        ways = [self._indexed(quote) if len(quote) >= SHORTEST_CHANGED else self._scanned(quote, 0, None)]
        if selector.start is not None:
            near = self._visible_before(selector.start)
            ways.append(self._scanned(quote, max(0, near - NEAR), near + NEAR + len(quote)))
        for first in chain.from_iterable(ways):
            if first not in seen:
                seen.add(first)
                yield first

    def _indexed(self, quote: str) -> Iterator[int]:
        """The places of a quote that is long enough to hold a piece of the index."""
        left = OCCURRENCES
        for offset in range(GRAM):
            for position in self._pieces.get(quote[offset : offset + GRAM], ()):
                if left and position >= offset and self._visible.startswith(quote, position - offset):
                    left -= 1
                    yield position - offset

    def _scanned(self, quote: str, start: int, end: int | None) -> Iterator[int]:
        """The places between these two, as long as there is effort left."""
        stop = len(self._visible) if end is None else min(end, len(self._visible))
        for _turn in range(OCCURRENCES):
            if self.effort <= 0:
                return
            found = self._visible.find(quote, start, stop)
            self.effort -= (stop if found < 0 else found) - start + 1
            if found < 0:
                return
            yield found
            start = found + 1

    @cached_property
    def _pieces(self) -> dict[str, list[int]]:
        """Where each piece of GRAM characters is, of those that are laid end to end."""
        index: dict[str, list[int]] = {}
        for at in range(0, len(self._visible) - GRAM + 1, GRAM):
            places = index.setdefault(self._visible[at : at + GRAM], [])
            if len(places) < COMMON:
                places.append(at)
        return index

    def _surroundings(self, first: int, last: int, prefix: str, suffix: str) -> int:
        before = self._visible[max(0, first - len(prefix)) : first]
        after = self._visible[last : last + len(suffix)]
        return _common(before[::-1], prefix[::-1]) + _common(after, suffix)

    def _changed(self, quote: str) -> tuple[int, int] | None:
        """The stretch that shares most pieces with the quote, if it shares enough."""
        if len(quote) < SHORTEST_CHANGED or self.effort <= 0:
            return None
        self.effort -= len(quote) * CUT
        pieces = {quote[at : at + PIECE] for at in range(len(quote) - PIECE + 1)}
        best, stretch = LIKENESS, None
        for begin in self._candidates(quote):
            slack = len(quote) // 4 + PIECE * 4
            window_start = max(0, begin - slack)
            window = self._visible[window_start : begin + len(quote) + slack]
            shared = [at for at in range(len(window) - PIECE + 1) if window[at : at + PIECE] in pieces]
            self.effort -= len(window) * CUT
            likeness = len({window[at : at + PIECE] for at in shared}) / len(pieces)
            if likeness > best:
                kept = _without_outliers(shared, len(quote))
                best, stretch = likeness, (window_start + kept[0], window_start + kept[-1] + PIECE)
            if best > SURE:
                break
        return stretch

    def _candidates(self, quote: str) -> list[int]:
        """Where the quote may begin: most of its unchanged pieces agree on it."""
        width = max(8, len(quote) // 8)
        votes: Counter[int] = Counter()
        for offset in _offsets(len(quote)):
            places = self._pieces.get(quote[offset : offset + GRAM], ())
            self.effort -= CUT * (1 + len(places))
            if len(places) < COMMON:
                votes.update((position - offset) // width for position in places)
        return [slot * width + width // 2 for slot, _number in votes.most_common(CANDIDATES)]

    def _place(self, first: int, last: int) -> Place:
        return Place(self._offset(first), self._offset(last - 1) + 1, first, last)

    @cached_property
    def _words(self) -> tuple[list[int], list[int]]:
        """Where each stretch of visible characters begins: in the text, and in what is visible of it."""
        begins, visible, count = [], [], 0
        for word in _WORD.finditer(self.text.translate(_TABLE)):
            begins.append(word.start())
            visible.append(count)
            count += word.end() - word.start()
        return begins, visible

    def _offset(self, position: int) -> int:
        begins, visible = self._words
        word = bisect_right(visible, position) - 1
        return begins[word] + position - visible[word]

    def _visible_before(self, offset: int) -> int:
        """How many visible characters stand before this offset of the text."""
        begins, visible = self._words
        word = bisect_right(begins, offset) - 1
        if word < 0:
            return 0
        following = visible[word + 1] if word + 1 < len(visible) else len(self._visible)
        return min(visible[word] + max(0, offset - begins[word]), following)


def context_of(text: str, place: Place, length: int) -> tuple[str, str]:
    """What stands before and behind the passage."""
    return text[max(0, place.start - length) : place.start], text[place.end : place.end + length]


def _offsets(length: int) -> Iterator[int]:
    """Where pieces are cut out of a quote: everywhere, or of a long one at ROUNDS places, each time as often as it
    takes to meet the index."""
    last = length - GRAM + 1
    step = max(GRAM, last // ROUNDS)
    return (at for start in range(0, last, step) for at in range(start, min(start + GRAM, last)))


def _common(one: str, other: str) -> int:
    length = 0
    for letter, twin in zip(one, other, strict=False):
        if letter != twin:
            break
        length += 1
    return length


def _without_outliers(positions: list[int], length: int) -> list[int]:
    """The stretch of about the quote's length that holds most of the shared pieces: one that stands far from the
    others is there by chance."""
    best, start = (0, 0), 0
    for end, position in enumerate(positions):
        while position - positions[start] > length * 5 // 4:
            start += 1
        best = max(best, (end - start + 1, -start))
    start = -best[1]
    return positions[start : start + best[0]]
