"""What a person says of a link: when it is made, and what is to change."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class Keep(Enum):
    """Stands where nothing was said, so that nothing changes; None there means that it goes away."""

    KEEP = "keep"


KEEP = Keep.KEEP


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareDraft:
    object_id: int
    include_children: bool = False
    allow_download: bool = False
    password: str | None = None
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareChanges:
    include_children: bool | None = None
    allow_download: bool | None = None
    password: str | Keep | None = KEEP
    expires_at: datetime | Keep | None = KEEP
