"""Counts every guess in SQL before it is looked at, so that parallel guesses never pass the limit."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import case, delete, update

from trackeep.accounts.devices import Device
from trackeep.accounts.models import GuessCount
from trackeep.core import allowance, clock, db, ext
from trackeep.core.addresses import network_of
from trackeep.core.allowance import Allowance
from trackeep.core.errors import TooMany
from trackeep.core.i18n import lazy_gettext as _l

TOTAL = "all"


@dataclass(frozen=True, slots=True)
class Limit:
    """At most ``tries`` in a window for this subject. A quiet one is never told: see ``count_guess``."""

    subject: str
    tries: int
    quiet: bool = False


def count_guess(limits: Sequence[Limit]) -> bool:
    """Count one try against each limit and commit; raises TooMany at the first that is exceeded. What is behind it in
    the list is then not counted: who is refused for the address must not use up the tries of an account. False when
    only a quiet limit is exceeded: the caller must then answer as to a wrong guess."""
    if db.in_work():
        raise RuntimeError("a guess is counted in a unit of work of its own: a rollback would forget it")
    with db.unit_of_work():
        exceeded = next(((limit, used) for limit in limits if (used := _count(limit)).is_over), None)
    if exceeded is None:
        return True
    limit, used = exceeded
    if not limit.quiet:
        words = _l("There were too many attempts. Please wait a few minutes and try again.")
        raise TooMany(words, retry_after=used.reset)
    return False


def give_back(limits: Sequence[Limit]) -> None:
    """Inside the unit of work of a success: a right password is not a guess."""
    fewer = update(GuessCount).where(GuessCount.tries > 0).values(tries=GuessCount.tries - 1)
    # One after the other, in the order of counting: whoever locks the rows in another order meets a deadlock.
    for limit in limits:
        one = fewer.where(GuessCount.subject == limit.subject)
        db.session().execute(one.execution_options(synchronize_session=False))
    allowance.give_back()


def for_password(kind: str, account: str, address: str, device: Device | None = None) -> list[Limit]:
    """The limits of a guess at an account. A device from which this person has signed in before is counted apart:
    a stranger cannot lock it out, and it has as few tries as everybody."""
    settings = ext.settings()
    if device is not None:
        return [Limit(f"{kind}:known:{account}:{device.id}", settings.sign_in_limit)]
    return [*by_address(kind, address), Limit(f"{kind}:account:{account}", settings.sign_in_limit)]


def for_sign_in(user_id: int | None, login: str, address: str, device: Device) -> list[Limit]:
    """The limits of a password for this folded name. What was typed is counted whether anybody has the name or not.
    The person behind it is counted quietly: were it told that the tries by their user name are used up, whoever then
    tries an e-mail address would learn that it is theirs."""
    if user_id is not None and device.knows(user_id):
        return for_password("sign-in", str(user_id), address, device)
    typed = hashed(login)
    person = Limit(f"sign-in:person:{user_id or typed}", ext.settings().sign_in_limit, quiet=True)
    return [*for_password("sign-in", typed, address), person]


def by_address(kind: str, address: str) -> list[Limit]:
    """The address comes first: what is refused for it must not use up the tries of everybody."""
    settings = ext.settings()
    return [
        Limit(f"{kind}:address:{network_of(address)}", settings.sign_in_limit),
        Limit(f"{kind}:{TOTAL}", settings.sign_in_total_limit),
    ]


def hashed(login: str) -> str:
    """A name as a subject: of one length, and not to be read in the table."""
    return hashlib.sha256(login.encode(errors="surrogatepass")).hexdigest()


def forget_old_counts() -> None:
    """Delete the counters whose window is over."""
    with db.unit_of_work() as session:
        session.execute(delete(GuessCount).where(GuessCount.window_began < clock.now() - _window()))


def _count(limit: Limit) -> Allowance:
    """Count, and let the answer tell what is left. One statement decides, whoever comes at once."""
    now, window = clock.now(), _window()
    # A window far ahead was begun by a clock that has been put right since.
    is_over = (GuessCount.window_began <= now - window) | (GuessCount.window_began > now + window)
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
    over_at: datetime = row.window_began + window
    used = Allowance(limit.tries, limit.tries - row.tries, max(1, round((over_at - now).total_seconds())))
    if not limit.quiet:
        allowance.tell(used)
    return used


def _window() -> timedelta:
    return timedelta(seconds=ext.settings().sign_in_window)
