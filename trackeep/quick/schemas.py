"""Shapes of the palette and of quick add."""

from typing import Annotated

from pydantic import Field

from trackeep.core.schemas import InputSchema, OutputSchema


class PaletteIn(InputSchema):
    q: Annotated[str, Field(max_length=200)] = ""
    limit: Annotated[int, Field(ge=1, le=50)] = 20


class EntryOut(OutputSchema):
    kind: str
    title: str
    url: str
    icon: str
    hint: str
    shortcut: str
    object_id: int | None


class PaletteOut(OutputSchema):
    items: list[EntryOut]


class TextIn(InputSchema):
    text: Annotated[str, Field(min_length=1, max_length=20_000)]
    space_id: int | None = None


class PreviewIn(InputSchema):
    text: Annotated[str, Field(max_length=20_000)] = ""


class PreviewOut(OutputSchema):
    """What the text would become; ``kind`` is null while nothing fits."""

    kind: str | None
    title: str
    icon: str
    preview: str


class AddedOut(OutputSchema):
    title: str
    url: str
    icon: str
    kind: str
    object_id: int | None
