"""A list of ids as one value of a statement, so that the statement and its plan stay the same for any number."""

from collections.abc import Sequence
from typing import Any

import orjson
from sqlalchemy import (
    ARRAY,
    BigInteger,
    BindParameter,
    ColumnElement,
    Dialect,
    Integer,
    Text,
    any_,
    column,
    func,
    select,
)
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.types import TypeDecorator, TypeEngine


class IdList(TypeDecorator[Sequence[int]]):
    """An array on PostgreSQL, a JSON text on SQLite."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        stored: TypeEngine[Any] = ARRAY(BigInteger) if dialect.name == "postgresql" else Text()
        return dialect.type_descriptor(stored)

    def process_bind_param(self, value: Sequence[int] | None, dialect: Dialect) -> object:
        ids = list(value or ())
        return ids if dialect.name == "postgresql" else orjson.dumps(ids).decode()


def is_among(
    dialect: str,
    id_column: InstrumentedAttribute[int] | InstrumentedAttribute[int | None] | ColumnElement[int],
    ids: BindParameter[Sequence[int]],
) -> ColumnElement[bool]:
    """``IN`` with one bound value of the type ``IdList``."""
    if dialect == "postgresql":
        return id_column == any_(ids)
    values = func.json_each(ids).table_valued(column("value", Integer))
    return id_column.in_(select(values.c.value))
