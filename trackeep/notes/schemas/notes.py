"""Single notes and pages of them."""

from datetime import date, datetime
from typing import Annotated

from pydantic import Field

from trackeep.core.schemas import InputSchema, OutputSchema
from trackeep.notes.drafts import NoteChanges, NoteDraft
from trackeep.notes.filters import Filters, Sort, View
from trackeep.notes.schemas.fields import Body, Cursor, Id, Limit, TagNames, TextInput, Title


class NoteIn(TextInput):
    """A note to be made; without ``space_id`` in the personal space, without ``title`` its text begins with one. With
    ``template_id`` it says what the template says, and ``body``, ``tags``, ``pinned`` and ``is_template`` are not
    taken."""

    title: Title = ""
    body: Body = ""
    parent_id: Id | None = None
    tags: TagNames = []
    pinned: bool = False
    is_template: bool = False
    is_draft: bool = False
    template_id: Id | None = None
    space_id: Id | None = None

    def draft(self) -> NoteDraft:
        return NoteDraft(
            title=self.title,
            body=self.body,
            parent_id=self.parent_id,
            tags=tuple(self.tags),
            pinned=self.pinned,
            is_template=self.is_template,
            is_draft=self.is_draft,
        )


class NotePatch(TextInput):
    """Only the fields that are present change; null empties the text or the tags. ``title`` and ``body`` need the
    ``If-Match`` header with the version that was edited."""

    title: Title = ""
    body: Body | None = None
    tags: TagNames | None = None
    pinned: bool = False
    is_template: bool = False
    is_draft: bool = False

    def changes(self) -> NoteChanges:
        sent = self.model_dump(exclude_unset=True)
        if "body" in sent:
            sent["body"] = sent["body"] or ""
        if "tags" in sent:
            sent["tags"] = tuple(sent["tags"] or ())
        return NoteChanges(**sent)


class ListQuery(InputSchema):
    view: View = View.NOTES
    text: Annotated[str, Field(max_length=1_000)] = ""
    tag: Annotated[str, Field(max_length=200)] = ""
    space: Id | None = None
    sort: Sort = Sort.CHANGED
    cursor: Cursor = None
    limit: Limit = 50

    def filters(self) -> Filters:
        return Filters(view=self.view, space_id=self.space, text=self.text, tag=self.tag)


class TagRefOut(OutputSchema):
    id: int
    name: str
    colour: str


class NoteLineOut(OutputSchema):
    """A note without its text; ``excerpt`` is how it begins, ``size`` is in bytes. A draft is seen only by those who
    may write in its space."""

    id: int
    space_id: int
    parent_id: int | None
    title: str
    excerpt: str
    size: int
    pinned: bool
    is_template: bool
    is_draft: bool
    daily_on: date | None
    encrypted: bool
    changed_at: datetime
    created_at: datetime
    created_by: int | None
    version: int
    tags: list[TagRefOut]


class SealedOut(OutputSchema):
    """What the browser of somebody with the passphrase opens: AES-GCM, key by PBKDF2, bytes in base64."""

    cipher_text: str
    salt: str
    iv: str
    iterations: int


class NoteOut(NoteLineOut):
    """``body`` is Markdown; of an encrypted note it is empty, and ``sealed`` is there instead."""

    body: str
    sealed: SealedOut | None


class RenamedNoteOut(NoteOut):
    """With a new title: in how many ``linked`` notes links followed, and the ``undo_id`` that takes it back."""

    linked: int
    undo_id: int | None


class UndoneOut(OutputSchema):
    """How many linked notes are as before; ``kept`` have been edited since and were left alone."""

    restored: int
    kept: list[int]


class NotePageOut(OutputSchema):
    items: list[NoteLineOut]
    next_cursor: str | None
