"""The database session of the running request or job: reads outside, one unit of work for writes."""

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

import structlog
from sqlalchemy import Connection, Engine, Executable
from sqlalchemy.orm import Session

from trackeep.core.db.engine import SQLITE_BUSY_SECONDS, build_engine, read_engine
from trackeep.core.db.types import AnyRow
from trackeep.core.errors import Unavailable

log = structlog.get_logger(__name__)


@dataclass(slots=True)
class _Work:
    session: Session
    callbacks: list[Callable[[], None]] = field(default_factory=list)


class Database:
    """One database of the process; unbound until ``bind`` is called by the application's start."""

    def __init__(self) -> None:
        self._engine: Engine | None = None
        self._read_engine: Engine | None = None
        self._reading: ContextVar[Session | None] = ContextVar("reading", default=None)
        self._working: ContextVar[_Work | None] = ContextVar("working", default=None)
        # SQLite has one writer. Queueing here is fair and costs nothing; its own busy wait is neither.
        self._sqlite_writer = threading.Lock()

    def bind(self, url: str, pool_size: int = 20) -> None:
        if self._engine is not None:
            self._engine.dispose()
        self._engine = build_engine(url, pool_size)
        self._read_engine = read_engine(self._engine)

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
        work = self._working.get()
        if work is not None:
            return work.session
        reading = self._reading.get()
        if reading is None:
            reading = Session(self._read_engine, autoflush=False, expire_on_commit=False)
            self._reading.set(reading)
        return reading

    def rows(
        self, statement: Executable, values: Mapping[str, object] | Sequence[Mapping[str, object]] | None = None
    ) -> Sequence[AnyRow]:
        """The rows of a query for columns. It goes past the session, whose own part in a small query is a third."""
        return self._connection().execute(statement, values).all()

    def write(self, statement: Executable, rows: Sequence[Mapping[str, object]]) -> None:
        """Run the statement for each of these rows inside the open unit of work, past the session as well."""
        self._connection().execute(statement, rows)

    def _connection(self) -> Connection:
        session = self.session()
        if session.new or session.dirty or session.deleted:
            session.flush()
        return session.connection()

    @contextmanager
    def unit_of_work(self) -> Iterator[Session]:
        """Write inside one transaction; an inner unit joins the outer one, which alone commits."""
        outer = self._working.get()
        if outer is not None:
            yield outer.session
            return
        self.release()
        with self._write_turn():
            work = self._open_work()
            try:
                yield work.session
                work.session.commit()
            except BaseException:
                work.session.rollback()
                raise
            finally:
                self._working.set(None)
                work.session.close()
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
            with outer.session.begin_nested():
                yield outer.session
        except BaseException:
            del outer.callbacks[before:]
            # The locks that were noted there are given back with the savepoint.
            outer.session.info.clear()
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

    def _open_work(self) -> _Work:
        work = _Work(Session(self.engine, expire_on_commit=False))
        self._working.set(work)
        return work

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
