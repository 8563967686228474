"""Reads outside a transaction: each stands alone, so one whose connection was cut is run once more on another."""

from collections.abc import Callable
from typing import Any, TypeVar

import psycopg
import structlog
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import Session

log = structlog.get_logger(__name__)
Result = TypeVar("Result")
# "Ended by an administrator", "ended by a crash", "not up yet": the driver may read such an answer before it sees that
# the connection has ended.
SHUTTING_DOWN = frozenset({"57P01", "57P02", "57P03"})


class ReadSession(Session):
    """A session without a transaction worth the name. What it has loaded is loaded anew after a cut."""

    def execute(self, *arguments: Any, **named: Any) -> Any:
        run = super().execute
        return self._read(lambda: run(*arguments, **named))

    def scalar(self, *arguments: Any, **named: Any) -> Any:
        run = super().scalar
        return self._read(lambda: run(*arguments, **named))

    def scalars(self, *arguments: Any, **named: Any) -> Any:
        run = super().scalars
        return self._read(lambda: run(*arguments, **named))

    def _read(self, run: Callable[[], Result]) -> Result:
        return read(self.connection(), run, self)


def read(connection: Connection, run: Callable[[], Result], session: Session | None = None) -> Result:
    """What ``run`` reads on this connection, or on the one that takes its place."""
    try:
        return run()
    except DBAPIError as error:
        if not is_cut(error):
            raise
        log.warning("database_connection_cut", error=str(error.orig)[:300])
    if not connection.invalidated:
        connection.invalidate()
    if session is not None:
        session.rollback()
    connection.rollback()
    return run()


def connect(engine: Engine) -> Connection:
    """A connection to read by. One that is cut while it is made is made again; a server that does not answer is not
    waited for twice."""
    try:
        return engine.connect()
    except OperationalError as error:
        if isinstance(error.orig, psycopg.errors.ConnectionTimeout):
            raise
    return engine.connect()


def is_cut(error: DBAPIError) -> bool:
    """Whether the connection was lost, and not the statement refused."""
    return error.connection_invalidated or getattr(error.orig, "sqlstate", None) in SHUTTING_DOWN
