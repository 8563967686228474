"""Versions of a note, and what is sealed."""

from datetime import datetime
from enum import StrEnum

from pydantic import Field

from trackeep.core.schemas import InputSchema, OutputSchema
from trackeep.notes.schemas.fields import Body, Cursor, Limit, TextInput
from trackeep.notes.schemas.notes import SealedOut
from trackeep.notes.sealed import Sealed


class PageQuery(InputSchema):
    cursor: Cursor = None
    limit: Limit = 50


class Against(StrEnum):
    """What a version is compared with: the one before it, or what the note says now."""

    BEFORE = "before"
    NOW = "now"


class VersionsQuery(InputSchema):
    """``restored`` is the version that was the newest before one was restored."""

    number: int | None = Field(None, ge=1, le=2**31 - 1)
    against: Against = Against.BEFORE
    restored: int | None = Field(None, ge=1, le=2**31 - 1)
    cursor: Cursor = None


class VersionLineOut(OutputSchema):
    """Saves of one person within five minutes are one version, from ``begun_at`` to ``saved_at``."""

    number: int
    title: str
    size: int
    author_id: int | None
    begun_at: datetime
    saved_at: datetime


class VersionOut(VersionLineOut):
    body: str


class VersionsOut(OutputSchema):
    items: list[VersionLineOut]
    next_cursor: str | None


class SealedIn(InputSchema):
    """AES-GCM with a key that PBKDF2 derived from the passphrase in the browser; bytes in base64.

    With ``apart`` it is a version of its own however soon it follows another, and so it is under a ``new_passphrase``;
    ``forget_earlier`` deletes the versions before it.
    """

    cipher_text: str
    salt: str
    iv: str
    iterations: int
    apart: bool = False
    new_passphrase: bool = False
    forget_earlier: bool = False

    def sealed(self) -> Sealed:
        return Sealed(self.cipher_text, self.salt, self.iv, self.iterations)


class SealedVersionLineOut(OutputSchema):
    """Saves of one person within five minutes are one version, from ``begun_at`` to ``saved_at``. It opens with the
    passphrase that the note had then: ``passphrase`` counts them, from 1. ``size`` is in bytes, sealed."""

    number: int
    size: int
    passphrase: int
    author_id: int | None
    begun_at: datetime
    saved_at: datetime


class SealedVersionOut(SealedVersionLineOut):
    sealed: SealedOut


class SealedVersionsOut(OutputSchema):
    items: list[SealedVersionLineOut]
    next_cursor: str | None


class OpenedIn(TextInput):
    body: Body
