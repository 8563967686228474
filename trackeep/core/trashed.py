"""Reads of the objects that lie in the trash, across kinds and spaces."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Select, func, literal, select, tuple_

from trackeep.core import db
from trackeep.core.errors import Invalid
from trackeep.core.i18n import gettext as _
from trackeep.core.objects import Object
from trackeep.core.paging import Page, bounded_limit, decode_cursor, encode_cursor


@dataclass(frozen=True, slots=True)
class TrashedObject:
    """An object in the trash, whatever it is."""

    id: int
    kind: str
    deleted_at: datetime


def trashed_page(
    spaces: Collection[int], kinds: Collection[str], *, cursor: str | None, limit: int
) -> Page[TrashedObject]:
    """What lies in the trash of these spaces, newest first."""
    count = bounded_limit(limit)
    query = _select(_within(spaces, kinds)).order_by(Object.deleted_at.desc(), Object.id.desc()).limit(count + 1)
    if cursor:
        moment, object_id = _place(cursor)
        query = query.where(
            tuple_(Object.deleted_at, Object.id) < tuple_(literal(moment, db.UtcDateTime()), literal(object_id))
        )
    rows = _fetch(query)
    last = rows[count - 1] if len(rows) > count else None
    return Page(rows[:count], encode_cursor(last.deleted_at.isoformat(), last.id) if last else None)


def trashed_counts(spaces: Collection[int], kinds: Collection[str]) -> dict[str, int]:
    """How many objects of each kind lie in the trash of these spaces; kinds without any are left out."""
    query = select(Object.kind, func.count().label("number")).where(*_within(spaces, kinds)).group_by(Object.kind)
    return {row.kind: row.number for row in db.session().execute(query)}


def trashed_among(ids: Collection[int], spaces: Collection[int], kinds: Collection[str]) -> Sequence[TrashedObject]:
    """Those of the ids that lie in the trash of these spaces."""
    return _fetch(_select(_within(spaces, kinds)).where(Object.id.in_(ids)).order_by(Object.id))


def trashed_before(
    moment: datetime, kinds: Collection[str], *, limit: int, spaces: Collection[int] | None = None
) -> Sequence[TrashedObject]:
    """The oldest of what was deleted until this moment, in these spaces or in all."""
    where = _within(spaces, kinds)
    return _fetch(_select(where).where(Object.deleted_at <= moment).order_by(Object.deleted_at, Object.id).limit(limit))


def _within(spaces: Collection[int] | None, kinds: Collection[str]) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = [Object.deleted_at.is_not(None), Object.kind.in_(kinds)]
    return where if spaces is None else [*where, Object.space_id.in_(spaces)]


def _select(where: Sequence[ColumnElement[bool]]) -> Select[int, str, datetime | None]:
    return select(Object.id, Object.kind, Object.deleted_at).where(*where)


def _fetch(query: Select[int, str, datetime | None]) -> Sequence[TrashedObject]:
    rows = db.session().execute(query)
    return [TrashedObject(row.id, row.kind, row.deleted_at) for row in rows]


def _place(cursor: str) -> tuple[datetime, int]:
    moment, object_id = decode_cursor(cursor, (str, int))
    try:
        return datetime.fromisoformat(str(moment)).astimezone(UTC), int(object_id or 0)
    except (ValueError, OverflowError) as error:
        raise Invalid(fields={"cursor": [_("This cursor does not belong to this list.")]}) from error
