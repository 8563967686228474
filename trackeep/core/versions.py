"""Scope versions: a number per scope, raised in the writing transaction; the truth about freshness."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from sqlalchemy import BigInteger, Executable, String, bindparam, select
from sqlalchemy.orm import Mapped, mapped_column

from trackeep.core import db, ext

USER = "user:"


class ScopeVersion(db.Base):
    __tablename__ = "scope_versions"

    scope: Mapped[str] = mapped_column(String(120), primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger, nullable=False)


def raise_versions(*scopes: str) -> None:
    """Raise each scope's number by one, inside the open unit of work; the process knows the new ones once it has
    committed. Scopes are taken in order, so that two writers that raise several never wait for each other in a
    circle."""
    wanted = sorted(set(scopes))
    if not wanted:
        return
    rows = db.rows(_raising(db.dialect(), len(wanted)), {f"scope_{at}": scope for at, scope in enumerate(wanted)})
    numbers = {row.scope: row.number for row in rows}
    db.after_commit(lambda: ext.freshness().learned(numbers))


@lru_cache(maxsize=100)
def _raising(_dialect: str, count: int) -> Executable:
    """Every write needs it, so it is put together once for each number of scopes."""
    rows = [{"scope": bindparam(f"scope_{at}"), "number": 1} for at in range(count)]
    added: dict[str, Any] = {"number": ScopeVersion.number + 1}
    raising = (
        db.upsert(ScopeVersion).values(rows).on_conflict_do_update(index_elements=[ScopeVersion.scope], set_=added)
    )
    return raising.returning(ScopeVersion.scope, ScopeVersion.number)


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
