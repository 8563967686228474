"""Column types and the declarative base that all tables share."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, TypeAlias

from sqlalchemy import JSON, BigInteger, Column, DateTime, Dialect, Integer, MetaData, Row, Select, String
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator, TypeEngine

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

BigId = BigInteger().with_variant(Integer, "sqlite")
"""A 64-bit id; SQLite only numbers rows by itself when the type is spelled INTEGER."""

JsonDict = JSON().with_variant(JSONB, "postgresql")


AnySelect: TypeAlias = Select[*tuple[Any, ...]]
"""A query whose columns the type checker need not know."""

AnyRow: TypeAlias = Row[*tuple[Any, ...]]


class UtcDateTime(TypeDecorator[datetime]):
    """A moment: aware datetimes in and out, stored in UTC. A naive datetime is refused."""

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(DateTime(timezone=dialect.name == "postgresql"))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        moment = _aware(value)
        return moment if moment is None or dialect.name == "postgresql" else moment.replace(tzinfo=None)

    def bind_processor(self, dialect: Dialect) -> Callable[[datetime | None], object]:
        """In one step as well: an import of a batch writes thousands of moments."""
        return _to_text if dialect.name == "sqlite" else lambda value: self.process_bind_param(value, dialect)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], datetime | None]:
        """In one step instead of the type's own and ours behind it: a long list reads hundreds of moments."""
        return _from_text if dialect.name == "sqlite" else _in_utc


def _aware(value: datetime | None) -> datetime | None:
    if value is None or value.tzinfo is UTC:
        return value
    if value.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return value.astimezone(UTC)


def _to_text(value: datetime | None) -> str | None:
    """As SQLite's own type spells it, so that moments compare as texts."""
    moment = _aware(value)
    return None if moment is None else moment.replace(tzinfo=None).isoformat(" ", "microseconds")


def _from_text(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(f"{value}+00:00")


def _in_utc(value: datetime | None) -> datetime | None:
    return None if value is None else value.replace(tzinfo=UTC)


class BlobKey(TypeDecorator[str]):
    """A key of the blob store. A file that no column of this type refers to is deleted after a day."""

    impl = String(64)
    cache_ok = True


def is_blob_key(column: Column[Any]) -> bool:
    return isinstance(column.type, BlobKey)


class Base(DeclarativeBase):
    """Base of every table; constraint names are fixed so that migrations can name them."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {datetime: UtcDateTime, dict[str, Any]: JsonDict}
