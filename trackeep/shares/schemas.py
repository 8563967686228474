"""Shapes of links."""

from datetime import datetime, timedelta
from typing import Annotated, Literal

from pydantic import AwareDatetime, BeforeValidator, Field

from trackeep.core import clock
from trackeep.core.schemas import InputSchema, OutputSchema
from trackeep.shares.drafts import KEEP, Keep, ShareChanges, ShareDraft

Id = Annotated[int, Field(ge=1, le=2**63 - 1)]
Password = Annotated[str, Field(max_length=1_000)]
Cursor = Annotated[str | None, Field(max_length=2_000)]
# An empty field of a form is one that was left alone.
Left = Annotated[Password | None, BeforeValidator(lambda value: value or None)]


class ShareListQuery(InputSchema):
    """``object`` asks for the links of one thing; without, for all of one's own."""

    object: Id | None = None
    cursor: Cursor = None
    limit: Annotated[int, Field(ge=1, le=100)] = 50


class ShareSectionQuery(InputSchema):
    object: Id
    cursor: Cursor = None


class ShareIn(InputSchema):
    """``include_children`` shows what lies below as well, where a kind has such things."""

    object_id: Id
    include_children: bool = False
    allow_download: bool = False
    password: Password | None = None
    expires_at: AwareDatetime | None = None

    def draft(self) -> ShareDraft:
        return ShareDraft(**dict(self))


class ShareChangesIn(InputSchema):
    """What is left out stays as it is; null takes the password or the end away."""

    include_children: bool | None = None
    allow_download: bool | None = None
    password: Password | None = None
    expires_at: AwareDatetime | None = None

    def changes(self) -> ShareChanges:
        return ShareChanges(**{name: getattr(self, name) for name in self.model_fields_set})


class ShareForm(InputSchema):
    """The choices of a form; boxes without a tick are not sent. ``ends`` is a number of days."""

    include_children: bool = False
    allow_download: bool = False
    password: Left = None
    no_password: bool = False
    ends: Literal["", "keep", "1", "7", "30", "90", "365"] = ""

    def draft(self, object_id: int) -> ShareDraft:
        return ShareDraft(
            object_id=object_id,
            include_children=self.include_children,
            allow_download=self.allow_download,
            password=self.password,
            expires_at=self._end(),
        )

    def changes(self) -> ShareChanges:
        unsaid: Keep | None = None if self.no_password else KEEP
        return ShareChanges(
            include_children=self.include_children,
            allow_download=self.allow_download,
            password=self.password or unsaid,
            expires_at=KEEP if self.ends == "keep" else self._end(),
        )

    def _end(self) -> datetime | None:
        return clock.now() + timedelta(days=int(self.ends)) if self.ends.isdigit() else None


class ShareOut(OutputSchema):
    """``url`` is null for links of others, and where the key that sealed it is gone. ``is_over`` says that its end has
    come."""

    id: int
    object_id: int
    kind: str
    url: str | None
    include_children: bool
    allow_download: bool
    has_password: bool
    expires_at: datetime | None
    is_over: bool
    view_count: int
    download_count: int
    last_viewed_at: datetime | None
    created_at: datetime


class SharePageOut(OutputSchema):
    items: list[ShareOut]
    next_cursor: str | None
