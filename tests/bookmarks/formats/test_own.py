"""What we write is read back as it was, however nasty the values."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.bookmarks.formats.reading import entries, form
from trackeep.bookmarks.drafts import Quote
from trackeep.bookmarks.formats import Format, Row
from trackeep.bookmarks.formats.own import cells, lines, markdown
from trackeep.bookmarks.formats.own.escapes import join, split

MOMENT = datetime(2024, 2, 29, 1, 2, 3, 456_789, UTC)
NASTY = (
    "=cmd|' /C calc'!A0",
    "'=already quoted",
    "''+1",
    "@SUM(1)",
    "-1",
    "plain, with \"quotes\"; and 'more'",
    "back\\slash \\[x\\](y) <b> *bold* _x_ `code` # | ~",
    "שלום مرحبا \u202eabc",
    "🚲🌧️👩‍👩‍👧",
    "a" * 1_000,
    "- [x](<https://e.example/>)",
    "## Heading / of \\/ mine",
    "",
)
TEXTS = ("two\nlines\n\n  indented", "with\r\nreturns\rand\ttabs", "    > quoted\n- Tags: x", *NASTY)


def nasty_rows() -> list[Row]:
    plain = Row(1, "https://a.example/?a=1&b=<x>(y)\\z", "Plain", added=MOMENT, changed=MOMENT, private=True)
    rows = [plain]
    for number, text in enumerate(TEXTS, start=2):
        name = " ".join(" ".join(text.split())[:100].split())
        tags = tuple(filter(None, (name, "two words", "a/b")))
        path = tuple(filter(None, ("Deep", name, "c/d; e")))
        rows.append(
            Row(
                number=number,
                url=f"https://a.example/{number}",
                title=" ".join(text.split()),
                description=text.strip(),
                notes=text.strip(),
                author=name,
                tags=tuple(dict.fromkeys(tags)),
                folders=path,
                more_folders=(("Other",), tuple(f"Level {depth}" for depth in range(50))),
                added=MOMENT,
                changed=MOMENT,
                published=datetime(1950, 1, 1, tzinfo=UTC),
                unread=number % 2 == 0,
                favourite=number % 3 == 0,
                archived=number % 4 == 0,
                private=number % 5 != 0,
                highlights=(
                    Quote(text=text.strip() or "x", note=text.strip(), colour="blue", added_at=MOMENT),
                    Quote(text="Second"),
                ),
            )
        )
    return rows


def back(data: bytes) -> list[Row]:
    return [each for each in entries(data) if isinstance(each, Row)]


@pytest.mark.parametrize("write", [lines.write_lines, lines.write_document, cells.write])
def test_everything_comes_back_as_it_was(write: Callable[[Iterable[Row]], Iterator[bytes]]) -> None:
    data = b"".join(write(nasty_rows()))

    assert form(data) is Format.TRACKEEP
    assert entries(data) == nasty_rows()


def test_markdown_comes_back_as_it_was_each_folder_for_itself() -> None:
    placed = [replace(row, more_folders=()) for row in nasty_rows()]
    data = b"".join(markdown.write(placed, "My [Bookmarks]"))

    assert form(data) is Format.TRACKEEP
    assert entries(data) == placed


def test_markdown_with_the_line_ends_of_windows() -> None:
    row = Row(1, "https://a.example/", "T", notes="one\ntwo", folders=("A", "B"), private=True)
    data = b"".join(markdown.write([row], "B")).replace(b"\n", b"\r\n")

    assert back(data) == [row]


def test_pages_in_no_folder_may_stand_behind_others() -> None:
    rows = [Row(1, "https://a.example/", folders=("A",), private=True), Row(2, "https://b.example/", private=True)]

    assert back(b"".join(markdown.write(rows, "B"))) == rows


def test_no_cell_is_a_formula_to_a_spreadsheet() -> None:
    data = b"".join(cells.write(nasty_rows())).decode("utf-8-sig")

    for record in csv.reader(io.StringIO(data, newline="")):
        assert not [cell for cell in record if cell[:1] in tuple("=+-@\t\r")]


def test_an_empty_library_is_a_file_too() -> None:
    for data in (b"".join(cells.write([])), b"".join(lines.write_document([])), b"".join(markdown.write([], "B"))):
        assert form(data) is Format.TRACKEEP
        assert back(data) == []


WORDS = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"), max_size=30).map(str.strip)
LINE = WORDS.map(lambda text: " ".join(text.split()))
QUOTES = st.builds(
    Quote,
    text=WORDS.filter(bool),
    note=WORDS,
    colour=st.sampled_from(["yellow", "blue"]),
    added_at=st.none() | st.just(MOMENT),
)


@st.composite
def any_row(draw: st.DrawFn) -> Row:
    tags = draw(st.lists(LINE.filter(bool), max_size=3, unique_by=str.casefold))
    names = st.lists(LINE.filter(bool), min_size=1, max_size=3).map(tuple)
    places = draw(st.lists(names, max_size=3, unique=True))
    return Row(
        number=1,
        url="https://a.example/x",
        title=draw(LINE),
        description=draw(WORDS),
        notes=draw(WORDS),
        author=draw(LINE),
        tags=tuple(tags),
        folders=places[0] if places else (),
        more_folders=tuple(places[1:]),
        added=draw(st.none() | st.just(MOMENT)),
        unread=draw(st.booleans()),
        private=draw(st.booleans()),
        highlights=tuple(draw(st.lists(QUOTES, max_size=3, unique_by=lambda quote: quote.text))),
    )


@given(any_row())
def test_any_row_comes_back(row: Row) -> None:
    for data in (
        b"".join(lines.write_lines([row])),
        b"".join(lines.write_document([row])),
        b"".join(cells.write([row])),
    ):
        assert entries(data) == [row]
    placed = replace(row, more_folders=())
    assert entries(b"".join(markdown.write([placed], "B"))) == [placed]


@given(st.lists(LINE.filter(bool), max_size=5), st.sampled_from([",", "/", ";"]))
def test_joined_texts_come_apart_again(texts: list[str], sign: str) -> None:
    assert split(join(texts, sign), sign) == texts
