"""The types of fields that several shapes have."""

from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator, ConfigDict, Field

from trackeep.core.i18n import gettext as _
from trackeep.core.schemas import InputSchema
from trackeep.notes.texts import is_too_long

Id = Annotated[int, Field(ge=1, le=2**63 - 1)]
Cursor = Annotated[str | None, Field(max_length=2_000)]
Limit = Annotated[int, Field(ge=1, le=100)]
# Longer than what the service takes, so that its complaint tells the length.
Title = Annotated[str, Field(max_length=20_000)]
TagNames = Annotated[list[Annotated[str, Field(max_length=1_000)]], Field(max_length=200)]
Day = Annotated[date, Field(ge=date(1970, 1, 1), le=date(2999, 12, 31))]


def _of_bearable_length(text: Any) -> Any:
    if isinstance(text, str) and is_too_long(text):
        raise ValueError(_("A note holds at most 2 MB of text. Split it into several notes."))
    return text


Body = Annotated[str, BeforeValidator(_of_bearable_length)]
Line = Annotated[str, Field(max_length=100_000)]


class TextInput(InputSchema):
    """White space at the ends is a part of Markdown."""

    model_config = ConfigDict(str_strip_whitespace=False)
