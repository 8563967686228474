"""Any stream: kind, encoding and cuts do not matter, and icons take no memory."""

import codecs
import io
import tracemalloc
from collections.abc import Iterable

import pytest

from tests.bookmarks.browser_export import browser_export
from tests.bookmarks.formats.netscape.reading import HEAD, NOW, read, read_body, told
from trackeep.bookmarks.formats import Fault, Problem, Row, UnreadableFile, What, netscape
from trackeep.bookmarks.formats.netscape.source import without_icons
from trackeep.bookmarks.formats.netscape.tokens import BROKEN, TEXT, Token, tokens


def test_icons_take_no_memory() -> None:
    export = browser_export(400, icon_bytes=50_000)
    stream = export.open()
    tracemalloc.start()
    rows = sum(isinstance(each, Row) for each in netscape.read(stream, now=NOW))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert rows == export.readable
    assert peak < 2_000_000


@pytest.mark.parametrize("size", [1, 7, 100, 4_096])
def test_it_does_not_matter_where_the_stream_is_cut(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    data = browser_export(60, icon_bytes=300).bytes()
    whole = read(data)
    monkeypatch.setattr("trackeep.bookmarks.formats.netscape.source.CHUNK", max(size, 400))
    stream = io.BufferedReader(Trickle(data, size))
    found = list(netscape.read(stream, now=NOW))
    assert [each for each in found if isinstance(each, Row)] == whole[0]
    assert [each for each in found if isinstance(each, Problem)] == whole[1]


class Trickle(io.RawIOBase):
    """Gives a few bytes at a time, as a slow network does."""

    def __init__(self, data: bytes, size: int) -> None:
        self._data, self._size = io.BytesIO(data), size

    def readable(self) -> bool:
        return True

    def readinto(self, target: bytearray | memoryview) -> int:  # type: ignore[override]  # any writable buffer
        part = self._data.read(min(self._size, len(target)))
        target[: len(part)] = part
        return len(part)


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", Fault.EMPTY),
        (b"\xef\xbb\xbf \r\n", Fault.EMPTY),
        (b"PK\x03\x04\x00\x00bookmarks.html", Fault.BINARY),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", Fault.BINARY),
        (b"title,url,time_added\nA,https://a.example,1\n", Fault.OTHER),
        (b"<!DOCTYPE html><html><body><a href='https://a.example'>x</a></body></html>", Fault.OTHER),
        (b'{"bookmarks": []}', Fault.OTHER),
    ],
)
def test_other_files_are_refused_before_anything_is_read(data: bytes, fault: Fault) -> None:
    assert not netscape.looks_like_netscape(data)
    with pytest.raises(UnreadableFile) as refused:
        netscape.read(io.BytesIO(data), now=NOW)
    assert refused.value.fault == fault
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_encodings(encoding: str) -> None:
    data = (HEAD.decode() + '<DT><A HREF="https://a.example/é" TAGS="ü">Grüße 😀</A>\n</DL>').encode(encoding)
    assert netscape.looks_like_netscape(data)
    rows, problems = read(b"\r\n\t" + data if encoding == "utf-8" else data)
    assert problems == []
    assert rows == [Row(1, "https://a.example/é", "Grüße 😀", tags=("ü",))]


@pytest.mark.parametrize(
    ("charset", "encoding"),
    [("iso-8859-1", "cp1252"), ("windows-1251", "cp1251"), ("Shift_JIS", "shift_jis"), ("gb18030", "gb18030")],
)
def test_declared_encodings(charset: str, encoding: str) -> None:
    title = {"cp1252": "Grüße „ja“", "cp1251": "Привет"}.get(encoding, "日本語")
    meta = f'<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset={charset}">\n'
    rows, problems = read_body((meta + f'<DT><A HREF="https://a.example">{title}</A>\n').encode(encoding))
    assert problems == []
    assert [row.title for row in rows] == [title]


@pytest.mark.parametrize("charset", ["utf-7", "unicode_escape", "rot13", "idna", "nonsense", "iso-2022-jp", "utf-16"])
def test_encodings_that_cannot_be_meant_are_ignored(charset: str) -> None:
    rows, problems = read_body(
        f'<META CONTENT="text/html; charset={charset}"><DT><A HREF="https://a.example">+AGE-é</A>'
    )
    assert [row.title for row in rows] == ["+AGE-é"]
    assert problems == []


def test_wrongly_encoded_rows_are_read_and_told() -> None:
    rows, problems = read_body(b'<DT><A HREF="https://a.example">Caf\xe9</A>\n<DT><A HREF="https://b.example">b</A>\n')
    assert [row.title for row in rows] == ["Café", "b"]
    assert told(problems) == [(1, What.ENCODING, "Café")]


def test_damaged_wide_text_is_told() -> None:
    data = (HEAD.decode() + '<DT><A HREF="https://a.example">a\ud800</A></DL>').encode("utf-16", "surrogatepass")
    rows, problems = read(data)
    assert [row.title for row in rows] == ["a\ufffd"]
    assert [problem.what for problem in problems] == [What.ENCODING]


@pytest.mark.parametrize("size", range(1, 60))
def test_no_cut_between_chunks_changes_what_is_read(size: int) -> None:
    data = (
        b'<DT><A HREF="https://a.example" ICON="data:image/png;base64,AAAABBBBCCCCDDDD" TAGS="x">A</A>\n'
        b'<DT><A HREF="https://b.example" ICON="data:image/png;base64,AAAABBBB>B</A>\n'
        b'<DT><A HREF="https://c.example">C</A>\n'
    )
    chunks = [data[start : start + size] for start in range(0, len(data), size)]
    lean = b"".join(without_icons(iter(chunks)))
    assert lean == (
        b'<DT><A HREF="https://a.example" ICON="data:" TAGS="x">A</A>\n'
        b'<DT><A HREF="https://b.example" ICON="data:<DT><A HREF="https://c.example">C</A>\n'
    )
    cut = joined(tokens(iter(chunks)))
    assert cut == joined(tokens(iter([data])))
    broken = b'<DT><A HREF="https://b.example>B</A>\n<DT><A HREF="https://c.example">C</A>\n'
    pieces = [broken[start : start + size] for start in range(0, len(broken), size)]
    assert [name for name, _markup in joined(tokens(iter(pieces)))] == [b"DT", BROKEN, b"DT", b"A", TEXT, b"/A", TEXT]


def joined(found: Iterable[Token]) -> list[Token]:
    """Tokens with neighbouring pieces of text as one, since text may come in any pieces."""
    whole: list[Token] = []
    for name, markup in found:
        if name == TEXT and whole and whole[-1][0] == TEXT:
            whole[-1] = (TEXT, whole[-1][1] + markup)
        else:
            whole.append((name, markup))
    return whole


def test_a_mark_of_the_file_goes_before_what_the_file_says() -> None:
    meta = '<META CONTENT="text/html; charset=iso-8859-1"><DT><A HREF="https://a.example">é</A>'
    rows, _problems = read(codecs.BOM_UTF8 + HEAD + meta.encode())
    assert [row.title for row in rows] == ["é"]
