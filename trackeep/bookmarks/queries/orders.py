"""The orders of a list, each with an index behind it, and the cursors that continue them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, FromClause, literal, tuple_
from sqlalchemy.orm import InstrumentedAttribute

from trackeep.bookmarks.filters import Sort
from trackeep.bookmarks.models import Bookmark
from trackeep.core import db
from trackeep.core.errors import Invalid
from trackeep.core.i18n import gettext as _
from trackeep.core.paging import CursorValue, decode_cursor, encode_cursor


@dataclass(frozen=True, slots=True)
class Order:
    """Sorts by ``columns`` and then by id, all in one direction, so that a row comparison continues it."""

    columns: tuple[InstrumentedAttribute[Any], ...]
    descending: bool = False

    def extra_columns(self) -> Sequence[InstrumentedAttribute[Any]]:
        return self.columns

    def by(self, source: FromClause | None = None) -> list[ColumnElement[Any]]:
        keys = (*self.columns, Bookmark.id)
        columns = [source.c[key.key] for key in keys] if source is not None else list(keys)
        return [column.desc() if self.descending else column.asc() for column in columns]

    def cursor_of(self, row: db.AnyRow) -> str:
        """Where the list goes on behind this row."""
        found = row._mapping
        return encode_cursor(*[_plain(found[column.key]) for column in self.columns], row.id)

    def after(self, cursor: str) -> ColumnElement[bool]:
        """The condition of the rows behind the cursor; raises Invalid for a cursor of another list."""
        *values, last_id = decode_cursor(cursor, (*[str] * len(self.columns), int))
        here = tuple_(*self.columns, Bookmark.id)
        there = tuple_(
            *[literal(_value(column, value), column.type) for column, value in zip(self.columns, values, strict=True)],
            literal(last_id, Bookmark.id.type),
        )
        return here < there if self.descending else here > there


ORDERS = {
    Sort.NEWEST: Order((Bookmark.added_at,), descending=True),
    Sort.OLDEST: Order((Bookmark.added_at,)),
    Sort.TITLE: Order((Bookmark.title_key,)),
    Sort.SITE: Order((Bookmark.site, Bookmark.added_at)),
}


def _plain(value: Any) -> CursorValue:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _value(column: InstrumentedAttribute[Any], value: CursorValue) -> Any:
    if column is not Bookmark.added_at:
        return value
    try:
        moment = datetime.fromisoformat(str(value))
        if moment.tzinfo is None:
            raise ValueError("a moment without a zone")
        return moment.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise Invalid(fields={"cursor": [_("This cursor does not belong to this list.")]}) from error
