"""Believable bookmark files as Chrome and Firefox write them, of any size, with known counts of what is in them."""

import io
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import BinaryIO

from trackeep.bookmarks.formats import What

FIRST_SECOND = 1_200_000_000  # January 2008
LAST_SECOND = 1_790_000_000  # September 2026

_ADJECTIVES = "quiet hidden early northern simple open careful bright slow useful".split()
_NOUNS = "garden engine kitchen library harbour compiler bicycle mountain archive orchestra".split()
_PLACES = "blog news docs shop wiki forum lab notes".split()
_SCRIPTS = (
    "",
    "",
    "",
    "",
    "",
    " – größer & schöner",
    " 日本語の記事",
    " مقالة بالعربية",
    " 🚲🌧️",
    ' "quoted" <b>bold</b>',
)
_FOLDERS = "Reading Recipes Work Travel Music Python Garden Home Science Later Films Maps Tools History Design".split()
_TAGS = "python cooking travel howto reference toread music maps history design politics/eu lang/fr".split()


class Kind(StrEnum):
    """What an entry of the file is made to be."""

    PLAIN = "plain"
    DUPLICATE = "duplicate"
    BOOKMARKLET = "bookmarklet"
    INTERNAL = "internal"
    LOCAL_FILE = "local_file"
    NO_ADDRESS = "no_address"
    LONG_ADDRESS = "long_address"
    UNCLOSED_QUOTE = "unclosed_quote"
    UNCLOSED_TAG = "unclosed_tag"
    BAD_DATE = "bad_date"
    LONG_TITLE = "long_title"
    NUL = "nul"
    LATIN_1 = "latin_1"


# Out of 10,000 entries; all that remain are plain.
_SHARES = {
    Kind.DUPLICATE: 400,
    Kind.BOOKMARKLET: 50,
    Kind.INTERNAL: 40,
    Kind.LOCAL_FILE: 20,
    Kind.NO_ADDRESS: 20,
    Kind.LONG_ADDRESS: 10,
    Kind.UNCLOSED_QUOTE: 40,
    Kind.UNCLOSED_TAG: 40,
    Kind.BAD_DATE: 60,
    Kind.LONG_TITLE: 10,
    Kind.NUL: 10,
    Kind.LATIN_1: 40,
}
_SKIPPED = {
    Kind.BOOKMARKLET: What.SCRIPT,
    Kind.LOCAL_FILE: What.SCHEME,
    Kind.NO_ADDRESS: What.NO_ADDRESS,
    Kind.LONG_ADDRESS: What.LONG_ADDRESS,
    Kind.UNCLOSED_TAG: What.BROKEN,
}
_NOTICED = {
    Kind.UNCLOSED_QUOTE: What.REPAIRED,
    Kind.BAD_DATE: What.DATE,
    Kind.LONG_TITLE: What.CUT_TITLE,
    Kind.NUL: What.CONTROL,
    Kind.LATIN_1: What.ENCODING,
}


@dataclass(slots=True)
class Entry:
    """One entry before it is written; `page` numbers the address, so duplicates share it."""

    kind: Kind
    page: int
    folder: tuple[str, ...]
    second: int
    tags: tuple[str, ...] = ()
    described: bool = False


