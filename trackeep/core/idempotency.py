"""Requests that may be sent twice and take effect once: the key, the effect and the answer share one transaction.

Answers are kept sealed, for some hold a token or a password that is shown once.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import orjson
from sqlalchemy import BigInteger, ForeignKey, Index, String, delete, select, update
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.sql import ColumnElement

from trackeep.core import clock, db, ext
from trackeep.core.actor import Actor
from trackeep.core.errors import Invalid
from trackeep.core.i18n import lazy_gettext as _l
from trackeep.core.keyring import CannotOpen

KEPT = timedelta(hours=24)
MAX_KEY_LENGTH = 200


class IdempotencyKey(db.Base):
    __tablename__ = "idempotency_keys"
    __table_args__ = (Index("ix_idempotency_keys_created_at", "created_at"),)

    user_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    key: Mapped[str] = mapped_column(String(MAX_KEY_LENGTH), primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(64), nullable=False)
    result: Mapped[dict[str, Any]] = mapped_column(nullable=False)
    created_at: Mapped[datetime] = mapped_column(nullable=False)


def once(actor: Actor, key: str, fingerprint: str, run: Callable[[], dict[str, Any]]) -> tuple[dict[str, Any], bool]:
    """What ``run`` answers, and whether that is the kept answer of an earlier call with this key. ``run`` is called in
    a unit of work; when it raises, nothing is kept and the key may be used again. A twin that comes at the same moment
    waits for the first. Raises Invalid when the key was used for another ``fingerprint``, a SHA-256 of the request."""
    user_id = actor.require_user()
    _check(key)
    mine = (IdempotencyKey.user_id == user_id) & (IdempotencyKey.key == key)
    with db.unit_of_work() as session:
        session.execute(delete(IdempotencyKey).where(mine, IdempotencyKey.created_at < clock.now() - KEPT))
        if not _take(user_id, key, fingerprint):
            return _kept_result(user_id, mine, fingerprint), True
        result = run()
        keep = update(IdempotencyKey).where(mine).values(result={"sealed": _sealed(result, user_id)})
        session.execute(keep.execution_options(synchronize_session=False))
    return result, False


def forget_old() -> None:
    with db.unit_of_work() as session:
        session.execute(delete(IdempotencyKey).where(IdempotencyKey.created_at < clock.now() - KEPT))


def _check(key: str) -> None:
    if not key.isascii() or not key.isprintable() or not 0 < len(key) <= MAX_KEY_LENGTH:
        raise Invalid(_l("The Idempotency-Key must be 1 to 200 plain characters."))


def _take(user_id: int, key: str, fingerprint: str) -> bool:
    """Whether the key was free. The database waits for a twin that holds it in an open transaction."""
    row = {"user_id": user_id, "key": key, "fingerprint": fingerprint, "result": {}, "created_at": clock.now()}
    take = db.upsert(IdempotencyKey).values(row).on_conflict_do_nothing().returning(IdempotencyKey.key)
    return db.session().execute(take).first() is not None


def _kept_result(user_id: int, mine: ColumnElement[bool], fingerprint: str) -> dict[str, Any]:
    row = db.session().execute(select(IdempotencyKey.fingerprint, IdempotencyKey.result).where(mine)).one()
    if row.fingerprint != fingerprint:
        raise Invalid(_l("This Idempotency-Key was used for another request."))
    try:
        result: dict[str, Any] = orjson.loads(ext.keyring().open(row.result["sealed"], _purpose(user_id)))
    except (CannotOpen, KeyError) as error:
        raise Invalid(_l("This Idempotency-Key was used, and its answer can no longer be read.")) from error
    return result


def _sealed(result: dict[str, Any], user_id: int) -> str:
    return ext.keyring().seal(orjson.dumps(result).decode(), _purpose(user_id))


def _purpose(user_id: int) -> str:
    return f"idempotency:{user_id}"
