"""What the steps of an import share: names of the jobs, who acts in them, and what they write about themselves."""

from datetime import timedelta

from sqlalchemy import func, select, update

from trackeep.bookmarks.models import BookmarkImport, BookmarkImportRow
from trackeep.core import clock, db, jobs
from trackeep.core.actor import Actor
from trackeep.core.i18n import gettext as _
from trackeep.core.slots import slots

CHECK_JOB = "bookmarks.check_import"
RUN_JOB = "bookmarks.run_import"
UNDO_JOB = "bookmarks.undo_import"
KEPT = timedelta(days=30)
BATCH = 500
PRIORITY = -5
MAX_ERROR = 300


def enqueue(job: str, import_id: int) -> None:
    jobs.enqueue(job, {"import_id": import_id}, unique_key=f"{job}:{import_id}", priority=PRIORITY)


def find(import_id: int, state: str, *, lock: bool = False) -> BookmarkImport | None:
    """The import if it is in this state. Locked, whoever works on the same import waits until the unit of work ends."""
    query = select(BookmarkImport).where(BookmarkImport.id == import_id, BookmarkImport.state == state)
    query = query.execution_options(populate_existing=True)
    return db.session().scalar(query.with_for_update() if lock else query)


def person_of(record: BookmarkImport) -> Actor | None:
    """Whoever brought the file, if they may still write into the space; else the import ends here."""
    actor = slots.actor_of(record.user_id)
    if actor is not None and actor.can_write(record.space_id):
        return actor
    fail(record.id, _("You may no longer add bookmarks to this space."))
    return None


def change(import_id: int, **values: object) -> None:
    """Inside the open unit of work."""
    db.session().execute(
        update(BookmarkImport)
        .where(BookmarkImport.id == import_id)
        .values(**values)
        .execution_options(synchronize_session=False)
    )


def fail(import_id: int, reason: str) -> None:
    """No further attempt makes sense."""
    with db.unit_of_work():
        change(import_id, state="failed", error=reason[:MAX_ERROR], finished_at=clock.now())


def note_interruption(import_id: int) -> None:
    """Whatever went wrong, the job runs again by itself and goes on where it was; the page says so."""
    with db.unit_of_work():
        change(import_id, error=_("It was interrupted and goes on by itself in a moment."))


def counted(import_id: int) -> dict[str, int]:
    """The number of lines by outcome, and of those about which there is something to tell."""
    mine = BookmarkImportRow.import_id == import_id
    query = select(BookmarkImportRow.outcome, func.count()).where(mine).group_by(BookmarkImportRow.outcome)
    return dict(db.session().execute(query).all())
