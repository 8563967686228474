"""What a bookmark file is turned into: rows, problems told per row, and the error for files of another kind."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from trackeep.bookmarks.drafts import Quote
from trackeep.bookmarks.progress import NOT_BEGUN, Progress
from trackeep.bookmarks.urls import Refusal, RefusedUrl
from trackeep.core.i18n import LazyString
from trackeep.core.i18n import lazy_gettext as _l


class Root(StrEnum):
    """Which of a browser's own folders `Row.folders` begins with; their names are localised, so names don't tell."""

    NONE = ""
    TOOLBAR = "toolbar"
    UNFILED = "unfiled"


@dataclass(frozen=True, slots=True)
class Row:
    """One bookmark of the file; `private` is None where the file does not say. `more_folders` are further folders that
    it lies in."""

    number: int
    url: str
    title: str = ""
    description: str = ""
    notes: str = ""
    tags: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()
    root: Root = Root.NONE
    added: datetime | None = None
    changed: datetime | None = None
    unread: bool = False
    favourite: bool = False
    archived: bool = False
    private: bool | None = None
    keyword: str = ""
    more_folders: tuple[tuple[str, ...], ...] = ()
    author: str = ""
    published: datetime | None = None
    progress: Progress = NOT_BEGUN
    highlights: tuple[Quote, ...] = ()


class What(StrEnum):
    """What was found wrong; the value is stable and may be stored in reports."""

    SCRIPT = "script"
    PLACE = "place"
    SCHEME = "scheme"
    NO_ADDRESS = "no_address"
    BAD_ADDRESS = "bad_address"
    LONG_ADDRESS = "long_address"
    BROKEN = "broken"
    TOO_MANY = "too_many"
    REPAIRED = "repaired"
    DATE = "date"
    ENCODING = "encoding"
    CONTROL = "control"
    CUT_TITLE = "cut_title"
    CUT_TEXT = "cut_text"
    CUT_TAGS = "cut_tags"
    CUT_FOLDER = "cut_folder"
    TOO_DEEP = "too_deep"
    EMPTY_FOLDER = "empty_folder"
    TRUNCATED = "truncated"
    TEXT_ENTRY = "text_entry"
    SMART_LIST = "smart_list"
    CUT_HIGHLIGHTS = "cut_highlights"
    NO_ENTRIES = "no_entries"
    NESTED = "nested"
    UNREAD_MEMBER = "unread_member"
    LOST_HIGHLIGHTS = "lost_highlights"


SKIPPING = frozenset(
    {
        What.SCRIPT,
        What.PLACE,
        What.SCHEME,
        What.NO_ADDRESS,
        What.BAD_ADDRESS,
        What.LONG_ADDRESS,
        What.BROKEN,
        What.TOO_MANY,
        What.TEXT_ENTRY,
    }
)

WORDS: dict[What, LazyString] = {
    What.SCRIPT: _l("A bookmarklet (a small program, not a page) was left out."),
    What.PLACE: _l("A stored query of the browser was left out, since it is no page."),
    What.SCHEME: _l("Only addresses that start with http:// or https:// can be saved; this one was left out."),
    What.NO_ADDRESS: _l("An entry without an address was left out."),
    What.BAD_ADDRESS: _l("An address that no browser could open was left out."),
    What.LONG_ADDRESS: _l("An address longer than 8,000 characters was left out."),
    What.BROKEN: _l("An entry is damaged and could not be read."),
    What.TOO_MANY: _l("The file has more entries than can be taken at once; the rest was left out."),
    What.REPAIRED: _l("The entry is damaged; its address was saved, but other details may be missing."),
    What.DATE: _l("The date makes no sense and was not taken."),
    What.ENCODING: _l("Some characters are wrongly encoded and may look odd."),
    What.CONTROL: _l("Invisible control characters were removed."),
    What.CUT_TITLE: _l("The title is too long and was cut."),
    What.CUT_TEXT: _l("The description or the notes are too long and were cut."),
    What.CUT_TAGS: _l("Some tags are too long or too many and were cut."),
    What.CUT_FOLDER: _l("The name of the folder is too long and was cut."),
    What.TOO_DEEP: _l("Folders are nested too deeply; the content went into the last possible one."),
    What.EMPTY_FOLDER: _l("The folder is empty, so it was not taken."),
    What.TRUNCATED: _l("The file ends in the middle; it may not have been saved completely."),
    What.TEXT_ENTRY: _l("This is a text and no page, so it was left out. You can download it from the report."),
    What.SMART_LIST: _l("This list is a stored search and holds no pages of its own, so it was not taken."),
    What.CUT_HIGHLIGHTS: _l("Some highlights are too long or too many and were cut."),
    What.NO_ENTRIES: _l("The file has no entries."),
    What.NESTED: _l("An archive inside the archive was not opened. Unpack it and bring it by itself."),
    What.UNREAD_MEMBER: _l("A file in the archive is damaged and could not be read to its end."),
    What.LOST_HIGHLIGHTS: _l("Highlights of a page that is not in the archive; you can download them from the report."),
}

_REFUSED = {
    Refusal.EMPTY: What.NO_ADDRESS,
    Refusal.TOO_LONG: What.LONG_ADDRESS,
    Refusal.CONTROL: What.BAD_ADDRESS,
    Refusal.SCHEME: What.SCHEME,
    Refusal.HOST: What.BAD_ADDRESS,
    Refusal.PORT: What.BAD_ADDRESS,
}


def why_refused(address: str, refused: RefusedUrl) -> What:
    """What the report says of an entry whose address cannot be saved."""
    start = address.lstrip().lower()
    if start.startswith("javascript:"):
        return What.SCRIPT
    return What.PLACE if start.startswith("place:") else _REFUSED[refused.reason]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something the person should be told about entry `number`; `subject` is the title, address or folder meant.
    `left` is the content of an entry that is left out, so that it can be downloaded and is not lost."""

    number: int
    what: What
    subject: str = ""
    left: Mapping[str, object] = field(default_factory=dict)

    @property
    def skipped(self) -> bool:
        """Whether the entry is left out; otherwise a row with the same number is there as well."""
        return self.what in SKIPPING

    @property
    def text(self) -> str:
        """The problem in the words of the reader's language."""
        return str(WORDS[self.what])


