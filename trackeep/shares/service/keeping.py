"""What becomes of links with time: revoked ones are forgotten, the secrets of the others follow a new key."""

from datetime import timedelta

from sqlalchemy import delete, select, update

from trackeep.core import clock, db
from trackeep.shares import tokens
from trackeep.shares.models import ObjectShare

KEPT = timedelta(days=30)
_STEP = 500


def forget_revoked() -> None:
    """They are kept for a while beside what the audit log tells of them."""
    old = delete(ObjectShare).where(ObjectShare.revoked_at < clock.now() - KEPT)
    with db.unit_of_work() as session:
        session.execute(old.execution_options(synchronize_session=False))


def reseal_tokens() -> int:
    """Seal all with the newest key of the ring; answers how many there are. Raises CannotOpen, and changes nothing,
    when the key of one is no longer on the ring."""
    columns = (ObjectShare.id, ObjectShare.token_hash, ObjectShare.token_sealed)
    number = last = 0
    with db.unit_of_work() as session:
        while True:
            query = select(*columns).where(ObjectShare.id > last, ObjectShare.token_sealed != "")
            rows = session.execute(query.order_by(ObjectShare.id).limit(_STEP).with_for_update()).all()
            for row in rows:
                value = tokens.resealed(row.token_sealed, row.token_hash)
                change = update(ObjectShare).where(ObjectShare.id == row.id).values(token_sealed=value)
                session.execute(change.execution_options(synchronize_session=False))
            number += len(rows)
            if len(rows) < _STEP:
                return number
            last = rows[-1].id
