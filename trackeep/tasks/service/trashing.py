"""Tasks in the trash: they go and come with all that is below them."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import select, update

from trackeep.core import clock, db, search_index
from trackeep.core.actor import Actor
from trackeep.core.objects import purge_objects, restore_objects, trash_objects
from trackeep.tags import service as tags
from trackeep.tasks import queries, signals
from trackeep.tasks.models import Project, Task
from trackeep.tasks.service.positions import Line, behind_all
from trackeep.tasks.service.rows import change_rows, index_again, writable


def trash_tasks(actor: Actor, task_ids: Iterable[int]) -> int:
    """Move to the trash, with the tasks below. Answers how many went, these included."""
    with db.unit_of_work():
        ids = writable(actor, task_ids)
        every = sorted({*ids, *queries.tasks_below(ids)}) if ids else []
        hide(every)
    return len(every)


def hide(ids: Sequence[int], moment: datetime | None = None) -> None:
    """Write that these live tasks are in the trash, inside the open unit of work; they went in the same moment."""
    if not ids:
        return
    change_rows(ids, {"deleted_at": moment or clock.now()})
    tags.objects_hidden(ids)
    trash_objects(ids)
    search_index.remove_documents(ids)
    signals.tasks_changed.announce(ids=list(ids))


def restore_tasks(actor: Actor, task_ids: Iterable[int]) -> int:
    """Bring back these and what went together with them from below them, to where they were; into the inbox or to the
    top when that is gone. Answers how many of those that were named."""
    with db.unit_of_work():
        ids = writable(actor, task_ids, trashed=True)
        show(sorted({*ids, *_went_with(ids)}))
    return len(ids)


def show(ids: Sequence[int]) -> None:
    """Write that these are live again, inside the open unit of work."""
    if not ids:
        return
    change_rows(ids, {"deleted_at": None})
    _find_places(ids)
    tags.objects_shown(ids)
    restore_objects(ids)
    index_again(ids)
    signals.tasks_changed.announce(ids=list(ids))


def purge_tasks(actor: Actor, task_ids: Iterable[int]) -> int:
    """Delete for good what is in the trash. What lies there from below it stays until its own days are over."""
    with db.unit_of_work():
        ids = writable(actor, task_ids, trashed=True)
        purge_objects(ids)
    return len(ids)


def _went_with(ids: Sequence[int]) -> set[int]:
    """What lies in the trash from below these and went there in the same moment."""
    found: set[int] = set()
    named = select(Task.id, Task.deleted_at).where(db.is_one_of(Task.id, ids))
    level = {row.id: row.deleted_at for row in db.session().execute(named)}
    while level:
        query = select(Task.id, Task.parent_id, Task.deleted_at).where(
            db.is_one_of(Task.parent_id, sorted(level)), Task.deleted_at.is_not(None)
        )
        rows = db.session().execute(query).all()
        together = {row.id: row.deleted_at for row in rows if row.deleted_at == level[row.parent_id or 0]}
        level = {task_id: moment for task_id, moment in together.items() if task_id not in found}
        found.update(level)
    return found


def _find_places(ids: Sequence[int]) -> None:
    """Out of a project or from below a task that is not there any more."""
    session = db.session()
    here = db.is_one_of(Task.id, ids)
    trashed = select(Task.id).where(Task.deleted_at.is_not(None))
    alone = update(Task).where(here, Task.parent_id.in_(trashed))
    session.execute(alone.values(parent_id=None).execution_options(synchronize_session=False))
    gone = select(Project.id).where(Project.deleted_at.is_not(None))
    homeless = select(Task.id, Task.space_id).where(here, Task.project_id.in_(gone)).order_by(Task.position, Task.id)
    for row in session.execute(homeless).all():
        place = behind_all(Line(row.space_id, None))
        change_rows([row.id], {"project_id": None, "section_id": None, "position": place})