class Fault(StrEnum):
    """Why a file is not read at all."""

    EMPTY = "empty"
    BINARY = "binary"
    OTHER = "other"
    ENCRYPTED = "encrypted"
    BROKEN_ARCHIVE = "broken_archive"
    MANY_MEMBERS = "many_members"
    TOO_LARGE = "too_large"
    NOTHING_INSIDE = "nothing_inside"


FAULT_WORDS: dict[Fault, LazyString] = {
    Fault.EMPTY: _l("The file is empty."),
    Fault.BINARY: _l(
        "This is not a text file. Bring the file that your browser or bookmark manager exports: HTML, CSV, JSON, "
        "text, or a zip of these."
    ),
    Fault.OTHER: _l(
        "This is not a bookmark file that is understood here. Understood are the HTML file of every browser, the "
        "exports of Pocket, Raindrop.io, Instapaper, Omnivore, Karakeep, Linkwarden, Matter, Readwise Reader and "
        "OneTab, and what Trackeep itself exports."
    ),
    Fault.ENCRYPTED: _l("The archive is protected by a password. Unpack it and bring the file that is inside."),
    Fault.BROKEN_ARCHIVE: _l("The archive is damaged or was not downloaded completely. Download it once more."),
    Fault.MANY_MEMBERS: _l("The archive holds more files than any export. Bring only those with the bookmarks."),
    Fault.TOO_LARGE: _l(
        "Unpacked, the archive would be larger than any export. Bring only the file with the bookmarks."
    ),
    Fault.NOTHING_INSIDE: _l("No file in the archive holds bookmarks that are understood here."),
}


class UnreadableFile(ValueError):
    """The file is no bookmark file; the message says so in plain words."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault

    def __str__(self) -> str:
        return str(FAULT_WORDS[self.fault])
