"""Forms of somebody whose text has met a newer one."""

from pydantic import Field

from trackeep.notes.merging import Choice
from trackeep.notes.schemas.fields import Body, TextInput, Title


class ClashForm(TextInput):
    """``title`` and ``body`` are one's own, ``base_title`` and ``base`` what the writing began with, where that is
    known."""

    title: Title
    body: Body
    base_title: Title | None = None
    base: Body | None = None


class SettleForm(ClashForm):
    """``version`` is that of the saved text that one's own was merged with, ``choices`` what stands at each place."""

    version: int = Field(ge=1, le=2**31 - 1)
    chosen_title: Choice = Choice.MINE
    choices: dict[int, Choice] = {}
