"""What a table needs beside its columns and indexes, such as triggers: run by the metadata as well as by migrations."""

from collections.abc import Mapping, Sequence

from sqlalchemy import DDL, FromClause, Table, event

Statements = Mapping[str, Sequence[str]]
"""By dialect."""


def define_after(table: FromClause | Table, creating: Statements, dropping: Statements | None = None) -> None:
    """Let ``create_all`` run these statements after the table was made, and ``drop_all`` those after it was dropped."""
    for moment, statements in (("after_create", creating), ("after_drop", dropping or {})):
        for dialect, texts in statements.items():
            for text in texts:
                # DDL expands percent signs by itself.
                ddl = DDL(text.replace("%", "%%")).execute_if(dialect=dialect)  # type: ignore[no-untyped-call]  # as SQLAlchemy ships it
                event.listen(table, moment, ddl)
