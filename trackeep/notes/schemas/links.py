"""Which notes mention which."""

from trackeep.core.schemas import OutputSchema


class BacklinkOut(OutputSchema):
    """``context`` is what stands around the link in this line of the other note."""

    note_id: int
    title: str
    line: int
    context: str


class BacklinksOut(OutputSchema):
    items: list[BacklinkOut]
    next_cursor: str | None


class OutgoingLineOut(OutputSchema):
    """``title`` is as written; ``target_id`` is null while no note has this name."""

    title: str
    heading: str
    line: int
    embedded: bool
    target_id: int | None
    target_title: str | None


class OutgoingOut(OutputSchema):
    items: list[OutgoingLineOut]
    next_cursor: str | None


class MissingNameOut(OutputSchema):
    title: str
    mentions: int


class MissingNamesOut(OutputSchema):
    items: list[MissingNameOut]
    next_cursor: str | None
