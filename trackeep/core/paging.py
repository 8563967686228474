"""Cursor paging: the shape of a page, and cursors that carry the last row's sort key."""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import orjson

from trackeep.core.errors import Invalid
from trackeep.core.i18n import gettext as _

MAX_LIMIT = 100
MAX_CURSOR_LENGTH = 2_000
_LARGEST = 2**63 - 1

Item = TypeVar("Item")
CursorValue = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """One page of a list. ``total`` is a count when it was asked for; ``total_capped`` says that there are more."""

    items: Sequence[Item]
    next_cursor: str | None = None
    total: int | None = None
    total_capped: bool = False


def encode_cursor(*values: CursorValue) -> str:
    return base64.urlsafe_b64encode(orjson.dumps(values)).decode().rstrip("=")


def decode_cursor(cursor: str, types: tuple[type, ...]) -> tuple[CursorValue, ...]:
    """The values that ``encode_cursor`` was given; raises Invalid unless they have exactly these types."""
    try:
        if len(cursor) > MAX_CURSOR_LENGTH:
            raise ValueError("too long")
        values = orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if not isinstance(values, list) or [type(value) for value in values] != list(types):
            raise ValueError("other types")
        if any(isinstance(value, int) and abs(value) > _LARGEST for value in values):
            raise ValueError("no number of a row")
    except (ValueError, binascii.Error, UnicodeEncodeError) as error:
        raise Invalid(fields={"cursor": [_("This cursor does not belong to this list.")]}) from error
    return tuple(values)


def bounded_limit(limit: int) -> int:
    return max(1, min(limit, MAX_LIMIT))