@dataclass(slots=True)
class Export:
    """The entries of a file, how to write them, and what a reader must find."""

    style: str
    icon_bytes: int
    entries: list[Entry] = field(default_factory=list)

    @property
    def kinds(self) -> Counter[Kind]:
        return Counter(entry.kind for entry in self.entries)

    @property
    def skipped(self) -> Counter[What]:
        """Entries that cannot be imported, by reason."""
        counted = Counter({what: self.kinds[kind] for kind, what in _SKIPPED.items()})
        counted[What.PLACE if self.style == "firefox" else What.SCHEME] += self.kinds[Kind.INTERNAL]
        return counted

    @property
    def noticed(self) -> Counter[What]:
        """Entries that are imported with a remark, by reason."""
        return Counter({what: self.kinds[kind] for kind, what in _NOTICED.items()})

    @property
    def readable(self) -> int:
        """Entries that become rows, duplicates among them."""
        return len(self.entries) - self.skipped.total()

    @property
    def distinct(self) -> int:
        """Pages that are there when all is imported and duplicates are one."""
        return self.readable - self.kinds[Kind.DUPLICATE]

    @property
    def folders(self) -> set[tuple[str, ...]]:
        """All folders on the way to an entry."""
        return {entry.folder[:depth] for entry in self.entries for depth in range(1, len(entry.folder) + 1)}

    def chunks(self) -> Iterator[bytes]:
        yield _head(self.style)
        here: tuple[str, ...] = ()
        for entry in self.entries:
            yield from _walk(here, entry.folder)
            here = entry.folder
            yield _line(entry, self.style, self.icon_bytes)
        yield from _walk(here, ())
        yield b"</DL><p>\n" if self.style == "chrome" else b"</DL>\n"

    def write_to(self, stream: BinaryIO) -> None:
        for chunk in self.chunks():
            stream.write(chunk)

    def bytes(self) -> bytes:
        return b"".join(self.chunks())

    def open(self) -> BinaryIO:
        """The file as a stream that is made while it is read, however large its icons are."""
        return io.BufferedReader(_Made(self.chunks()))


class _Made(io.RawIOBase):
    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, target: bytearray | memoryview) -> int:  # type: ignore[override]  # any writable buffer
        if not self._rest:
            self._rest = next(self._chunks, b"")
        size = min(len(target), len(self._rest))
        target[:size] = self._rest[:size]
        self._rest = self._rest[size:]
        return size


