"""Archives of bookmark files: what each member is, and all of them read as if they were one file."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import PurePosixPath
from typing import IO
from zipfile import ZipInfo

import orjson

from trackeep.bookmarks.formats import omnivore
from trackeep.bookmarks.formats.entries import Entry, GivenQuote, Maker
from trackeep.bookmarks.formats.kinds import Format, Kind, kind_of
from trackeep.bookmarks.formats.limits import MAX_SUBJECT
from trackeep.bookmarks.formats.own.places import FILE_NAME, Places
from trackeep.bookmarks.formats.rows import Fault, Problem, Row, UnreadableFile, What
from trackeep.bookmarks.formats.zips import DAMAGE, Archive, is_archive, open_archive

MANIFEST = "manifest.json"
ARCHIVE_FORMAT = "trackeep-archive"
_OF_OURS = ("bookmarks.jsonl", "bookmarks.html")
_MOST_LOOKED_AT = 1_000
_LONGEST_MANIFEST = 1024 * 1024
_LONGEST_HIGHLIGHTS = 2 * 1024 * 1024
# Among thousands of pages and pictures, these are the ones to look at first.
_LIKELY = (".json", ".jsonl", ".csv", ".html", ".txt", ".md")


@dataclass(frozen=True, slots=True)
class _Part:
    member: ZipInfo
    kind: Kind


def kind_of_archive(stream: IO[bytes]) -> Kind:
    """What is in the archive; raises UnreadableFile when nothing in it is understood."""
    archive = open_archive(stream)
    parts = _parts(archive)
    if not parts:
        raise UnreadableFile(Fault.NOTHING_INSIDE)
    form = parts[0].kind.format

    def read(again: IO[bytes], now: datetime) -> Iterator[Entry]:
        opened = open_archive(again)
        return _entries(opened, _parts(opened), now)

    return Kind(form, read)


def _parts(archive: Archive) -> list[_Part]:
    """The members to be read: of our own archive one, of Omnivore's the lists, else all that are understood."""
    members = _of_ours(archive) or _likely(archive.members)
    parts = [part for part in (_part(archive, member) for member in members) if part is not None]
    of_omnivore = [part for part in parts if part.kind.format is Format.OMNIVORE]
    if archive_is_ours(archive):
        return [_Part(part.member, replace(part.kind, format=Format.TRACKEEP)) for part in parts[:1]]
    return of_omnivore or parts


def archive_is_ours(archive: Archive) -> bool:
    manifest = next((member for member in archive.members if member.filename == MANIFEST), None)
    if manifest is None:
        return False
    try:
        told = orjson.loads(archive.read(manifest, _LONGEST_MANIFEST))
    except DAMAGE:
        return False
    return isinstance(told, dict) and told.get("format") == ARCHIVE_FORMAT


def _of_ours(archive: Archive) -> list[ZipInfo]:
    if not archive_is_ours(archive):
        return []
    return [member for name in _OF_OURS for member in archive.members if member.filename == name]


def _likely(members: Sequence[ZipInfo]) -> list[ZipInfo]:
    """Not all of thousands; those that are chosen stay in their order."""
    by_rank = sorted(range(len(members)), key=lambda place: _rank(members[place]))
    return [members[place] for place in sorted(by_rank[:_MOST_LOOKED_AT])]


def _rank(member: ZipInfo) -> int:
    suffix = PurePosixPath(member.filename).suffix.lower()
    return _LIKELY.index(suffix) if suffix in _LIKELY else len(_LIKELY)


def _part(archive: Archive, member: ZipInfo) -> _Part | None:
    try:
        with archive.open(member) as stream:
            return _Part(member, kind_of(stream))
    except (UnreadableFile, *DAMAGE):
        return None


def _entries(archive: Archive, parts: Sequence[_Part], now: datetime) -> Iterator[Entry]:
    """The numbers go on from member to member."""
    highlights, places = _Highlights(archive), _places(archive, now)
    number = 0
    for part in parts:
        before = number
        try:
            with archive.open(part.member) as stream:
                for entry in _of_part(part, stream, now, highlights):
                    number = max(number, before + entry.number)
                    yield _placed(replace(entry, number=before + entry.number), places)
        except DAMAGE:
            yield Problem(number, What.UNREAD_MEMBER, part.member.filename[:MAX_SUBJECT])
    if any(part.kind.format is Format.OMNIVORE for part in parts):
        yield from highlights.left(number)
    else:
        yield from _nested(archive, number)


def _places(archive: Archive, now: datetime) -> Places:
    """How far the pages were read, as our own archive tells it beside the bookmarks."""
    places = Places()
    member = next((member for member in archive.members if member.filename == FILE_NAME), None)
    if member is not None and archive_is_ours(archive):
        try:
            with archive.open(member) as stream:
                places.read_lines(stream, now)
        except DAMAGE:
            return places
    return places


def _placed(entry: Entry, places: Places) -> Entry:
    if isinstance(entry, Row) and (progress := places.of_page(entry.url)):
        return replace(entry, progress=progress)
    return entry


def _of_part(part: _Part, stream: IO[bytes], now: datetime, highlights: "_Highlights") -> Iterator[Entry]:
    if part.kind.format is Format.OMNIVORE:
        return omnivore.read_list(stream, Maker(now), highlights.of_page)
    return part.kind.read(stream, now)


def _nested(archive: Archive, number: int) -> Iterator[Problem]:
    for member in _likely(archive.members):
        try:
            if is_archive(archive.read(member, 4)):
                yield Problem(number, What.NESTED, member.filename[:MAX_SUBJECT])
        except DAMAGE:
            yield Problem(number, What.UNREAD_MEMBER, member.filename[:MAX_SUBJECT])


class _Highlights:
    """The Markdown files of highlights in Omnivore's archive, by the slug of their page."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        paths = ((PurePosixPath(member.filename), member) for member in archive.members)
        self._members = {path.stem: member for path, member in paths if path.parent.name == "highlights"}

    def of_page(self, slug: str) -> list[GivenQuote]:
        member = self._members.pop(slug, None)
        return omnivore.quotes_in(self._text(member)) if member is not None else []

    def left(self, number: int) -> Iterator[Problem]:
        """Those whose page is in no list."""
        for slug, member in self._members.items():
            text = self._text(member).strip()
            if text:
                yield Problem(number, What.LOST_HIGHLIGHTS, slug[:MAX_SUBJECT], {"title": slug, "text": text})

    def _text(self, member: ZipInfo) -> str:
        try:
            content = self._archive.read(member, _LONGEST_HIGHLIGHTS)
        except DAMAGE:
            return ""
        return content.decode("utf-8", "replace").replace("\0", "")
