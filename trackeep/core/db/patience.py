"""How long a PostgreSQL server may keep us waiting before its connection is given up as dead.

A server that is frozen, or that a dead wire hides, neither answers nor refuses, and its own timeouts do not fire.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import psycopg
from psycopg.abc import PQGen
from sqlalchemy import Connection, Dialect, Engine, event
from sqlalchemy.pool import ConnectionPoolEntry

# libpq's least is two seconds.
CONNECT_SECONDS = 2
# The first statement on a connection from the pool asks whether it still works.
GREETING_SECONDS = 1.0
# No statement of a request or job takes nearly as long, and no worker is killed for waiting a little less.
STATEMENT_SECONDS = 50.0


class PatientConnection(psycopg.Connection[Any]):
    """Closes itself when an answer takes longer than ``patience`` seconds; None waits for ever."""

    patience: float | None = STATEMENT_SECONDS

    def wait(self, gen: PQGen[Any], interval: float = 0.1, timeout: float | None = None) -> Any:
        try:
            return super().wait(gen, interval, self.patience if timeout is None else timeout)
        except psycopg.errors._WaitTimeout:  # the driver's way to tell; a subclass of its OperationalError
            self.pgconn.finish()
            raise


def watch(engine: Engine) -> None:
    """Let the engine's connections be patient ones, and curt when they come out of the pool."""
    event.listen(engine, "do_connect", _connect)
    event.listen(engine, "checkin", _be_curt)
    event.listen(engine, "checkout", _be_patient)


def wait_for_ever(connection: Connection) -> None:
    """For a migration, which may rewrite large tables, until the connection is given back."""
    raw = connection.connection.driver_connection
    if isinstance(raw, PatientConnection):
        raw.patience = None


def _connect(
    _dialect: Dialect, _entry: ConnectionPoolEntry, arguments: Sequence[Any], options: Mapping[str, Any]
) -> PatientConnection:
    return PatientConnection.connect(*arguments, **options)


def _be_curt(connection: PatientConnection | None, _entry: ConnectionPoolEntry) -> None:
    if connection is not None:
        connection.patience = GREETING_SECONDS


def _be_patient(connection: PatientConnection, _entry: ConnectionPoolEntry, _proxy: object) -> None:
    connection.patience = STATEMENT_SECONDS
