"""Counts the statements that a piece of code sends to the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from sqlalchemy import event

from trackeep.core import db, ext

# Versions are asked for again after some time, not by some number of rows.
VERSIONS = "SELECT scope_versions."
_paused: list[bool] = []


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements sent until the block ends. No answer that is kept spares one."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not _paused and not statement.startswith(VERSIONS):
            sent.append(statement)

    engine = db.database.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        with patch.object(ext.answers(), "_bypass", lambda: True):
            yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)


@contextmanager
def not_counted() -> Iterator[None]:
    """What is sent in here is not counted: it is the test's own."""
    _paused.append(True)
    try:
        yield
    finally:
        _paused.pop()
