"""Which file is understood, whatever its name, its packing and its state; and in which words others are refused."""

import io
import random
import struct
import zlib
from collections.abc import Callable
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from tests.bookmarks.formats.reading import NOW, archive, entries, form, rows, sample, told
from trackeep.bookmarks import formats
from trackeep.bookmarks.formats import Fault, Format, Problem, UnreadableFile, What, zips


def fault(data: bytes) -> Fault:
    with pytest.raises(UnreadableFile) as refused:
        formats.recognise(io.BytesIO(data))
    with pytest.raises(UnreadableFile):
        formats.read(io.BytesIO(data), now=NOW)
    return refused.value.fault


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", Fault.EMPTY),
        (b"\xef\xbb\xbf \r\n", Fault.EMPTY),
        (bytes(range(256)) * 40, Fault.BINARY),
        (sample("other.csv"), Fault.OTHER),
        (b"url,title\nhttps://example.org,One\n", Fault.OTHER),
        (b"<html><body><a href='https://example.org'>x</a></body></html>", Fault.OTHER),
        (b'{"hello": 1}', Fault.OTHER),
        (b"[1, 2, 3]", Fault.OTHER),
        (b"Just some words\nand more", Fault.OTHER),
    ],
)
def test_what_is_not_understood_is_told(data: bytes, expected: Fault) -> None:
    assert fault(data) is expected


def test_the_words_name_what_is_understood() -> None:
    words = str(UnreadableFile(Fault.OTHER))

    for name in ("Pocket", "Raindrop.io", "Instapaper", "Omnivore", "Karakeep", "Linkwarden", "Matter", "OneTab"):
        assert name in words


def test_a_table_of_headings_alone_has_no_entries() -> None:
    assert form(sample("header_only.csv")) is Format.INSTAPAPER
    assert told(sample("header_only.csv")) == [(0, What.NO_ENTRIES)]
    assert told(b'{"bookmarks":[],"lists":[]}') == [(0, What.NO_ENTRIES)]


