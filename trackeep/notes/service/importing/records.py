"""What the steps of an import share: names of the jobs, who acts in them, and what they write about themselves."""

from datetime import timedelta

from sqlalchemy import func, select, update

from trackeep.core import clock, db, jobs
from trackeep.core.actor import Actor
from trackeep.core.i18n import gettext as _
from trackeep.core.slots import slots
from trackeep.notes.models import NoteImport, NoteImportRow

CHECK_JOB = "notes.check_import"
RUN_JOB = "notes.run_import"
UNDO_JOB = "notes.undo_import"
KEPT = timedelta(days=30)
BATCH = 200
PRIORITY = -5
MAX_ERROR = 300


def enqueue(job: str, import_id: int) -> None:
    jobs.enqueue(job, {"import_id": import_id}, unique_key=f"{job}:{import_id}", priority=PRIORITY)


def find(import_id: int, state: str, *, lock: bool = False) -> NoteImport | None:
    """The import if it is in this state. Locked, whoever works on the same import waits until the unit of work ends."""
    query = select(NoteImport).where(NoteImport.id == import_id, NoteImport.state == state)
    query = query.execution_options(populate_existing=True)
    return db.session().scalar(query.with_for_update() if lock else query)


def person_of(record: NoteImport) -> Actor | None:
    """Whoever brought the file, if they may still write into the space; else the import ends here."""
    actor = slots.actor_of(record.user_id)
    if actor is not None and actor.can_write(record.space_id):
        return actor
    fail(record.id, _("You may no longer add notes to this space."))
    return None


def change(import_id: int, **values: object) -> None:
    """Inside the open unit of work."""
    changing = update(NoteImport).where(NoteImport.id == import_id).values(**values)
    db.session().execute(changing.execution_options(synchronize_session=False))


def fail(import_id: int, reason: str) -> None:
    """No further attempt makes sense."""
    with db.unit_of_work():
        change(import_id, state="failed", error=reason[:MAX_ERROR], finished_at=clock.now())


def note_interruption(import_id: int) -> None:
    """Whatever went wrong, the job runs again by itself and goes on where it was; the page says so."""
    with db.unit_of_work():
        change(import_id, error=_("It was interrupted and goes on by itself in a moment."))


def counted(import_id: int) -> dict[str, int]:
    """The number of lines by outcome."""
    mine = NoteImportRow.import_id == import_id
    query = select(NoteImportRow.outcome, func.count()).where(mine).group_by(NoteImportRow.outcome)
    return {row[0]: row[1] for row in db.rows(query)}