def browser_export(rows: int = 10_000, seed: int = 1, *, style: str = "firefox", icon_bytes: int = 600) -> Export:
    """A file of `rows` entries in nested folders; the same seed gives the same file."""
    chance = random.Random(seed)
    kinds = [kind for kind, share in _SHARES.items() for _ in range(max(1, rows * share // 10_000))]
    kinds = [Kind.PLAIN] * (rows - min(len(kinds), rows // 2)) + kinds[: rows // 2]
    chance.shuffle(kinds)
    kinds[kinds.index(Kind.PLAIN)], kinds[0] = kinds[0], Kind.PLAIN  # a duplicate needs something before it
    folders = _tree(chance, max(1, rows // 60))
    export = Export(style, icon_bytes)
    originals: list[int] = []
    for page, (kind, folder) in enumerate(zip(kinds, _places(chance, folders, rows), strict=True)):
        entry = Entry(kind, page, folder, chance.randrange(FIRST_SECOND, LAST_SECOND))
        if kind is Kind.DUPLICATE:
            entry.page = chance.choice(originals)
        elif kind not in _SKIPPED and kind is not Kind.INTERNAL:
            originals.append(page)
        entry.tags = tuple(chance.sample(_TAGS, chance.choice((0, 0, 1, 2, 3)))) if style == "firefox" else ()
        entry.described = style == "firefox" and chance.random() < 0.2
        export.entries.append(entry)
    return export


def _tree(chance: random.Random, size: int) -> list[tuple[str, ...]]:
    """Folders in the order of the file, parents before children, never the same name twice in one folder."""
    folders: list[tuple[str, ...]] = [("Bookmarks bar",)]
    for number in range(size):
        parent = chance.choice([folder for folder in folders[-40:] if len(folder) < 8])
        folders.append((*parent, f"{chance.choice(_FOLDERS)} & {number}"))
    return sorted(folders)


def _places(chance: random.Random, folders: list[tuple[str, ...]], rows: int) -> list[tuple[str, ...]]:
    """A folder for each entry, in the order of the tree; each folder gets at least one while there are enough."""
    chosen = folders[:rows] + [chance.choice(folders) for _ in range(rows - len(folders))]
    return sorted(chosen)


def _head(style: str) -> bytes:
    policy = (
        '<meta http-equiv="Content-Security-Policy"\n'
        "      content=\"default-src 'self'; script-src 'none'\"></meta>\n"
    )
    title = "Bookmarks Menu" if style == "firefox" else "Bookmarks"
    return (
        "<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<!-- This is an automatically generated file.\n"
        "     It will be read and overwritten.\n     DO NOT EDIT! -->\n"
        '<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">\n'
        f"{policy if style == 'firefox' else ''}<TITLE>Bookmarks</TITLE>\n<H1>{title}</H1>\n\n<DL><p>\n"
    ).encode()


def _walk(here: tuple[str, ...], there: tuple[str, ...]) -> Iterator[bytes]:
    shared = 0
    while shared < min(len(here), len(there)) and here[shared] == there[shared]:
        shared += 1
    for depth in range(len(here), shared, -1):
        yield f"{'    ' * depth}</DL><p>\n".encode()
    for depth in range(shared, len(there)):
        indent = "    " * (depth + 1)
        mark = ' PERSONAL_TOOLBAR_FOLDER="true"' if depth == 0 else ""
        name = there[depth].replace("&", "&amp;")
        dates = f'ADD_DATE="{FIRST_SECOND}" LAST_MODIFIED="{LAST_SECOND}"'
        yield f"{indent}<DT><H3 {dates}{mark}>{name}</H3>\n{indent}<DL><p>\n".encode()


def address_of(page: int) -> str:
    """The address of a plain entry, as a person would see it."""
    adjective, noun = _ADJECTIVES[page % 10], _NOUNS[page // 10 % 10]
    return f"https://{_PLACES[page % 8]}.{adjective}-{noun}.example/{page // 100}/{noun}?id={page}&copy=1"


def _line(entry: Entry, style: str, icon_bytes: int) -> bytes:
    indent = "    " * (len(entry.folder) + 1)
    if entry.kind is Kind.UNCLOSED_TAG:
        return f'{indent}<DT><A HREF="{_href(entry, style)}>'.encode() + _title(entry) + b"</A>\n"
    quote = "" if entry.kind is Kind.UNCLOSED_QUOTE else '"'
    marks = [] if entry.kind is Kind.NO_ADDRESS else [f'HREF="{_href(entry, style)}{quote}']
    marks.append(f'ADD_DATE="{999_999 if entry.kind is Kind.BAD_DATE else entry.second}"')
    if style == "firefox":
        marks.append(f'LAST_MODIFIED="{entry.second + 5}"')
    if icon_bytes:
        marks.append(f'ICON="data:image/png;base64,{"iVBORw0KGgo" * (icon_bytes // 11)}"')
    if entry.tags:
        marks.append(f'TAGS="{",".join(entry.tags)}"')
    line = f"{indent}<DT><A {' '.join(marks)}>".encode() + _title(entry) + b"</A>\n"
    if entry.described:
        line += f"{indent}<DD>Why page {entry.page} is worth keeping: it says &quot;so&quot;.\n".encode()
    return line


def _href(entry: Entry, style: str) -> str:
    if entry.kind is Kind.BOOKMARKLET:
        return "javascript:(function(){document.title=%22x%22;if(1<2){alert('hi')}})()"
    if entry.kind is Kind.INTERNAL:
        return "place:sort=8&maxResults=10" if style == "firefox" else "chrome://settings/"
    if entry.kind is Kind.LOCAL_FILE:
        return "file:///home/somebody/manual.html"
    address = address_of(entry.page)
    if entry.kind is Kind.DUPLICATE:
        address = address.replace("https://", "http://") + "&utm_source=newsletter"
    if entry.kind is Kind.LONG_ADDRESS:
        address += "x" * 10_000
    # Firefox escapes an ampersand in an address, Chrome leaves it.
    return address.replace("&", "&amp;") if style == "firefox" else address


def _title(entry: Entry) -> bytes:
    page = entry.page
    words = f"The {_ADJECTIVES[page % 10]} {_NOUNS[page // 10 % 10]}, part {page}{_SCRIPTS[page % 10]}"
    if entry.kind is Kind.LONG_TITLE:
        words += " and on" * 1_500
    escaped = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    if entry.kind is Kind.NUL:
        return escaped.encode() + b"\0"
    return b"Caf\xe9 m\xfcde" if entry.kind is Kind.LATIN_1 else escaped.encode()
