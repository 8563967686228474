"""Copies at the web archive: asked for by a person, found or made by a job, taken instead of a page that is gone."""

from typing import Any

from sqlalchemy import select, update

from trackeep.bookmarks import queries, signals
from trackeep.bookmarks.drafts import Changes
from trackeep.bookmarks.errors import ArchiveOff
from trackeep.bookmarks.liveness import Target
from trackeep.bookmarks.models import KIND, MAX_NOTES, ArchivedCopy, Bookmark
from trackeep.bookmarks.service.bulk import BulkDone
from trackeep.bookmarks.service.editing import edit_bookmark
from trackeep.bookmarks.webarchive import Snapshot
from trackeep.core import clock, db, ext, jobs, undo
from trackeep.core.actor import Actor
from trackeep.core.errors import Invalid, NotFound
from trackeep.core.i18n import gettext as _
from trackeep.core.objects import take_turn, touch_spaces_of

FIND_JOB, SUBMIT_JOB = "bookmarks.find_archived", "bookmarks.submit_to_archive"
MAX_REASON = 300
TITLE = "use the archived copy"


def find_archived(actor: Actor, bookmark_id: int) -> None:
    """Look for a copy of the page, next to the day on which it was saved. Raises ArchiveOff."""
    _ask(actor, bookmark_id, "looking", FIND_JOB)


def keep_at_archive(actor: Actor, bookmark_id: int) -> None:
    """Have the web archive take a copy of the page now: its address becomes known there. Raises ArchiveOff."""
    _ask(actor, bookmark_id, "saving", SUBMIT_JOB)


def archive_target(bookmark_id: int, state: str) -> tuple[Target, Any] | None:
    """The page that is asked about and when it was saved; None when nobody waits for that any more."""
    columns = (Bookmark.url, Bookmark.added_at)
    wanted = select(*columns).join(ArchivedCopy, ArchivedCopy.bookmark_id == Bookmark.id)
    open_ = (Bookmark.id == bookmark_id, Bookmark.deleted_at.is_(None), ArchivedCopy.state.in_((state, "failed")))
    row = db.session().execute(wanted.where(*open_)).first()
    return None if row is None else (Target(bookmark_id, row.url), row.added_at)


def note_archived(bookmark_id: int, found: Snapshot | None, *, source: str) -> None:
    """Keep where the copy is, or that there is none; an older one that was found before stays."""
    values: dict[str, Any] = {"state": "none", "error": None}
    if found is not None:
        values |= {"state": "found", "url": found.url, "taken_at": found.taken_at, "source": source}
    _note(bookmark_id, values)


def note_archive_failure(bookmark_id: int, reason: str) -> None:
    _note(bookmark_id, {"state": "failed", "error": reason[:MAX_REASON]})


def use_archived(actor: Actor, bookmark_id: int) -> BulkDone:
    """Make the copy the bookmark's address and keep the old one in its notes; ``undo_id`` takes it back. Raises
    NotFound when no copy is known."""
    bookmark, copy = queries.get_bookmark(actor, bookmark_id), queries.archived_of(bookmark_id)
    actor.require_write(bookmark.space_id)
    if copy is None or copy.url is None:
        raise NotFound()
    notes = f"{bookmark.notes}\n\n{bookmark.url}".strip()
    if len(notes) > MAX_NOTES:
        raise Invalid(fields={"notes": [_("The notes have no room for the old address.")]})
    with db.unit_of_work():
        take_turn(bookmark.space_id)
        edit_bookmark(actor, bookmark_id, Changes(url=copy.url, notes=notes), version=bookmark.version)
        batch_id = undo.begin(actor, TITLE)
        before = {"columns": {"url": bookmark.url, "notes": bookmark.notes}}
        undo.remember(batch_id, KIND, {bookmark_id: before})
    return BulkDone(1, 1, batch_id)


def _ask(actor: Actor, bookmark_id: int, state: str, job: str) -> None:
    bookmark = queries.get_bookmark(actor, bookmark_id)
    actor.require_write(bookmark.space_id)
    if not ext.settings().web_archive_url:
        raise ArchiveOff()
    asked = {"state": state, "error": None, "asked_at": clock.now()}
    with db.unit_of_work() as session:
        ask = db.upsert(ArchivedCopy).values({"bookmark_id": bookmark_id, "source": "", **asked})
        session.execute(ask.on_conflict_do_update(index_elements=[ArchivedCopy.bookmark_id], set_=asked))
        jobs.enqueue(job, {"bookmark_id": bookmark_id}, unique_key=f"{job}:{bookmark_id}", priority=-5)


def _note(bookmark_id: int, values: dict[str, Any]) -> None:
    with db.unit_of_work() as session:
        change = update(ArchivedCopy).where(ArchivedCopy.bookmark_id == bookmark_id).values(**values)
        session.execute(change.execution_options(synchronize_session=False))
        touch_spaces_of([bookmark_id])
        signals.bookmarks_changed.announce(ids=[bookmark_id])
