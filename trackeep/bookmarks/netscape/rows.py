"""What a bookmark file is turned into: rows, problems told per row, and the error for files of another kind."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from trackeep.core.i18n import LazyString
from trackeep.core.i18n import lazy_gettext as _l


class Root(StrEnum):
    """Which of a browser's own folders `Row.folders` begins with; their names are localised, so names don't tell."""

    NONE = ""
    TOOLBAR = "toolbar"
    UNFILED = "unfiled"


@dataclass(frozen=True, slots=True)
class Row:
    """One bookmark of the file; `private` is None where the file does not say."""

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
}


@dataclass(frozen=True, slots=True)
class Problem:
    """Something the person should be told about entry `number`; `subject` is the title, address or folder meant."""

    number: int
    what: What
    subject: str = ""

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


FAULT_WORDS: dict[Fault, LazyString] = {
    Fault.EMPTY: _l("The file is empty."),
    Fault.BINARY: _l("This is not a text file. Export the bookmarks as HTML in the browser and choose that file."),
    Fault.OTHER: _l("This is not a bookmark file. Export the bookmarks as HTML in the browser and choose that file."),
}


class UnreadableFile(ValueError):
    """The file is no bookmark file; the message says so in plain words."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault

    def __str__(self) -> str:
        return str(FAULT_WORDS[self.fault])
