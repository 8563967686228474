r"""The one search tokeniser: it decides what a word is, so that SQLite and PostgreSQL find the same things.

Both databases get tokens, never text. For SQLite, store `" ".join(tokens(text))` in an FTS5 table with
`tokenize='ascii'`, the tokenizer that splits only at ASCII characters that are neither letters nor digits: our tokens
hold none of those, so it splits exactly at our spaces. For PostgreSQL, bind `to_tsvector(tokens(text))` and
`to_tsquery(query)` as text and CAST them to tsvector and tsquery, so that its own parser, which splits by locale,
is never asked (`to_tsquery('simple', ...)` would take the same text).

Han, kana and Hangul are written without spaces (or with too few), so a run of them becomes overlapping pairs, and its
last character stands alone as well: thereby every single character is the beginning of some token.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

MAX_TOKEN_LENGTH = 64
MAX_TOKENS = 60_000
MAX_QUERY_LENGTH = 1_000
MAX_QUERY_TERMS = 24
MAX_TEXT_BYTES = 200_000
# PostgreSQL's own bounds: positions above 16,383 are not told apart, a lexeme keeps 255 of them, a vector 1 MiB.
_MAX_POSITION = 16_383
_MAX_POSITIONS = 255
_MAX_VECTOR_BYTES = 900_000
_SLICE = 8_192


def _marks() -> str:
    r"""Vowel signs and the like belong to their word, though Python's \w does not say so."""
    return "".join(chr(code) for code in range(0x300, 0x10000) if unicodedata.category(chr(code)) in ("Mn", "Mc"))


def _combining(start: int, stop: int) -> str:
    return "".join(chr(code) for code in range(start, stop) if unicodedata.combining(chr(code)))


def _invisible() -> str:
    """What is dropped without a trace: controls other than line breaks, format characters, surrogates."""
    characters = map(chr, range(0x10000))
    return "".join(
        char for char in characters if unicodedata.category(char) in ("Cc", "Cf", "Cs") and not char.isspace()
    )


# Sets beyond the basic plane make the expression machine slow, so they stand apart from the others.
_WORD = re.compile(rf"(?:[^\W_]|[{_marks()}])+")
_ASCII_WORD = re.compile("[0-9a-z]+")
_CJK = "[\u3005-\u3007\u3040-\u30ff\u3100-\u312f\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff]"
_CJK_RUN = re.compile(f"((?:{_CJK}|[\U00020000-\U0003ffff])+)")
# Python sorts combining marks by insertion: a letter under 50,000 of them would take ten seconds to normalise.
_COMBINING = f"[{_combining(0x300, 0x10000)}]"
_ANY_COMBINING = f"(?:{_COMBINING}|[{_combining(0x10000, 0x1F000)}])"
_PILE = re.compile(f"({_COMBINING}{{8}}){_COMBINING}+")
_ANY_PILE = re.compile(f"({_ANY_COMBINING}{{8}}){_ANY_COMBINING}+")
# Accents of Latin, Greek and Cyrillic, points of Hebrew and Arabic; kana marks and Indic vowels change the word: kept.
_ACCENTS = re.compile(
    "[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u065f\u0670\u1ab0-\u1aff\u1dc0-\u1dff"
    "\u20d0-\u20ff\ufe20-\ufe2f]+"
)
_INVISIBLE = re.compile(f"[{re.escape(_invisible())}]+")
_ANY_INVISIBLE = re.compile("[\U000e0000-\U000e01ef]+")
_ASCII_INVISIBLE = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]+")
_STROKES = {"ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"}
_STROKE = re.compile(f"[{''.join(_STROKES)}]")


def fold(text: str) -> str:
    """The form under which names are the same: case, accents, width, spacing and invisible characters are gone."""
    return " ".join(_fold(text).split())


def _fold(text: str) -> str:
    if text.isascii():
        return _ASCII_INVISIBLE.sub("", text).lower()
    visible, pile = _INVISIBLE.sub("", text), _PILE
    if max(text) > "\uffff":
        visible, pile = _ANY_INVISIBLE.sub("", visible), _ANY_PILE
    cased = unicodedata.normalize("NFKC", pile.sub(r"\1", visible)).casefold()
    bare = _ACCENTS.sub("", unicodedata.normalize("NFKD", cased))
    return unicodedata.normalize("NFKC", _STROKE.sub(lambda found: _STROKES[found[0]], bare))


def tokens(text: str) -> list[str]:
    """The words of a text in order, at most MAX_TOKENS of at most MAX_TOKEN_LENGTH characters; never raises."""
    found: list[str] = []
    for words in _words(text):
        joined = "".join(words)
        if joined.isascii() or not _CJK_RUN.search(joined):
            found += [word[:MAX_TOKEN_LENGTH] for word in words]
        else:
            found += chain.from_iterable(map(_tokens_of, words))
        if len(found) >= MAX_TOKENS:
            return found[:MAX_TOKENS]
    return found


