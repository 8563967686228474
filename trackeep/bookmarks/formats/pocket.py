"""Pocket: the CSV file of its last exports, and the older HTML list."""

import html
import re
from collections.abc import Iterator, Mapping
from typing import IO

from trackeep.bookmarks.formats import columns
from trackeep.bookmarks.formats.entries import Entry, Given, Maker
from trackeep.bookmarks.formats.sources import lines_of
from trackeep.bookmarks.formats.tables import Header

# No part of these goes beyond the next `<`, so each place of a file is looked at once, whatever stands in it.
_ITEM = re.compile(
    r"<a\s(?P<marks>[^<>]{0,10000}+)>(?P<title>[^<]{0,10000}+)</a>|<h1[^<>]{0,200}+>(?P<group>[^<]{0,200}+)</h1>", re.I
)
_MARK = re.compile(r"(?<![a-z_])([a-z_]{1,40}+)\s{0,8}+=\s{0,8}+(?:\"([^\"]*)\"|'([^']*)')", re.I)
# A value with a raw angle bracket: it ends at the next quotation mark, and never goes into another item.
_VALUE = re.compile(
    r"(?<![a-z_])(?:href|tags)\s{0,8}+=\s{0,8}+(?:\"(?:[^\"<]|<(?!/?(?:a|li|ul|h1)\b))*+\"|'(?:[^'<]|<(?!/?(?:a|li|ul|h1)\b))*+')",
    re.I,
)
_REACH = 21_000
_SIGN = re.compile(r"<a\s[^<>]{0,10000}\btime_added\s{0,8}=", re.I)


def is_table(header: Header) -> bool:
    return header.has("url", "time_added")


def is_list(head: str) -> bool:
    return _SIGN.search(_VALUE.sub(_escaped, head)) is not None


def read_table(stream: IO[bytes], header: Header, maker: Maker) -> Iterator[Entry]:
    return columns.entries(stream, header, maker, _given)


def read_list(stream: IO[bytes], maker: Maker) -> Iterator[Entry]:
    """The second heading is the archive; its words are translated, so its place tells."""
    number, groups = 0, 0
    for line in _items(lines_of(stream)):
        if line["group"] is not None:
            groups += 1
            continue
        marks = {name.lower(): html.unescape(double or single) for name, double, single in _MARK.findall(line["marks"])}
        if "href" not in marks:
            continue
        number += 1
        yield from maker.take(number, _listed(marks, html.unescape(line["title"]), archived=groups > 1))


def _items(lines: Iterator[str]) -> Iterator[re.Match[str]]:
    """An item may be spread over several lines, and many may be in one."""
    waiting: list[str] = []
    size = 0
    for line in lines:
        waiting.append(line)
        size += len(line)
        if "<" in line:
            text = _VALUE.sub(_escaped, "".join(waiting))
            yield from _ITEM.finditer(text)
            waiting = [_begun(text)]
            size = len(waiting[0])
        elif size > _REACH:
            waiting, size = [], 0


def _escaped(value: re.Match[str]) -> str:
    return value[0].replace("<", "&lt;").replace(">", "&gt;")


def _begun(text: str) -> str:
    """What may become an item when the next line comes."""
    rest = text[max(0, text.rfind("<")) :]
    return rest if len(rest) < _REACH and rest[:3].lower().startswith(("<a", "<h1")) else ""


def _given(values: Mapping[str, str]) -> Given:
    archived = values.get("status", "").strip().lower() == "archive"
    url, title = values.get("url", ""), values.get("title", "")
    return Given(
        url=url,
        title="" if title.strip() == url.strip() else title,
        tags=columns.split(values.get("tags", ""), "|"),
        added=values.get("time_added"),
        archived=archived,
        unread=not archived,
    )


def _listed(marks: Mapping[str, str], title: str, *, archived: bool) -> Given:
    return Given(
        url=marks["href"],
        title="" if title.strip() == marks["href"].strip() else title,
        tags=columns.split(marks.get("tags", ""), ","),
        added=marks.get("time_added"),
        archived=archived,
        unread=not archived,
    )
