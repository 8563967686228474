"""What a file of a vault becomes before it is a note, and what was found odd about it."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Remark(StrEnum):
    """Something that a person should know of a file; the words for it belong to the page that shows them."""

    ATTACHMENT = "attachment"
    BAD_PATH = "bad path"
    SAME_NAME = "same name"
    TOO_LARGE = "too large"
    UNREADABLE = "unreadable"
    FRONT_MATTER = "front matter"
    ENCODING = "encoding"


@dataclass(frozen=True, slots=True)
class NoteDraft:
    """``path`` has the names of the folders above, ``stem`` the name of the file without its ending. A file that cannot
    be a note has only its name and remarks."""

    path: tuple[str, ...]
    title: str
    body: str = ""
    tags: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    created: datetime | None = None
    updated: datetime | None = None
    is_draft: bool = False
    remarks: tuple[Remark, ...] = field(default=())
    is_note: bool = True
    stem: str = ""
