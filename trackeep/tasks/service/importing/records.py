"""What the steps of an import share: names of the jobs, who acts in them, and what they write about themselves."""

from collections.abc import Collection, Iterable
from datetime import timedelta

from sqlalchemy import func, select, update

from trackeep.core import clock, db, jobs
from trackeep.core.actor import Actor
from trackeep.core.i18n import gettext as _
from trackeep.core.slots import slots
from trackeep.tasks.imports import OWN_UID
from trackeep.tasks.models import Task, TaskImport, TaskImportRow, TaskOrigin
from trackeep.tasks.queries import own_uids

CHECK_JOB = "tasks.check_import"
RUN_JOB = "tasks.run_import"
UNDO_JOB = "tasks.undo_import"
KEPT = timedelta(days=30)
BATCH = 500
PRIORITY = -5
MAX_ERROR = 300


def enqueue(job: str, import_id: int) -> None:
    jobs.enqueue(job, {"import_id": import_id}, unique_key=f"{job}:{import_id}", priority=PRIORITY)


def find(import_id: int, state: str, *, lock: bool = False) -> TaskImport | None:
    """The import if it is in this state. Locked, whoever works on the same import waits until the unit of work ends."""
    query = select(TaskImport).where(TaskImport.id == import_id, TaskImport.state == state)
    query = query.execution_options(populate_existing=True)
    return db.session().scalar(query.with_for_update() if lock else query)


def person_of(record: TaskImport) -> Actor | None:
    """Whoever brought the file, if they may still write into the space; else the import ends here."""
    actor = slots.actor_of(record.user_id)
    if actor is not None and actor.can_write(record.space_id):
        return actor
    fail(record.id, _("You may no longer add tasks to this space."))
    return None


def change(import_id: int, **values: object) -> None:
    """Inside the open unit of work."""
    db.session().execute(
        update(TaskImport)
        .where(TaskImport.id == import_id)
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
    """The number of lines by outcome."""
    mine = TaskImportRow.import_id == import_id
    query = select(TaskImportRow.outcome, func.count()).where(mine).group_by(TaskImportRow.outcome)
    return dict(db.session().execute(query).all())


def known_tasks(space_id: int, named: Iterable[tuple[str, str]]) -> dict[str, int]:
    """Of these entries (key and uid) those that are tasks of the space already, by their keys. What lies in the trash
    is not there."""
    wanted = dict(named)
    found = _by_origin(space_id, wanted.keys())
    ours = {key: match for key, uid in wanted.items() if key not in found and (match := OWN_UID.fullmatch(uid))}
    if ours:
        uids = own_uids(space_id, [int(match[1]) for match in ours.values()])
        found |= {key: uids[match[0]] for key, match in ours.items() if match[0] in uids}
    return found


def _by_origin(space_id: int, keys: Collection[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    wanted = list(keys)
    for start in range(0, len(wanted), BATCH):
        some = (TaskOrigin.space_id == space_id, TaskOrigin.key.in_(wanted[start : start + BATCH]))
        query = select(TaskOrigin.key, TaskOrigin.task_id).join(Task, Task.id == TaskOrigin.task_id)
        found |= dict(db.session().execute(query.where(*some, Task.deleted_at.is_(None))).all())
    return found
