"""The database session of the running request or job: reads outside, one unit of work for writes."""

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

import structlog
from sqlalchemy import Connection, Engine, Executable
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from trackeep.core.db.engine import SQLITE_BUSY_SECONDS, begin_writing, build_engine, read_engine
from trackeep.core.db.reading import ReadSession, connect, read
from trackeep.core.db.types import AnyRow
from trackeep.core.errors import Unavailable

log = structlog.get_logger(__name__)
Values = Mapping[str, object] | Sequence[Mapping[str, object]] | None


@dataclass(slots=True)
class _Open:
    """A connection, and the session on it once somebody wants one: most statements go without, as a session's own part
    in a small one is a third."""

    connection: Connection
    is_work: bool = False
    callbacks: list[Callable[[], None]] = field(default_factory=list)
    _session: Session | None = None

    def session(self) -> Session:
        if self._session is None:
            kind = Session if self.is_work else ReadSession
            self._session = kind(self.connection, autoflush=self.is_work, expire_on_commit=False)
        return self._session

    def rows(self, statement: Executable, values: Values) -> Sequence[AnyRow]:
        if self.is_work:
            return self.flushed().execute(statement, values).all()
        return read(self.connection, lambda: self.connection.execute(statement, values).all(), self._session)

    def flushed(self) -> Connection:
        """The connection, with everything written that the session still holds."""
        session = self._session
        if session is not None and (session.new or session.dirty or session.deleted):
            session.flush()
        return self.connection

    def close(self) -> None:
        """Give the connection back. One that was cut is thrown away; whoever met the cut was told."""
        try:
            if self._session is not None:
                self._session.close()
            self.connection.close()
        except DBAPIError:
            self.connection.invalidate()
            self.connection.close()


class Database:
    """One database of the process; unbound until ``bind`` is called by the application's start."""

    def __init__(self) -> None:
        self._engine: Engine | None = None
        self._reader: Engine | None = None
        self._reading: ContextVar[_Open | None] = ContextVar("reading", default=None)
        self._working: ContextVar[_Open | None] = ContextVar("working", default=None)
        # SQLite has one writer. Queueing here is fair and costs nothing; its own busy wait is neither.
        self._sqlite_writer = threading.Lock()

    def bind(self, url: str, pool_size: int = 20) -> None:
        engine = build_engine(url, pool_size)
        if self._engine is not None and self._engine is not engine:
            self._engine.dispose()
        self._engine = engine
        self._reader = read_engine(self._engine)

    @property
    def engine(self) -> Engine:
        if self._engine is None:
            raise RuntimeError("the database is not bound yet")
        return self._engine

    @property
    def dialect(self) -> str:
        return self.engine.dialect.name

    def session(self) -> Session:
        """The open unit of work's session, else this context's read session (no transaction)."""
        return self._open().session()

    def rows(self, statement: Executable, values: Values = None) -> Sequence[AnyRow]:
        """The rows of a query for columns. It goes past the session."""
        return self._open().rows(statement, values)

    def write(self, statement: Executable, rows: Sequence[Mapping[str, object]]) -> None:
        """Run the statement for each of these rows inside the open unit of work, past the session as well."""
        self._open().flushed().execute(statement, rows)

    def _open(self) -> _Open:
        work = self._working.get() or self._reading.get()
        if work is None:
            work = _Open(connect(self._reader or self.engine))
            self._reading.set(work)
        return work

    @contextmanager
    def unit_of_work(self) -> Iterator[Session]:
        """Write inside one transaction; an inner unit joins the outer one, which alone commits."""
        outer = self._working.get()
        if outer is not None:
            yield outer.session()
            return
        self.release()
        with self._write_turn():
            work = _Open(self.engine.connect(), is_work=True)
            self._working.set(work)
            try:
                with work.connection.begin():
                    begin_writing(work.connection)
                    yield work.session()
                    work.flushed()
            finally:
                self._working.set(None)
                work.close()
        for callback in work.callbacks:
            _run_after_commit(callback)

    @contextmanager
    def attempt(self) -> Iterator[Session]:
        """A unit of work that the database may refuse by one of its rules. Inside another unit it is a savepoint: the
        outer one goes on with what it did before, and can ask why."""
        outer = self._working.get()
        if outer is None:
            with self.unit_of_work() as session:
                yield session
            return
        before = len(outer.callbacks)
        try:
            with outer.session().begin_nested():
                # A session makes its savepoint when it first turns to its connection, and most statements go past it.
                outer.session().connection()
                yield outer.session()
        except BaseException:
            del outer.callbacks[before:]
            # The locks that were noted there are given back with the savepoint.
            outer.session().info.clear()
            raise

    def after_commit(self, callback: Callable[[], None]) -> None:
        """Run ``callback`` once the open unit of work has committed, or now when none is open."""
        work = self._working.get()
        if work is None:
            callback()
        else:
            work.callbacks.append(callback)

    def in_work(self) -> bool:
        return self._working.get() is not None

    def release(self) -> None:
        """Give the read session back; called at the end of each request and job and before a unit of work."""
        reading = self._reading.get()
        if reading is not None:
            self._reading.set(None)
            reading.close()

    @contextmanager
    def _write_turn(self) -> Iterator[None]:
        if self.dialect != "sqlite":
            yield
            return
        if not self._sqlite_writer.acquire(timeout=SQLITE_BUSY_SECONDS):
            raise Unavailable(retry_after=1)
        try:
            yield
        finally:
            self._sqlite_writer.release()


def _run_after_commit(callback: Callable[[], None]) -> None:
    # What runs here may be lost or repeated by contract; the commit stands whatever happens.
    try:
        callback()
    except Exception:
        log.exception(
            "after_commit_failed",
            callback=getattr(callback, "__qualname__", repr(callback)),
        )
