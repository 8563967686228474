"""Notes in the trash: what is below them goes along, and comes back with them."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from sqlalchemy import CTE, select, update
from sqlalchemy.orm import aliased

from trackeep.core import clock, db, search_index
from trackeep.core.actor import Actor
from trackeep.core.objects import purge_objects, restore_objects, trash_objects
from trackeep.notes import signals
from trackeep.notes.models import Note
from trackeep.notes.queries.tree import ids_with_descendants
from trackeep.notes.service.links import settle_links
from trackeep.notes.service.places import GAP, last_position
from trackeep.notes.service.rows import index_again, writable_ids
from trackeep.tags import service as tags

_BATCH = 500


def trash_notes(actor: Actor, note_ids: Iterable[int]) -> int:
    """Move to the trash with all below them; answers how many that are. Links to them lead nowhere until they are
    back."""
    with db.unit_of_work():
        ids = ids_with_descendants(writable_ids(actor, note_ids))
        hide_notes(ids, clock.now())
    return len(ids)


def hide_notes(ids: Sequence[int], moment: datetime) -> None:
    """Put exactly these, which the caller has checked, into the trash, inside the open unit of work."""
    for some in _batches(ids):
        _set_deleted(some, moment)
        tags.objects_hidden(some)
        trash_objects(some)
        search_index.remove_documents(some)
    _settle(ids)
    if ids:
        signals.notes_changed.announce(ids=list(ids))


def restore_notes(actor: Actor, note_ids: Iterable[int]) -> int:
    """Bring back these and what was deleted together with them from below them, to where they were, or to the top when
    that is gone. A day's note whose day has another by now comes back as a plain one."""
    with db.unit_of_work():
        wanted = writable_ids(actor, note_ids, trashed=True)
        ids = _trashed_below(wanted, together=True)
        _free_days(ids)
        for some in _batches(ids):
            _set_deleted(some, None)
            tags.objects_shown(some)
            restore_objects(some)
            index_again(some)
        _to_the_top(wanted)
        _settle(ids)
        if ids:
            signals.notes_changed.announce(ids=list(ids))
    return len(ids)


def purge_notes(actor: Actor, note_ids: Iterable[int]) -> int:
    """Delete for good what is in the trash, with what lies there from below it."""
    with db.unit_of_work():
        ids = _trashed_below(writable_ids(actor, note_ids, trashed=True), together=False)
        for some in _batches(ids):
            purge_objects(some)
    return len(ids)


def _trashed_below(ids: Sequence[int], *, together: bool) -> Sequence[int]:
    """These and what lies in the trash from below them; with ``together`` only what was deleted in the same moment."""
    found = select(Note.id, Note.deleted_at).where(db.is_one_of(Note.id, ids)).cte(recursive=True)
    below = _step(found, together=together)
    return [row.id for row in db.rows(select(below.c.id).distinct().order_by(below.c.id))]


def _step(found: CTE, *, together: bool) -> CTE:
    child = aliased(Note)
    step = select(child.id, child.deleted_at).join(found, child.parent_id == found.c.id)
    same = child.deleted_at == found.c.deleted_at if together else child.deleted_at.is_not(None)
    # A union forgets what it has met already: it ends whatever the tree looks like.
    return found.union(step.where(same))


def _set_deleted(ids: Sequence[int], moment: datetime | None) -> None:
    change = update(Note).where(Note.id.in_(ids)).values(deleted_at=moment)
    db.session().execute(change.execution_options(synchronize_session=False))


def _to_the_top(ids: Sequence[int]) -> None:
    """Those of the ids whose parents are still in the trash."""
    above = aliased(Note)
    query = select(Note.id, Note.space_id).join(above, above.id == Note.parent_id)
    lost = db.rows(query.where(db.is_one_of(Note.id, ids), above.deleted_at.is_not(None)).order_by(Note.id))
    for note_id, space_id in lost:
        place = {"parent_id": None, "position": last_position(space_id, None) + GAP}
        db.session().execute(update(Note).where(Note.id == note_id).values(**place))


def _free_days(ids: Sequence[int]) -> None:
    """Of those that come back: what is the note of a day that has another, or whose double comes back too, is plain."""
    days = select(Note.id, Note.space_id, Note.daily_by, Note.daily_on).where(db.is_one_of(Note.id, ids))
    coming = db.rows(days.where(Note.daily_on.is_not(None)).order_by(Note.id.desc()))
    taken: set[tuple[int, int, object]] = set()
    for row in coming:
        day = (row.space_id, row.daily_by, row.daily_on)
        same = (Note.space_id == row.space_id, Note.daily_by == row.daily_by, Note.daily_on == row.daily_on)
        if day in taken or db.rows(select(Note.id).where(*same, Note.deleted_at.is_(None))):
            change = update(Note).where(Note.id == row.id).values(daily_on=None, daily_by=None)
            db.session().execute(change.execution_options(synchronize_session=False))
        taken.add(day)


def _settle(ids: Sequence[int]) -> None:
    by_space: dict[int, set[str]] = {}
    for some in _batches(ids):
        for space_id, key in db.rows(select(Note.space_id, Note.title_key).where(Note.id.in_(some))):
            by_space.setdefault(space_id, set()).add(key)
    for space_id, keys in sorted(by_space.items()):
        settle_links(space_id, keys)


def _batches(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[start : start + _BATCH] for start in range(0, len(ids), _BATCH))
