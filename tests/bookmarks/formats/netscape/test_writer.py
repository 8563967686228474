"""What is written is a file that our reader, and so any browser's, takes back whole."""

import io
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trackeep.bookmarks.formats import Root, Row, netscape
from trackeep.bookmarks.urls import clean_url

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def there_and_back(rows: list[Row]) -> list[object]:
    data = "".join(netscape.write(rows, "My <bookmarks>")).encode()
    return list(netscape.read(io.BytesIO(data), now=NOW))


characters = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"))
special = st.sampled_from(
    [*"< &lt; \" ' </A> <DT> <DD> [linkding-notes] [/linkding-notes] &#44; , 😀 \u202e مرحبا".split(), " "]
)
texts = st.lists(st.one_of(special, st.text(characters, max_size=8)), max_size=6).map("".join)
lines = texts.map(lambda text: " ".join(text.split()))
blocks = st.lists(texts, max_size=4).map(lambda parts: "\n".join(parts).strip())
names = lines.filter(bool)
moments = st.none() | st.integers(700_000_000, 1_790_000_000).map(lambda second: datetime.fromtimestamp(second, UTC))
tags = st.lists(names, max_size=4, unique_by=str.casefold).map(tuple)
folders = st.lists(names, max_size=5).map(tuple)
addresses = texts.map(lambda text: clean_url(f"https://a.example/?q={text}&copy=1"))

rows = st.builds(
    Row,
    number=st.just(0),
    url=addresses,
    title=lines,
    description=blocks,
    notes=blocks,
    tags=tags,
    folders=folders,
    added=moments,
    changed=moments,
    unread=st.booleans(),
    favourite=st.booleans(),
    archived=st.booleans(),
    private=st.none() | st.booleans(),
    keyword=lines,
)


@given(st.lists(rows, max_size=8), st.sampled_from(Root))
def test_what_is_written_is_read_back(written: list[Row], root: Root) -> None:
    expected = [
        replace(row, number=number, root=root if row.folders else Root.NONE)
        for number, row in enumerate(written, start=1)
    ]
    assert there_and_back(expected) == expected


def test_folders_are_opened_once_for_rows_in_order() -> None:
    paths: list[tuple[str, ...]] = [(), ("A",), ("A", "B"), ("A", "B"), ("A", "C"), ("D",)]
    written = [Row(number, f"https://a.example/{number}", folders=path) for number, path in enumerate(paths, start=1)]
    text = "".join(netscape.write(written, "Bookmarks"))
    assert text.count("<H3") == 4
    assert text.count("<DL>") == text.count("</DL>") == 5
    assert there_and_back(written) == written


def test_the_form_that_browsers_know() -> None:
    row = Row(
        1,
        'https://a.example/?a=1&b="2"',
        "A <b> title",
        description="Words\nin lines",
        notes="A note",
        tags=("x", "a,b"),
        folders=("Bar",),
        root=Root.TOOLBAR,
        added=datetime(2024, 1, 1, tzinfo=UTC),
        unread=True,
        archived=True,
        private=True,
    )
    assert "".join(netscape.write([row], "Mine & yours")) == (
        "<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<!-- This is an automatically generated file.\n"
        "     It will be read and overwritten.\n     DO NOT EDIT! -->\n"
        '<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">\n'
        "<TITLE>Mine &amp; yours</TITLE>\n<H1>Mine &amp; yours</H1>\n<DL><p>\n"
        '    <DT><H3 PERSONAL_TOOLBAR_FOLDER="true">Bar</H3>\n    <DL><p>\n'
        '        <DT><A HREF="https://a.example/?a=1&amp;b=&quot;2&quot;" ADD_DATE="1704067200" PRIVATE="1" TOREAD="1" '
        'TAGS="x,a&#44;b,linkding:bookmarks.archived">A &lt;b&gt; title</A>\n'
        "        <DD>Words\nin lines[linkding-notes]A note[/linkding-notes]\n"
        "    </DL><p>\n</DL><p>\n"
    )


def test_writing_is_a_stream() -> None:
    def endless() -> object:
        raise AssertionError("asked for too early")

    def source() -> object:
        yield Row(1, "https://a.example")
        endless()

    pieces = netscape.write(source(), "t")  # type: ignore[arg-type]  # a source that must not be read to its end
    assert "https://a.example" in [next(pieces), next(pieces)][1]
    with pytest.raises(AssertionError, match="too early"):
        next(pieces)


def test_folders_of_one_name_in_two_roots_stay_apart() -> None:
    written = [
        Row(1, "https://a.example/1", folders=("Mine",), root=Root.TOOLBAR),
        Row(2, "https://a.example/2", folders=("Mine",), root=Root.UNFILED),
    ]
    assert there_and_back(written) == written
