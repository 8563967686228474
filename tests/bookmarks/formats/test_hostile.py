"""Files that are made to keep their reader busy: every byte of them is looked at a bounded number of times."""

import io
from contextlib import suppress
from datetime import UTC, datetime

import pytest

from tests.effort import at_most
from trackeep.bookmarks import formats
from trackeep.bookmarks.formats import omnivore, pocket, raindrop
from trackeep.bookmarks.formats.entries import Maker
from trackeep.bookmarks.formats.rows import Row, UnreadableFile

NOW = datetime(2026, 11, 20, tzinfo=UTC)
SECONDS = 2.5


def listed(content: str) -> list[Row]:
    found = pocket.read_list(io.BytesIO(content.encode()), Maker(NOW))
    return [entry for entry in found if isinstance(entry, Row)]


@pytest.mark.parametrize("unit", ["<a ", "<A\n", "<a time_added", "<a time_added        ", "<h1", "<a x>"])
def test_a_file_of_any_content_is_recognised_quickly(unit: str) -> None:
    with at_most(SECONDS), suppress(UnreadableFile):
        formats.recognise(io.BytesIO((unit * 30_000).encode()))


@pytest.mark.parametrize(
    "unit",
    [
        "<a ",
        "<a x",
        "<A\n",
        "<a x>",
        "<h1",
        "<a x" + "\n" * 5_000,
        "<a x>" + "\n" * 20_000,
        "<a x" + "y" * 9_000 + "</a>\n" * 2_000,
        "<a x>" + "y" * 9_000 + "</b\n" * 2_000,
    ],
    ids=range(9),
)
def test_a_list_of_pocket_is_read_in_linear_time(unit: str) -> None:
    content = unit * (400_000 // len(unit))
    with at_most(SECONDS):
        assert listed(content) == []


def test_a_list_of_pocket_is_read_wherever_its_lines_end() -> None:
    rows = listed(
        '<h1>Unread</h1>\n<ul>\n<li><a\nhref="https://example.org/1"\n\ntime_added="1700000000"\ntags="a,b"\n>One\n</a>'
        '<A HREF="https://example.org/2" time_added="1700000000">\nTwo</A></li></ul>\n<h1\n>Read</h1>'
        '<a href="https://example.org/3">Three</a>'
    )

    assert [(row.url[-1], row.title, row.tags, row.archived) for row in rows] == [
        ("1", "One", ("a", "b"), False),
        ("2", "Two", (), False),
        ("3", "Three", (), True),
    ]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("words #one #two", "words"),
        ("words #one #two \n", "words"),
        ("words #one words", "words #one words"),
        ("words #one\n#two", "words"),
        ("words #one#two", "words #one#two"),
        ("words # #two", "words #"),
        ("#one", "#one"),
        ("C# #one", "C#"),
        ("words #", "words #"),
        ("", ""),
    ],
)
def test_labels_behind_a_highlight_are_no_part_of_it(text: str, kept: str) -> None:
    quoted = "\n".join(f"> {line}" for line in text.split("\n"))

    assert [quote.text for quote in omnivore.quotes_in(quoted)] == ([kept] if kept else [])


@pytest.mark.parametrize("unit", [" #a", "\n", " ", "# ", " #", " #a\n"])
def test_the_labels_of_a_highlight_are_found_in_linear_time(unit: str) -> None:
    with at_most(SECONDS):
        omnivore.quotes_in(f"> {unit * 100_000}x")
        omnivore.quotes_in("> " + unit.replace("\n", " ") * 300_000 + "x")


def test_highlights_of_many_lines_are_read_quickly_and_may_begin_with_an_empty_one() -> None:
    with at_most(SECONDS):
        quotes = list(raindrop._highlights("\n\nHighlight:a" + "\n" * 500_000 + "Highlight:b\nNote:c"))
    assert [(quote.text.strip(), quote.note) for quote in quotes] == [("a", ""), ("b", "c")]
