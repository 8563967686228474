"""The orders of a list, each with an index behind it, and the cursors that continue them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import ColumnElement, FromClause, literal, tuple_

from trackeep.core import db
from trackeep.core.errors import Invalid
from trackeep.core.i18n import gettext as _
from trackeep.core.paging import CursorValue, decode_cursor, encode_cursor
from trackeep.tasks.filters import Sort
from trackeep.tasks.models import DUE_OR_NEVER, Task


@dataclass(frozen=True, slots=True)
class Order:
    """Sorts by the named columns, all in one direction, the id last, so that a row comparison continues it."""

    columns: tuple[tuple[str, ColumnElement[Any]], ...]
    types: tuple[type, ...]
    descending: bool = False

    def labelled(self) -> Sequence[ColumnElement[Any]]:
        return [column.label(f"sort_{name}") for name, column in self.columns]

    def by(self, source: FromClause | None = None) -> list[ColumnElement[Any]]:
        keys = [source.c[f"sort_{name}"] if source is not None else column for name, column in self.columns]
        return [key.desc() if self.descending else key.asc() for key in keys]

    def cursor_of(self, row: db.AnyRow) -> str:
        """Where the list goes on behind this row."""
        return encode_cursor(*[_plain(row._mapping[f"sort_{name}"]) for name, _column in self.columns])

    def after(self, cursor: str) -> ColumnElement[bool]:
        """The condition of the rows behind the cursor; raises Invalid for a cursor of another list."""
        plain = [int if kind is int else str for kind in self.types]
        values = decode_cursor(cursor, tuple(plain))
        here = tuple_(*[column for _name, column in self.columns])
        there = tuple_(
            *[
                literal(_value(kind, value), column.type)
                for (_name, column), kind, value in zip(self.columns, self.types, values, strict=True)
            ]
        )
        return here < there if self.descending else here > there


_ID = ("id", Task.id.expression)
_MINUTE = ("due_minute", Task.due_minute.expression)
MANUAL = Order((("position", Task.position.expression), _ID), (int, int))
ORDERS = {
    Sort.MANUAL: MANUAL,
    Sort.DUE: Order((("due_on", DUE_OR_NEVER), _MINUTE, _ID), (date, int, int)),
    Sort.PRIORITY: Order((("priority", Task.priority.expression), _ID), (int, int), descending=True),
    Sort.NEWEST: Order((_ID,), (int,), descending=True),
    Sort.FINISHED: Order((("completed_at", Task.completed_at.expression), _ID), (datetime, int), descending=True),
}


def _plain(value: Any) -> CursorValue:
    return value.isoformat() if isinstance(value, date) else value


def _value(kind: type, value: CursorValue) -> Any:
    try:
        if kind is date:
            return date.fromisoformat(str(value))
        if kind is datetime:
            moment = datetime.fromisoformat(str(value))
            if moment.tzinfo is None:
                raise ValueError("a moment without a zone")
            return moment.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise Invalid(fields={"cursor": [_("This cursor does not belong to this list.")]}) from error
    return value
