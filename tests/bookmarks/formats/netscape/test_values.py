"""Titles, dates, tags and texts in any state of decay."""

import pytest

from tests.bookmarks.formats.netscape.reading import NOW, at, read_body, told
from trackeep.bookmarks.formats import What, limits


def test_ampersands_of_addresses_are_not_taken_for_entities() -> None:
    rows, _problems = read_body(
        '<DT><A HREF="https://a.example/?a=1&copy=2&lt=3&amp;b=4&#38;c">AT&T &copy; R&amp;D</A>'
    )
    assert [(row.url, row.title) for row in rows] == [("https://a.example/?a=1&copy=2&lt=3&b=4&c", "AT&T © R&D")]


@pytest.mark.parametrize(
    ("markup", "title"),
    [
        ("The <b>element</b> and <div>", "The <b>element</b> and <div>"),
        ("How <a> works", "How <a> works"),
        ("1 < 2 > 0", "1 < 2 > 0"),
        ("a\n  b<br>c", "a b c"),
        ("tab\there &#x1F600; &#128512;", "tab here 😀 😀"),
        ("nul\0and\x07bell", "nulandbell"),
        ("&#0;&#xD800;&nosuch;", "\ufffd\ufffd&nosuch;"),
        ('ICON="data:" is an attribute', 'ICON="data:" is an attribute'),
    ],
)
def test_odd_titles(markup: str, title: str) -> None:
    rows, _problems = read_body(f'<DT><A HREF="https://a.example">{markup}</A>\n')
    assert [row.title for row in rows] == [title]


def test_control_characters_are_told() -> None:
    _rows, problems = read_body(b'<DT><A HREF="https://a.example">n\0ul</A>\n')
    assert told(problems) == [(1, What.CONTROL, "nul")]


def test_a_nul_in_an_address_is_removed_and_told() -> None:
    rows, problems = read_body(b'<DT><A HREF="https://a.ex\0ample">x</A>\n')
    assert [row.url for row in rows] == ["https://a.example"]
    assert [problem.what for problem in problems] == [What.CONTROL]


@pytest.mark.parametrize(
    ("written", "second"),
    [
        ("1650000000", 1650000000),
        ("1650000000.5", 1650000000),
        ("1650000000123", 1650000000),
        ("1650000000123456", 1650000000),
        (" 1650000000 ", 1650000000),
        ("631152000", 631152000),
        (str(int(NOW.timestamp()) + 86_400), int(NOW.timestamp()) + 86_400),
    ],
)
def test_dates_of_any_unit(written: str, second: int) -> None:
    rows, problems = read_body(f'<DT><A HREF="https://a.example" ADD_DATE="{written}">x</A>')
    assert (rows[0].added, problems) == (at(second), [])


@pytest.mark.parametrize("written", ["", "0", "000"])
def test_dates_that_mean_none(written: str) -> None:
    rows, problems = read_body(f'<DT><A HREF="https://a.example" ADD_DATE="{written}">x</A>')
    assert (rows[0].added, problems) == (None, [])


@pytest.mark.parametrize(
    "written", ["-5", "631151999", "1e9", "yesterday", "9" * 30, str(int(NOW.timestamp()) + 86_401)]
)
def test_dates_that_make_no_sense_are_told(written: str) -> None:
    rows, problems = read_body(f'<DT><A HREF="https://a.example" LAST_MODIFIED="{written}">x</A>')
    assert rows[0].changed is None
    assert told(problems) == [(1, What.DATE, "x")]


def test_tags_are_trimmed_and_kept_once() -> None:
    rows, _problems = read_body('<DT><A HREF="https://a.example" TAGS=" b ,,A,a, two  words ,R&amp;D,a&#44;b">x</A>')
    assert rows[0].tags == ("b", "A", "two words", "R&D", "a,b")


def test_what_is_too_long_is_cut_and_told() -> None:
    tags = ",".join(f"t{number}" for number in range(150))
    rows, problems = read_body(
        f'<DT><H3>{"f" * 300}</H3><DL><p><DT><A HREF="https://a.example" TAGS="{tags}">{"t" * 10_000}</A>\n'
        f"<DD>{'d' * 30_000}[linkding-notes]{'n' * 200_000}[/linkding-notes]</DL>"
    )
    row = rows[0]
    assert (len(row.title), len(row.description), len(row.notes)) == (
        limits.MAX_TITLE,
        limits.MAX_DESCRIPTION,
        limits.MAX_NOTES,
    )
    assert (len(row.tags), len(row.folders[0])) == (limits.MAX_TAGS, limits.MAX_FOLDER)
    assert row.title.endswith("t…")
    assert [problem.what for problem in problems] == [
        What.CUT_FOLDER,
        What.CUT_TITLE,
        What.CUT_TEXT,
        What.CUT_TAGS,
    ]
    assert [problem.number for problem in problems] == [0, 1, 1, 1]