@pytest.mark.parametrize("name", ["pocket.csv", "karakeep.json", "onetab.txt", "raindrop.csv", "omnivore.json"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_the_encoding_does_not_matter(name: str, encoding: str) -> None:
    text = sample(name).decode().replace("\n", "\r\n") if name.endswith(("csv", "txt")) else sample(name).decode()

    plain = rows(sample(name))
    assert [(row.url, row.title, row.tags) for row in rows(text.encode(encoding))] == [
        (row.url, row.title, row.tags) for row in plain
    ]


@pytest.mark.parametrize(("separator"), [";", "\t", "|"])
def test_columns_in_any_order_with_any_separator(separator: str) -> None:
    chance = random.Random(separator)
    columns = {
        "title": "A title",
        "url": "https://a.example/",
        "time_added": "1378902234",
        "more": "x",
        "status": "archive",
    }
    names = list(columns)
    for _round in range(5):
        chance.shuffle(names)
        text = f"{separator.join(name.upper() for name in names)}\n{separator.join(columns[name] for name in names)}\n"
        (row,) = rows(text.encode())
        assert (row.url, row.title, row.archived) == ("https://a.example/", "A title", True)


def test_pocket_in_parts_is_one_file() -> None:
    content = archive(
        {
            "pocket/part_000000.csv": sample("pocket.csv"),
            "__MACOSX/pocket/._part_000000.csv": b"\0\5\x16\7",
            "pocket/part_000001.csv": b"title,url,time_added,tags,status\nLast,https://last.example/,1,,unread\n",
            "pocket/readme.md": b"nothing of interest",
        }
    )

    assert form(content) is Format.POCKET
    assert [row.number for row in rows(content)] == [1, 2, 3, 4]
    assert rows(content)[-1].url == "https://last.example/"


def test_our_own_archive_is_taken_in_by_the_same_door() -> None:
    line = b'{"url":"https://a.example/","title":"A","collections":[["X","Y"]],"highlights":[{"text":"Marked"}]}\n'
    content = archive(
        {
            "manifest.json": b'{"format": "trackeep-archive", "version": 1, "files": []}',
            "profile.json": b'{"url": "x", "added_at": 1}',
            "bookmarks.html": b"<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<DL><p>\n<DT><A HREF='https://a.example/'>A</A>\n</DL>",
            "bookmarks.jsonl": line,
        }
    )

    assert form(content) is Format.TRACKEEP
    (row,) = rows(content)
    assert (row.folders, row.highlights[0].text) == (("X", "Y"), "Marked")


def test_paths_in_an_archive_lead_nowhere() -> None:
    content = archive(
        {"../../../etc/passwd": sample("pocket.csv"), "/abs\\olute.csv": b"nothing", "\u202egpj.csv": b""}
    )

    assert len(rows(content)) == 3


def test_an_archive_inside_is_told_and_not_opened() -> None:
    inner = archive({"part.csv": sample("pocket.csv")})

    assert told(archive({"pocket.csv": sample("pocket.csv"), "inner.zip": inner})) == [(3, What.NESTED)]
    assert fault(archive({"inner.zip": inner})) is Fault.NOTHING_INSIDE
    assert fault(archive({})) is Fault.NOTHING_INSIDE


def bomb() -> bytes:
    target = io.BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as file, file.open("pocket.csv", "w") as member:
        member.write(b"title,url,time_added,tags,status\n")
        for _block in range(64):
            member.write(b"a" * 2**20)
    return target.getvalue()


def encrypted() -> bytes:
    data = bytearray(archive({"pocket.csv": sample("pocket.csv")}))
    data[6] |= 1
    data[data.rfind(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def many_members() -> bytes:
    target = io.BytesIO()
    with ZipFile(target, "w") as file:
        for number in range(zips.MAX_MEMBERS + 1):
            file.writestr(f"{number}", b"")
    return target.getvalue()


def million_told() -> bytes:
    """A small file whose end claims a directory of gigabytes."""
    data = archive({"a.csv": sample("pocket.csv")})
    end = data.rfind(b"PK\x05\x06")
    wide = b"PK\x06\x06" + struct.pack("<QHHIIQQQQ", 44, 45, 45, 0, 0, 10**6, 10**6, 10**9, 0)
    return data[:end] + wide + b"PK\x06\x07" + struct.pack("<IQI", 0, end, 1) + data[end:]


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (bomb, Fault.TOO_LARGE),
        (encrypted, Fault.ENCRYPTED),
        (many_members, Fault.MANY_MEMBERS),
        (million_told, Fault.MANY_MEMBERS),
        (lambda: archive({"a.csv": sample("pocket.csv")})[:-10], Fault.BROKEN_ARCHIVE),
        (lambda: b"PK\x03\x04", Fault.BROKEN_ARCHIVE),
        (lambda: archive({"a.csv": sample("pocket.csv")})[40:].replace(b"PK\x01\x02", b"PK\x09\x09"), Fault.BINARY),
    ],
)
def test_an_archive_that_is_a_trap_is_refused(made: Callable[[], bytes], expected: Fault) -> None:
    assert fault(made()) is expected


def test_an_archive_of_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zips, "MAX_UNPACKED", 100)

    assert fault(archive({"pocket.csv": sample("pocket.csv")})) is Fault.TOO_LARGE


def test_a_damaged_member_is_told_and_the_others_are_read() -> None:
    chance = random.Random(1)
    noise = "".join(f"{chance.random()},https://n.example/{n},1378902234,,unread\n" for n in range(20_000))
    data = bytearray(
        archive({"one.csv": f"title,url,time_added,tags,status\n{noise}", "two.csv": sample("pocket.csv")})
    )
    place = data.find(b"PK\x03\x04", 10) - 2_000
    data[place : place + 50] = bytes(50)

    found = entries(bytes(data))
    assert any(isinstance(each, Problem) and each.what is What.UNREAD_MEMBER for each in found)
    assert rows(bytes(data))[-1].url == "https://untitled.example/page"


def test_a_wrong_checksum_is_no_crash() -> None:
    data = bytearray(archive({"one.csv": sample("pocket.csv")}))
    crc = struct.pack("<I", zlib.crc32(sample("pocket.csv")))
    broken = bytes(data).replace(crc, b"\1\2\3\4")

    assert fault(broken) is Fault.NOTHING_INSIDE


def test_more_entries_than_are_taken_at_once() -> None:
    lines = "".join(f"https://a.example/{number}\n" for number in range(10))
    found = entries(lines.encode(), max_rows=4)

    assert len(found) == 5
    assert isinstance(found[-1], Problem)
    assert found[-1].what is What.TOO_MANY
