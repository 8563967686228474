"""The database: base class and column types, the session of this context, the unit of work."""

from collections.abc import Sequence
from typing import cast

from sqlalchemy import ColumnElement, bindparam, literal
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import InstrumentedAttribute

from trackeep.core.db.definitions import define_after
from trackeep.core.db.id_lists import IdList, is_among
from trackeep.core.db.types import AnyRow, AnySelect, Base, BigId, BlobKey, JsonDict, UtcDateTime
from trackeep.core.db.work import Database

IdColumn = InstrumentedAttribute[int] | InstrumentedAttribute[int | None] | ColumnElement[int]

database = Database()
session = database.session
rows = database.rows
write = database.write
unit_of_work = database.unit_of_work
attempt = database.attempt
after_commit = database.after_commit
in_work = database.in_work
release = database.release


def upsert(table: type[Base]) -> postgresql.Insert:
    """An INSERT that may have ON CONFLICT. Both dialects offer the same calls; the type is one of the two."""
    if database.dialect == "sqlite":
        return cast(postgresql.Insert, sqlite.insert(table))
    return postgresql.insert(table)


def is_one_of(id_column: IdColumn, ids: Sequence[int] | str) -> ColumnElement[bool]:
    """``IN`` with one bound value: these ids, or those that are given under this name when the statement is run."""
    value = bindparam(ids, type_=IdList()) if isinstance(ids, str) else literal(ids, IdList())
    return is_among(dialect(), id_column, value)


def dialect() -> str:
    """``sqlite`` or ``postgresql``."""
    return database.dialect


__all__ = [
    "AnyRow",
    "AnySelect",
    "Base",
    "BigId",
    "BlobKey",
    "IdColumn",
    "IdList",
    "JsonDict",
    "UtcDateTime",
    "after_commit",
    "attempt",
    "database",
    "define_after",
    "dialect",
    "in_work",
    "is_one_of",
    "release",
    "rows",
    "session",
    "unit_of_work",
    "upsert",
    "write",
]
