"""Versions of a note, and what is sealed."""

from datetime import datetime

from trackeep.core.schemas import InputSchema, OutputSchema
from trackeep.notes.schemas.fields import Body, Cursor, Limit, TextInput
from trackeep.notes.sealed import Sealed


class PageQuery(InputSchema):
    cursor: Cursor = None
    limit: Limit = 50


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
    """AES-GCM with a key that PBKDF2 derived from the passphrase in the browser; bytes in base64."""

    cipher_text: str
    salt: str
    iv: str
    iterations: int

    def sealed(self) -> Sealed:
        return Sealed(**self.model_dump())


class OpenedIn(TextInput):
    body: Body
