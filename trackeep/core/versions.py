"""Scope versions: a number per scope, raised in the writing transaction; the truth about freshness.

A number is never used twice, also when the database forgets its newest writes: what was kept under one that a restored
backup, a new database or another primary has not reached yet would be believed later. So it is at least the number of
milliseconds since 1970."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Executable, String, bindparam, case, literal, select, update
from sqlalchemy.orm import Mapped, mapped_column

from trackeep.core import clock, db, ext

USER = "user:"


class ScopeVersion(db.Base):
    __tablename__ = "scope_versions"

    scope: Mapped[str] = mapped_column(String(120), primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger, nullable=False)


def raise_versions(*scopes: str) -> None:
    """Raise each scope's number, inside the open unit of work; the process knows the new ones once it has
    committed. Scopes are taken in order, so that two writers that raise several never wait for each other in a
    circle."""
    wanted = sorted(set(scopes))
    if not wanted:
        return
    # From here on nobody else raises them before we commit. After that somebody may, however late we come to note ours.
    as_of = ext.freshness().now()
    least = _least()
    rows = db.rows(_raising(db.dialect()), [{"scope": scope, "number": least} for scope in wanted])
    numbers = {row.scope: row.number for row in rows}
    db.after_commit(lambda: ext.freshness().learned(numbers, as_of))


def raise_all() -> None:
    """The database is another one: nothing that was kept of the former holds."""
    with db.unit_of_work() as session:
        raised = update(ScopeVersion).values(number=_raised(literal(_least(), BigInteger)))
        session.execute(raised.execution_options(synchronize_session=False))


@lru_cache(maxsize=2)
def _raising(_dialect: str) -> Executable:
    """Every write needs it, so it is put together once. The rows are given when it is run, and sent as one statement:
    one that holds several of them is compiled anew each time."""
    raising = db.upsert(ScopeVersion)
    raised: dict[str, Any] = {"number": _raised(raising.excluded.number)}
    raising = raising.on_conflict_do_update(index_elements=[ScopeVersion.scope], set_=raised)
    return raising.returning(ScopeVersion.scope, ScopeVersion.number)


def _raised(least: ColumnElement[int]) -> ColumnElement[int]:
    return case((ScopeVersion.number < least, least), else_=ScopeVersion.number + 1)


def _least() -> int:
    return max(1, int(clock.timestamp() * 1000))


# Built once: every request that trusts nothing any more asks it.
_CURRENT = select(ScopeVersion.scope, ScopeVersion.number).where(
    ScopeVersion.scope.in_(bindparam("scopes", expanding=True))
)


def current_versions(scopes: Iterable[str]) -> dict[str, int]:
    """The numbers of these scopes; a scope that was never raised has 0."""
    wanted = list(scopes)
    return dict.fromkeys(wanted, 0) | dict(tuple(row) for row in db.rows(_CURRENT, {"scopes": wanted}))


def space_scope(space_id: int) -> str:
    return f"space:{space_id}"


def user_scope(user_id: int) -> str:
    return f"{USER}{user_id}"