def _tokens_of(word: str) -> list[str]:
    if word.isascii():
        return [word[:MAX_TOKEN_LENGTH]]
    found: list[str] = []
    for run in _split(word):
        found += [*_pairs(run.text), run.text[-1]] if run.is_cjk else [run.text]
    return found


class _Run(NamedTuple):
    """Characters that stand together: a word, or a stretch of a script without spaces."""

    text: str
    is_cjk: bool


def _words(text: str) -> Iterator[list[str]]:
    """The folded words, slice by slice: who has enough of them stops, since a character may fold to eighteen."""
    return ((_ASCII_WORD if piece.isascii() else _WORD).findall(_fold(piece)) for piece in _slices(text))


def _slices(text: str) -> Iterator[str]:
    """The text in pieces short enough to be folded at once, ended at a space where there is one."""
    start = 0
    while start < len(text):
        end = start + _SLICE
        space = text.rfind(" ", start + 1, end) if end < len(text) else -1
        end = end if space < 0 else space
        yield text[start:end]
        start = end


def _split(word: str) -> Iterator[_Run]:
    """Odd pieces of the split are the stretches that the expression catches."""
    for position, piece in enumerate(_CJK_RUN.split(word)):
        if piece:
            is_cjk = position % 2 == 1
            yield _Run(piece if is_cjk else piece[:MAX_TOKEN_LENGTH], is_cjk)


def _pairs(run: str) -> list[str]:
    return [run[start : start + 2] for start in range(len(run) - 1)]


@dataclass(frozen=True)
class Query:
    """All of `terms` must occur, and for each of `prefixes` a word that begins with it."""

    terms: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.terms or self.prefixes)

    def matches(self, text_tokens: Iterable[str]) -> bool:
        """What both databases answer, in plain Python."""
        words = set(text_tokens)
        return words.issuperset(self.terms) and all(
            any(word.startswith(prefix) for word in words) for prefix in self.prefixes
        )


def parse_query(text: str) -> Query:
    """Plain words, all of them wanted, the last one perhaps not typed to its end.

    Anything is accepted; a text without any word gives an empty (false) query, and it is the caller who knows
    whether that means everything or nothing.
    """
    words = chain.from_iterable(_words(text[:MAX_QUERY_LENGTH]))
    runs = [run for word in words for run in _split(word)][:MAX_QUERY_TERMS]
    terms: dict[str, None] = {}
    prefixes: dict[str, None] = {}
    for position, run in enumerate(runs, 1):
        if run.is_cjk and len(run.text) > 1:
            terms.update(dict.fromkeys(_pairs(run.text)))
        elif run.is_cjk or position == len(runs):
            prefixes[run.text] = None
        else:
            terms[run.text] = None
    return Query(tuple(terms), tuple(prefixes))


def to_fts5(query: Query) -> str:
    """The query for FTS5's MATCH, every term quoted; raises ValueError for an empty query."""
    _refuse_empty(query)
    return " AND ".join([*map(_fts5_quoted, query.terms), *(f"{_fts5_quoted(prefix)}*" for prefix in query.prefixes)])


def _fts5_quoted(term: str) -> str:
    return '"' + term.replace('"', '""') + '"'


def to_tsquery(query: Query) -> str:
    """The query as PostgreSQL writes a tsquery; raises ValueError for an empty query."""
    _refuse_empty(query)
    return " & ".join([*map(_lexeme, query.terms), *(f"{_lexeme(prefix)}:*" for prefix in query.prefixes)])


def to_tsvector(words: Iterable[str]) -> str:
    """The tokens as PostgreSQL writes a tsvector, within its bounds."""
    positions: dict[str, list[int]] = {}
    for position, word in enumerate(words, 1):
        places = positions.setdefault(word, [])
        if len(places) < _MAX_POSITIONS and (position <= _MAX_POSITION or not places):
            places.append(min(position, _MAX_POSITION))
    size, written = 0, []
    for word, places in positions.items():
        size += len(word.encode()) + 2 * len(places) + 4
        if size > _MAX_VECTOR_BYTES:
            break
        written.append(f"{_lexeme(word)}:{','.join(map(str, places))}")
    return " ".join(written)


def _lexeme(term: str) -> str:
    return "'" + term.replace("\\", "\\\\").replace("'", "''") + "'"


def _refuse_empty(query: Query) -> None:
    if not query:
        raise ValueError("an empty query matches nothing and everything; decide before asking")


def cut(text: str, max_bytes: int = MAX_TEXT_BYTES) -> tuple[str, bool]:
    """The beginning of a text that fits in so many UTF-8 bytes, and whether something was cut off.

    It ends at a space if one is near. Lone surrogates, which no database stores, are replaced.
    """
    encoded = text.encode("utf-8", errors="replace")
    if len(encoded) <= max_bytes:
        return encoded.decode("utf-8"), False
    kept = encoded[:max_bytes].decode("utf-8", errors="ignore")
    if text[len(kept)].isspace():
        return kept.rstrip(), True
    space = max(kept.rfind(" ", -200), kept.rfind("\n", -200))
    return (kept[:space].rstrip() if space > 0 else kept), True
