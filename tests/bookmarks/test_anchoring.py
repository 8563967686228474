"""Finding a passage again: the same place, another one, changed words, and how long it may take."""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trackeep.bookmarks.anchoring import Anchorer, Place, Selector, context_of, squeezed

TEXT = (
    "The first law of reading: mark what you would say to a friend.\n\n"
    "A mark is a promise. A mark is a promise that somebody comes back.\n"
    "\tHe said \u201cit\u2019s done\u201d \u2014 and left.\n\n"
    "def f(x):\n    return x + 1\n"
)


def at(words: str, number: int = 0) -> tuple[int, int]:
    start = -1
    for _turn in range(number + 1):
        start = TEXT.index(words, start + 1)
    return start, start + len(words)


def found(text: str, **selector: object) -> str | None:
    place = Anchorer(text).find(Selector(**selector))  # type: ignore[arg-type]  # parts of a selector
    return text[place.start : place.end] if place else None


def test_the_remembered_place_wins_over_the_surroundings() -> None:
    start, end = at("A mark is a promise", 1)
    place = Anchorer(TEXT).find(Selector(quote="A mark is a promise", prefix="friend.", start=start, end=end))

    assert place is not None
    assert (place.start, place.end) == (start, end)


def test_of_several_the_one_in_its_surroundings_is_found() -> None:
    place = Anchorer(TEXT).find(Selector(quote="A mark is a promise", suffix=" that somebody", start=3, end=9))

    assert place is not None
    assert place.start == at("A mark is a promise", 1)[0]
    first = Anchorer(TEXT).find(Selector(quote="A mark is a promise", prefix="to a friend.\n\n"))
    assert first is not None
    assert first.start == at("A mark is a promise")[0]


@pytest.mark.parametrize(
    ("quote", "words"),
    [
        ("say to a friend. A mark", "say to a friend.\n\nA mark"),
        ("say to a friend.A mark", "say to a friend.\n\nA mark"),
        ('"it\'s done" - and left', "\u201cit\u2019s done\u201d \u2014 and left"),
        ("def f(x): return x", "def f(x):\n    return x"),
        ("pro\u00admise\u200b that", "promise that"),
        ("  first\n law ", "first law"),
    ],
)
def test_spaces_and_signs_do_not_matter(quote: str, words: str) -> None:
    assert found(TEXT, quote=quote) == words


def test_changed_words_are_found_again() -> None:
    quote = "mark what you would say to a friend when he asks what you have read this week"
    text = (
        "x " * 500
        + "He wrote: mark what you'd say to a friend when they ask what you have read this week, then."
        + " y" * 500
    )

    place = Anchorer(text).find(Selector(quote=quote))

    assert place is not None
    words = text[place.start : place.end]
    assert words.startswith("mark what you")
    assert words.endswith("have read this week")


def test_what_is_gone_is_lost() -> None:
    assert found(TEXT, quote="nobody ever wrote these words in this text") is None
    assert found(TEXT, quote="mork", start=0, end=4) is None
    assert found("", quote="a") is None
    assert found(TEXT, quote=" \u200b\n") is None


def test_places_count_code_points_and_visible_characters() -> None:
    text = "\U0001f600 a\u00a0b\r\n\u202emarked\u202c\u0301 end"
    place = Anchorer(text).find(Selector(quote="marked"))

    assert place == Place(start=text.index("marked"), end=text.index("marked") + 6, first=3, last=9)
    assert context_of(text, place, 3) == ("\r\n\u202e", "\u202c\u0301 ")


def test_offsets_of_another_text_do_no_harm() -> None:
    for start in (0, 5, 10**6, 2**31 - 1):
        assert found(TEXT, quote="first law", start=start, end=start + 9) == "first law"


@given(st.text(max_size=200), st.data())
def test_what_is_in_the_text_is_found_where_it_is(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    words = text[start:end]
    place = Anchorer(text).find(Selector(quote=words, start=start, end=end))

    if not squeezed(words):
        assert place is None
    else:
        assert place is not None
        assert squeezed(text[place.start : place.end]) == squeezed(words)
        assert len(squeezed(text[: place.start])) == place.first
        assert squeezed(text[:start]) == squeezed(text)[: place.first]


@given(st.text(max_size=300), st.text(max_size=80))
def test_nothing_raises(text: str, quote: str) -> None:
    Anchorer(text).find(Selector(quote=quote, prefix=quote, suffix=text[:40], start=7, end=9))


@pytest.mark.parametrize("letters", ["a", "ab", "abcdefghij klmnop", "a " * 40])
def test_two_thousand_passages_of_a_changed_megabyte_are_bounded(letters: str) -> None:
    dice = random.Random(4)
    text = "".join(dice.choice(letters) for _each in range(1_000_000)) if len(letters) > 2 else letters * 500_000
    quotes = [text[at : at + 5_000 : 2] + "ZZZZZZ" for at in range(0, 900_000, 450)]
    anchorer = Anchorer(text)

    started = time.process_time()
    for number, quote in enumerate(quotes):
        anchorer.find(Selector(quote=quote, prefix="b" * 40, suffix="a" * 40, start=number, end=number + 9))
    assert time.process_time() - started < 12
