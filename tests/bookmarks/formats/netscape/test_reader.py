"""Bookmark files as they really look become rows and problems, and no entry is lost without a word."""

import random
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.bookmarks.browser_export import Kind, address_of, browser_export
from tests.bookmarks.formats.netscape.reading import HEAD, at, read, read_body, told
from trackeep.bookmarks.formats import Root, Row, What
from trackeep.bookmarks.urls import url_key

SAMPLES = Path(__file__).parents[2] / "samples"


def test_a_firefox_export() -> None:
    rows, problems = read((SAMPLES / "firefox.html").read_bytes())
    cooking = ("Cooking & Baking",)
    toolbar = ("Bookmarks Toolbar",)
    assert rows == [
        Row(
            number=2,
            url="https://bread.example/sourdough?step=1&flour=rye",
            title='Sourdough "for beginners" – it\'s easy',
            description="Three days, but\nworth it <3",
            tags=("baking", "slow food"),
            folders=cooking,
            added=at(1651000000),
            changed=at(1651000100),
            keyword="rye",
        ),
        Row(3, "https://soup.example/", "Soup", folders=cooking, added=at(1652000000), unread=True, private=False),
        Row(4, "https://news.example/", "News", folders=toolbar, root=Root.TOOLBAR, added=at(1653000000)),
        Row(6, "https://inner.example/", "Inner page", folders=(*toolbar, "Inner"), root=Root.TOOLBAR, private=True),
        Row(7, "https://other.example/", "مرحبا 🚲", folders=("Other Bookmarks",), root=Root.UNFILED),
    ]
    assert told(problems) == [
        (1, What.PLACE, "Recent Tags"),
        (5, What.SCRIPT, "A bookmarklet"),
        (7, What.EMPTY_FOLDER, "Nothing here"),
    ]
    assert [problem.skipped for problem in problems] == [True, True, False]


def test_a_linkding_export() -> None:
    rows, problems = read((SAMPLES / "linkding.html").read_bytes())
    assert problems == []
    assert [(row.description, row.notes, row.tags, row.archived, row.unread, row.private) for row in rows] == [
        ("Described", "A note\nwith *two* lines & more", ("a", "B"), True, False, True),
        ("", "Only notes", (), False, True, False),
    ]


@pytest.mark.parametrize("style", ["firefox", "chrome"])
def test_no_row_of_a_large_export_is_lost_without_a_word(style: str) -> None:
    export = browser_export(1_500, style=style)
    rows, problems = read(export.bytes())
    assert {row.number for row in rows} | {each.number for each in problems if each.skipped} == set(range(1, 1_501))
    assert len(rows) == export.readable
    assert len({url_key(row.url) for row in rows}) == export.distinct
    assert Counter(each.what for each in problems if each.skipped) == +export.skipped
    assert Counter(each.what for each in problems if not each.skipped) == +export.noticed
    plain = {
        number: entry
        for number, entry in enumerate(export.entries, start=1)
        if entry.kind in (Kind.PLAIN, Kind.LONG_TITLE, Kind.NUL)
    }
    for row in rows:
        if entry := plain.get(row.number):
            assert (row.url, row.folders, row.tags) == (address_of(entry.page), entry.folder, entry.tags)
            assert row.added == at(entry.second)
            assert (row.description != "") == entry.described


@pytest.mark.parametrize(
    ("href", "what"),
    [
        ("javascript:alert(1)", What.SCRIPT),
        (" JavaScript:alert(1)", What.SCRIPT),
        ("place:folder=TOOLBAR", What.PLACE),
        ("file:///etc/passwd", What.SCHEME),
        ("chrome://settings", What.SCHEME),
        ("data:text/html,x", What.SCHEME),
        ("about:config", What.SCHEME),
        ("", What.NO_ADDRESS),
        ("https://", What.BAD_ADDRESS),
        ("https://a.example:99999", What.BAD_ADDRESS),
        ("https://a.example/" + "x" * 10_000, What.LONG_ADDRESS),
    ],
)
def test_addresses_that_cannot_be_saved_are_told(href: str, what: What) -> None:
    rows, problems = read_body(f'<DT><A HREF="{href}">This one</A>\n<DT><A HREF="https://next.example">Next</A>\n')
    assert [row.number for row in rows] == [2]
    assert told(problems) == [(1, what, "This one")]
    assert problems[0].skipped
    assert problems[0].text.endswith(".")


def test_an_entry_without_address_or_title_is_told() -> None:
    rows, problems = read_body("<DT><A ADD_DATE='1'></A>")
    assert (rows, told(problems)) == ([], [(1, What.NO_ADDRESS, "")])


def test_more_entries_than_allowed_are_told() -> None:
    rows, problems = read(browser_export(30).bytes(), max_rows=10)
    assert {row.number for row in rows} | {each.number for each in problems if each.skipped} == set(range(1, 12))
    assert problems[-1].what == What.TOO_MANY
    assert read(browser_export(10).bytes(), max_rows=10)[1][-1:] != problems[-1:]


fragments = st.sampled_from(
    [
        *"<DL> <p> </DL> <DT> <H3> </H3> <DD> <HR> <A HREF= \" ' https://a.example > </A>".split(),
        *"TAGS= , &amp; \x00 é x < =".split(),
        "[linkding-notes]",
        "[/linkding-notes]",
        ' ICON="data:',
        " ",
        "\n",
    ]
)


@given(st.lists(st.one_of(fragments, st.text(max_size=5)), max_size=80), st.integers(0, 2**32))
def test_any_markup_is_read_without_failing_and_counted(pieces: list[str], seed: int) -> None:
    data = HEAD + "".join(pieces).encode("utf-8", "surrogatepass")
    rows, problems = read(data)
    numbers = [row.number for row in rows] + [problem.number for problem in problems if problem.skipped]
    assert sorted(numbers) == list(range(1, len(numbers) + 1))
    shuffled = bytearray(data)
    shuffled[len(HEAD) :] = random.Random(seed).randbytes(len(data) - len(HEAD))
    read(bytes(shuffled))
