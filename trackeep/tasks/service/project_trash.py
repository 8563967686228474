"""Projects in the trash: they go and come with the projects below them and with all their tasks."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import select, update

from trackeep.core import clock, db
from trackeep.core.actor import Actor
from trackeep.core.errors import NotFound
from trackeep.core.objects import purge_objects, restore_objects, take_turn_where, take_turn_with, trash_objects
from trackeep.tasks import queries, signals
from trackeep.tasks.models import Project, Task
from trackeep.tasks.service.rows import BATCH
from trackeep.tasks.service.trashing import hide, show


def trash_project(actor: Actor, project_id: int) -> None:
    """With the projects below it and the tasks in all of them."""
    project = queries.get_project(actor, project_id)
    actor.require_write(project.space_id)
    with db.unit_of_work():
        take_turn_where(project.space_id, project_id)
        ids = queries.projects_below(actor, project_id)
        now = clock.now()
        _set_deleted(ids, now)
        trash_objects(ids)
        for some in _batches(_tasks_in(ids, None)):
            hide(some, now)
        signals.projects_changed.announce(ids=list(ids), space_id=project.space_id)


def restore_projects(actor: Actor, project_ids: Iterable[int]) -> int:
    """Bring back these, with the projects and tasks that went in the same moment; to the top when the project above is
    gone. Answers how many of those that were named."""
    with db.unit_of_work():
        wanted = _trashed(actor, project_ids)
        for project_id, space_id, moment in wanted:
            ids = _went_together(project_id, space_id, moment)
            tasks = _tasks_in(ids, moment)
            _set_deleted(ids, None)
            restore_objects(ids)
            for some in _batches(tasks):
                show(some)
            signals.projects_changed.announce(ids=list(ids), space_id=space_id)
        _lift([project_id for project_id, _space_id, _moment in wanted])
    return len(wanted)


def purge_projects(actor: Actor, project_ids: Iterable[int]) -> int:
    """Delete for good what is in the trash. Their tasks stay there until their own days are over."""
    with db.unit_of_work():
        ids = [project_id for project_id, _space_id, _moment in _trashed(actor, project_ids)]
        purge_objects(ids)
    return len(ids)


def _trashed(actor: Actor, project_ids: Iterable[int]) -> list[tuple[int, int, datetime]]:
    """Those that are in the trash: id, space, moment. Raises NotFound when one is not the actor's to see."""
    wanted = set(project_ids)
    take_turn_with(wanted)
    query = select(Project.id, Project.space_id, Project.deleted_at).where(Project.id.in_(wanted))
    rows = db.session().execute(query.order_by(Project.id)).all()
    if len(rows) != len(wanted):
        raise NotFound()
    for space_id in {row.space_id for row in rows}:
        actor.require_write(space_id)
    return [(row.id, row.space_id, row.deleted_at) for row in rows if row.deleted_at is not None]


def _went_together(project_id: int, space_id: int, moment: datetime) -> list[int]:
    """The project and those below it that went in the same moment."""
    query = select(Project.id, Project.parent_id)
    rows = db.session().execute(query.where(Project.space_id == space_id, Project.deleted_at == moment)).all()
    found, waiting = [project_id], [project_id]
    while waiting:
        above = waiting.pop()
        new = [row.id for row in rows if row.parent_id == above and row.id not in found]
        found.extend(new)
        waiting.extend(new)
    return found


def _tasks_in(project_ids: Sequence[int], moment: datetime | None) -> Sequence[int]:
    """Their live tasks, or those that went to the trash in that moment."""
    state = Task.deleted_at.is_(None) if moment is None else Task.deleted_at == moment
    return db.session().scalars(select(Task.id).where(Task.project_id.in_(project_ids), state).order_by(Task.id)).all()


def _batches(ids: Sequence[int]) -> list[Sequence[int]]:
    return [ids[start : start + BATCH] for start in range(0, len(ids), BATCH)]


def _set_deleted(ids: Sequence[int], moment: datetime | None) -> None:
    change = update(Project).where(Project.id.in_(ids)).values(deleted_at=moment)
    db.session().execute(change.execution_options(synchronize_session=False))


def _lift(ids: Sequence[int]) -> None:
    gone = select(Project.id).where(Project.deleted_at.is_not(None))
    change = update(Project).where(Project.id.in_(ids), Project.parent_id.in_(gone)).values(parent_id=None)
    db.session().execute(change.execution_options(synchronize_session=False))
