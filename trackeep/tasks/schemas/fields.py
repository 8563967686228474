"""The types of fields that several shapes have."""

from datetime import date
from typing import Annotated

from pydantic import AwareDatetime, Field

from trackeep.tasks.zones import FIRST_DAY, LAST_DAY

MAX_IDS = 1_000
Id = Annotated[int, Field(ge=1, le=2**63 - 1)]
# Longer than what the service takes, so that its complaint names the limit of each field.
Text = Annotated[str, Field(max_length=400_000)]
Name = Annotated[str, Field(max_length=1_000)]
TagNames = Annotated[list[Annotated[str, Field(max_length=1_000)]], Field(max_length=200)]
Day = Annotated[date, Field(ge=FIRST_DAY, le=LAST_DAY)]
Moment = AwareDatetime
Number = Annotated[int, Field(ge=0, le=1_000_000)]
Cursor = Annotated[str | None, Field(max_length=2_000)]
Limit = Annotated[int, Field(ge=1, le=100)]
