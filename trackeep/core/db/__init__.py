"""The database: base class and column types, the session of this context, the unit of work."""

from typing import cast

from sqlalchemy.dialects import postgresql, sqlite

from trackeep.core.db.types import AnyRow, AnySelect, Base, BigId, BlobKey, JsonDict, UtcDateTime
from trackeep.core.db.work import Database

database = Database()
session = database.session
unit_of_work = database.unit_of_work
after_commit = database.after_commit
in_work = database.in_work
release = database.release


def upsert(table: type[Base]) -> postgresql.Insert:
    """An INSERT that may have ON CONFLICT. Both dialects offer the same calls; the type is one of the two."""
    if database.dialect == "sqlite":
        return cast(postgresql.Insert, sqlite.insert(table))
    return postgresql.insert(table)


def dialect() -> str:
    """``sqlite`` or ``postgresql``."""
    return database.dialect


__all__ = [
    "AnyRow",
    "AnySelect",
    "Base",
    "BigId",
    "BlobKey",
    "JsonDict",
    "UtcDateTime",
    "after_commit",
    "database",
    "dialect",
    "in_work",
    "release",
    "session",
    "unit_of_work",
    "upsert",
]
