"""Counts every guess in SQL before it is looked at, so that parallel guesses never pass the limit."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import case, delete, update

from trackeep.accounts.devices import Device
from trackeep.accounts.models import GuessCount
from trackeep.core import clock, db, ext
from trackeep.core.errors import TooMany
from trackeep.core.i18n import lazy_gettext as _l

TOTAL = "all"


@dataclass(frozen=True, slots=True)
class Limit:
    """At most ``tries`` in a window for this subject."""

    subject: str
    tries: int


def count_guess(limits: Sequence[Limit]) -> None:
    """Count one try against each limit and commit; raises TooMany at the first that is exceeded. What is behind it in
    the list is then not counted: who is refused for the address must not use up the tries of an account."""
    if db.in_work():
        raise RuntimeError("a guess is counted in a unit of work of its own: a rollback would forget it")
    with db.unit_of_work():
        wait = next((wait for limit in limits if (wait := _seconds_to_wait(limit)) is not None), None)
    if wait is not None:
        raise TooMany(_l("There were too many attempts. Please wait a few minutes and try again."), retry_after=wait)


def give_back(limits: Sequence[Limit]) -> None:
    """Inside the unit of work of a success: a right password is not a guess."""
    subjects = [limit.subject for limit in limits]
    db.session().execute(
        update(GuessCount)
        .where(GuessCount.subject.in_(subjects), GuessCount.tries > 0)
        .values(tries=GuessCount.tries - 1)
        .execution_options(synchronize_session=False)
    )


def for_password(kind: str, account: str, address: str, device: Device | None = None) -> list[Limit]:
    """The limits of a guess at an account. A device from which this person has signed in before is counted apart:
    a stranger cannot lock it out, and it has as few tries as everybody."""
    settings = ext.settings()
    if device is not None:
        return [Limit(f"{kind}:known:{account}:{device.id}", settings.sign_in_limit)]
    return [*by_address(kind, address), Limit(f"{kind}:account:{account}", settings.sign_in_limit)]


def by_address(kind: str, address: str) -> list[Limit]:
    settings = ext.settings()
    return [
        Limit(f"{kind}:{TOTAL}", settings.sign_in_total_limit),
        Limit(f"{kind}:address:{address[:64]}", settings.sign_in_limit),
    ]


def account_subject(user_id: int | None, login: str) -> str:
    """An unknown name is counted like an account, so that the limit does not tell which names exist."""
    return str(user_id) if user_id is not None else hashlib.sha256(login.encode()).hexdigest()


def forget_old_counts() -> None:
    """Delete the counters whose window is over."""
    with db.unit_of_work() as session:
        session.execute(delete(GuessCount).where(GuessCount.window_began < clock.now() - _window()))


def _seconds_to_wait(limit: Limit) -> int | None:
    """Count, and tell how long to wait when that was one too many. One statement decides, whoever comes at once."""
    now, window = clock.now(), _window()
    is_over = GuessCount.window_began <= now - window
    row = (
        db.session()
        .execute(
            db.upsert(GuessCount)
            .values(subject=limit.subject, window_began=now, tries=1)
            .on_conflict_do_update(
                index_elements=[GuessCount.subject],
                set_={
                    "tries": case((is_over, 1), else_=GuessCount.tries + 1),
                    "window_began": case((is_over, now), else_=GuessCount.window_began),
                },
            )
            .returning(GuessCount.tries, GuessCount.window_began)
        )
        .one()
    )
    if row.tries <= limit.tries:
        return None
    over_at: datetime = row.window_began + window
    return max(1, round((over_at - now).total_seconds()))


def _window() -> timedelta:
    return timedelta(seconds=ext.settings().sign_in_window)
