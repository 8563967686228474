"""Base shapes of what comes in and goes out; unknown fields are refused, hidden characters are dealt with here."""

import re
from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from trackeep.core.complaints import complaints
from trackeep.core.errors import Invalid
from trackeep.core.i18n import gettext as _

Schema = TypeVar("Schema", bound=BaseModel)
# NUL and the other control characters but tab and line ends have no meaning in a text field, and PostgreSQL
# refuses NUL; a lone surrogate cannot be written as UTF-8.
MAX_DEPTH = 20
_HIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


class InputSchema(BaseModel):
    """What a client may send. Mass assignment is impossible: unknown fields are refused."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _drop_hidden_characters(cls, data: Any) -> Any:
        return _clean(data)


class OutputSchema(BaseModel):
    """What the API answers; built from rows and frozen dataclasses alike."""

    model_config = ConfigDict(from_attributes=True)


class ProblemOut(OutputSchema):
    """A problem document (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    request_id: str
    errors: dict[str, list[str]] = {}


def parse(schema: type[Schema], data: Mapping[str, Any]) -> Schema:
    """Validate a form or another mapping; raises Invalid with the complaints of each field."""
    try:
        return schema.model_validate(dict(data))
    except ValidationError as error:
        raise Invalid(fields=complaints(error)) from error


def _clean(data: Any, room: int = MAX_DEPTH) -> Any:
    if isinstance(data, str):
        return _HIDDEN.sub("", data)
    if room == 0:
        raise ValueError(_("This is nested too deeply."))
    if isinstance(data, dict):
        return {key: _clean(value, room - 1) for key, value in data.items()}
    if isinstance(data, list):
        return [_clean(value, room - 1) for value in data]
    return data
