"""What comes in and goes out."""

from pydantic import Field

from trackeep.core.schemas import InputSchema, OutputSchema


class BookIn(InputSchema):
    title: str = Field(min_length=1, max_length=200)


class ShelfOut(OutputSchema):
    titles: list[str]
