"""The verbs of the trash: bring back, remove for good, empty, and remove what has lain there long enough."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta

from trackeep.core import audit, clock, db
from trackeep.core.actor import SYSTEM, Actor
from trackeep.core.errors import NotFound
from trackeep.core.slots import TrashBin
from trackeep.core.trashed import trashed_among, trashed_before
from trackeep.trash import queries

KEPT = timedelta(days=30)
BATCH = 500


def restore(actor: Actor, *, ids: Sequence[int]) -> int:
    """Bring these things back and answer how many. Raises NotFound when one of them is not in the actor's trash."""
    return _apply(actor, ids, lambda offer: offer.restore)


def purge(actor: Actor, *, ids: Sequence[int]) -> int:
    """Remove these things for good; there is no way back. Raises NotFound like ``restore``."""
    return _apply(actor, ids, lambda offer: offer.purge)


def empty(actor: Actor, *, kind: str | None = None) -> int:
    """Remove everything in the actor's trash for good, or one kind of it. Only what lies there already goes: what is
    deleted meanwhile stays."""
    actor.require_user()
    if kind is not None and kind not in queries.writable_bins(actor):
        raise NotFound()
    removed = _purge_until(clock.now(), actor, kind=kind, spaces=queries.writable_spaces(actor))
    if removed:
        with db.unit_of_work():
            audit.record(actor, "trash.emptied", removed=removed, kind=kind or "")
    return removed


def purge_overdue() -> int:
    """Remove what has lain in the trash of any space for thirty days; answers how many."""
    return _purge_until(clock.now() - KEPT, SYSTEM, kind=None, spaces=None)


def _purge_until(moment: datetime, actor: Actor, *, kind: str | None, spaces: Collection[int] | None) -> int:
    """In batches, each in a unit of work of its domain, so that a large trash never holds up other writers."""
    offers = queries.writable_bins(actor)
    wanted = [name for name in offers if kind in (None, name)]
    removed = 0
    while rows := trashed_before(moment, wanted, limit=BATCH, spaces=spaces):
        done = sum(offers[name].purge(actor, ids) for name, ids in queries.by_kind(rows).items())
        removed += done
        if not done:
            raise RuntimeError(f"nothing of {sorted(queries.by_kind(rows))} could be removed from the trash")
    return removed


def _apply(actor: Actor, ids: Sequence[int], verb: Callable[[TrashBin], Callable[[Actor, Sequence[int]], int]]) -> int:
    actor.require_user()
    offers = queries.writable_bins(actor)
    wanted = set(ids)
    with db.unit_of_work():
        rows = trashed_among(wanted, queries.writable_spaces(actor), list(offers))
        if len(rows) < len(wanted):
            raise NotFound()
        return sum(verb(offers[kind])(actor, found) for kind, found in queries.by_kind(rows).items())
