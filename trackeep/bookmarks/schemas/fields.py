"""The types of fields that several shapes have."""

from datetime import date
from typing import Annotated

from pydantic import Field

MAX_IDS = 1_000
MAX_TEXT = 1_000
# Longer than what the service takes, so that its complaint names the limit of each field.
_LONG = 400_000
Id = Annotated[int, Field(ge=1, le=2**63 - 1)]
Text = Annotated[str, Field(max_length=_LONG)]
TagNames = Annotated[list[Annotated[str, Field(max_length=1_000)]], Field(max_length=200)]
CollectionIds = Annotated[list[Id], Field(max_length=200)]
# No day at the very edge: the day after it is asked for, too.
Day = Annotated[date, Field(ge=date(1, 1, 2), le=date(9999, 12, 30))]
