"""Scope versions: a number per scope, raised in the writing transaction; the truth about freshness."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from sqlalchemy import BigInteger, Executable, String, select
from sqlalchemy.orm import Mapped, mapped_column

from trackeep.core import db


class ScopeVersion(db.Base):
    __tablename__ = "scope_versions"

    scope: Mapped[str] = mapped_column(String(120), primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger, nullable=False)


def raise_versions(*scopes: str) -> None:
    """Raise each scope's number by one, inside the open unit of work. Scopes are taken in order, so that two writers
    that raise several never wait for each other in a circle."""
    rows = [{"scope": scope, "number": 1} for scope in sorted(set(scopes))]
    if not rows:
        return
    db.write(_raising(db.dialect()), rows)


@lru_cache
def _raising(_dialect: str) -> Executable:
    """Every write needs it, so it is put together once."""
    added: dict[str, Any] = {"number": ScopeVersion.number + 1}
    return db.upsert(ScopeVersion).on_conflict_do_update(index_elements=[ScopeVersion.scope], set_=added)


def current_versions(scopes: Iterable[str]) -> dict[str, int]:
    """The numbers of these scopes; a scope that was never raised has 0."""
    wanted = list(scopes)
    rows = db.session().execute(select(ScopeVersion.scope, ScopeVersion.number).where(ScopeVersion.scope.in_(wanted)))
    return dict.fromkeys(wanted, 0) | {row.scope: row.number for row in rows}


def space_scope(space_id: int) -> str:
    return f"space:{space_id}"


def user_scope(user_id: int) -> str:
    return f"user:{user_id}"
