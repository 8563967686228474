"""How far somebody has read, and how they like the reader: theirs alone, whoever's the bookmark is."""

from sqlalchemy import case
from sqlalchemy.exc import IntegrityError

from trackeep.bookmarks import queries
from trackeep.bookmarks.articles import looks
from trackeep.bookmarks.articles.looks import ReaderLooks
from trackeep.bookmarks.drafts import Changes
from trackeep.bookmarks.models import ReaderSettings, ReadingProgress
from trackeep.bookmarks.progress import FINISHED, Progress
from trackeep.bookmarks.queries import BookmarkItem
from trackeep.bookmarks.service.editing import mark_bookmarks
from trackeep.core import clock, db, versions
from trackeep.core.actor import Actor
from trackeep.core.errors import Invalid, NotFound
from trackeep.core.i18n import gettext as _

CHOICES = {
    "font": looks.FONTS,
    "size": looks.SIZES,
    "width": looks.WIDTHS,
    "line": looks.LINES,
    "theme": looks.THEMES,
}


def note_progress(actor: Actor, bookmark_id: int, fraction: float) -> Progress:
    """The person is at this place now. At the end for the first time the bookmark is marked as read, if it is theirs to
    mark and they want that."""
    user_id = actor.require_user()
    if not 0 <= fraction <= 1:
        raise Invalid(fields={"fraction": [_("A number from 0 to 1.")]})
    bookmark, before = queries.get_bookmark(actor, bookmark_id), queries.progress_of(actor, bookmark_id)
    try:
        with db.attempt():
            # The mark first: its turn in the space is taken before anything is locked.
            if fraction >= FINISHED and before.finished_at is None:
                _mark_read(actor, bookmark)
            _write(user_id, bookmark_id, fraction)
    except IntegrityError as error:
        raise NotFound() from error  # purged in this moment
    return queries.progress_of(actor, bookmark_id)


def save_looks(actor: Actor, chosen: ReaderLooks) -> None:
    """Raises Invalid for what cannot be chosen."""
    user_id = actor.require_user()
    values = {name: getattr(chosen, name) for name in ReaderLooks.__dataclass_fields__}
    wrong = {name: [_("Choose one of these.")] for name, allowed in CHOICES.items() if values[name] not in allowed}
    if wrong:
        raise Invalid(fields=wrong)
    new = db.upsert(ReaderSettings).values(user_id=user_id, **values)
    with db.unit_of_work() as session:
        session.execute(new.on_conflict_do_update(index_elements=[ReaderSettings.user_id], set_=values))


def _write(user_id: int, bookmark_id: int, fraction: float) -> None:
    now = clock.now()
    finished = now if fraction >= FINISHED else None
    new = db.upsert(ReadingProgress).values(
        user_id=user_id, bookmark_id=bookmark_id, fraction=fraction, updated_at=now, finished_at=finished
    )
    first = case((ReadingProgress.finished_at.is_(None), new.excluded.finished_at), else_=ReadingProgress.finished_at)
    keys = [ReadingProgress.user_id, ReadingProgress.bookmark_id]
    changed = {"fraction": fraction, "updated_at": now, "finished_at": first}
    db.session().execute(new.on_conflict_do_update(index_elements=keys, set_=changed))
    versions.raise_versions(versions.user_scope(user_id))


def _mark_read(actor: Actor, bookmark: BookmarkItem) -> None:
    if bookmark.unread and actor.can_write(bookmark.space_id) and queries.looks_of(actor).marks_read:
        mark_bookmarks(actor, [bookmark.id], Changes(unread=False))
