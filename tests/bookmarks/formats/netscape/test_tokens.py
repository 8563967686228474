"""Entries in the many ways they are written, and broken ones."""

import tracemalloc

import pytest

from tests.bookmarks.formats.netscape.reading import HEAD, at, read, read_body, told
from trackeep.bookmarks.formats import Row, What
from trackeep.bookmarks.formats.netscape.tokens import BROKEN, tokens


@pytest.mark.parametrize(
    "markup",
    [
        '<dt><a href="https://a.example" add_date="1650000000" tags="x">T</a>',
        "<DT><A HREF='https://a.example' ADD_DATE='1650000000' TAGS='x'>T</A>",
        "<DT><A HREF=https://a.example ADD_DATE=1650000000 TAGS=x>T</A>",
        '<DT><A\n  HREF = "https://a.example"\n ADD_DATE = "1650000000"\tTAGS="x" >T</A></DT>',
        '<DT><A HREF="https://a.example" HREF="https://b.example" ADD_DATE="1650000000" TAGS="x" BARE>\n T \n',
        '<A HREF="https://a.example" ADD_DATE="1650000000" TAGS="x">T</A>',
        '<DT><A HREF="https://a.example" TAGS="x" ADD_DATE="1650000000" ICON="data:image/svg+xml,<svg a=\'>\'/>">T</A>',
        '<DT><A HREF="https://a.example" TAGS="x" icon = \'data:x"y\' ADD_DATE="1650000000">T</A>',
    ],
)
def test_the_many_ways_to_write_an_entry(markup: str) -> None:
    rows, problems = read_body(markup)
    assert problems == []
    assert rows == [Row(1, "https://a.example", "T", tags=("x",), added=at(1650000000))]


def test_an_unclosed_quote_costs_no_other_entry() -> None:
    rows, problems = read_body(
        '<DT><H3>One</H3><DL><p><DT><A HREF="https://a.example>A</A>\n<DT><A HREF="https://b.example">B</A>\n'
        '<DT><A HREF="https://c.example>C</A>\n</DL><p>\n<DT><A HREF="https://d.example" TAGS="x>D</A>\n'
        '<DT><A HREF="https://e.example ADD_DATE="1650000000" TAGS="t">E</A>\n<DT><A HREF="https://f.example">F</A>\n'
    )
    assert [(row.number, row.url, row.title, row.folders) for row in rows] == [
        (2, "https://b.example", "B", ("One",)),
        (5, "https://e.example", "E", ()),
        (6, "https://f.example", "F", ()),
    ]
    assert [(problem.number, problem.what) for problem in problems] == [
        (1, What.BROKEN),
        (3, What.BROKEN),
        (4, What.BROKEN),
        (5, What.REPAIRED),
    ]
    assert problems[0].subject.startswith('<A HREF="https://a.example>A</A>')


def test_an_unclosed_icon_costs_no_other_entry() -> None:
    rows, problems = read_body(
        '<DT><A HREF="https://a.example" ICON="data:image/png;base64,AAAA>A</A>\n'
        '<DT><A HREF="https://b.example" ICON="data:image/png;base64,AAAA">B</A>\n'
    )
    assert [row.title for row in rows] == ["B"]
    assert [(problem.number, problem.what) for problem in problems] == [(1, What.BROKEN)]


def test_a_tag_without_end_is_given_up_and_told() -> None:
    rows, problems = read_body(
        '<DT><A HREF="https://a.example' + "x" * 700_000 + '\n<DT><A HREF="https://b.example">B</A>'
    )
    assert [problem.what for problem in problems] == [What.BROKEN]
    assert len(problems[0].subject) <= 200
    assert [row.title for row in rows] == ["B"]


def test_a_file_that_ends_in_the_middle_is_told() -> None:
    rows, problems = read(
        HEAD + b'<DT><H3>F</H3><DL><p><DT><A HREF="https://a.example">A</A>\n<DT><A HREF="https://b.e'
    )
    assert [row.title for row in rows] == ["A"]
    assert told(problems) == [(2, What.BROKEN, '<A HREF="https://b.e'), (2, What.TRUNCATED, "")]


def test_a_link_without_address_after_a_title_is_an_entry_of_its_own() -> None:
    rows, problems = read_body('<DT><A HREF="https://a.example">A</A><A NAME="x">B</A>\n')
    assert [row.title for row in rows] == ["A"]
    assert told(problems) == [(2, What.NO_ADDRESS, "B")]


def test_a_tag_without_end_takes_no_memory() -> None:
    chunks = (b"<A " + b"x" * 65_536 if number == 0 else b"x" * 65_536 for number in range(200))
    tracemalloc.start()
    found = [name for name, _markup in tokens(chunks)]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found.count(BROKEN) == 1
    assert peak < 2_000_000
