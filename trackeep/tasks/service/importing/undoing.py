"""The way back: what the import saved goes to the trash, unless somebody has edited it since."""

from collections.abc import Collection, Sequence

from sqlalchemy import select, update

from trackeep.core import db, undo
from trackeep.core.actor import Actor
from trackeep.core.objects import Object, take_turn
from trackeep.tasks.models import Project, Task, TaskImport
from trackeep.tasks.service.bulk import undo_change
from trackeep.tasks.service.importing.records import IMPORTS
from trackeep.tasks.service.project_trash import trash_project


def undo_import(import_id: int) -> None:
    """Called by the job, any number of times: what is undone already is not counted twice."""
    record = IMPORTS.find(import_id, "undoing")
    actor = IMPORTS.person_of(record) if record is not None else None
    if record is None or actor is None:
        return
    try:
        _undo(actor, record)
    except Exception:
        IMPORTS.note_interruption(import_id)
        raise


def _undo(actor: Actor, record: TaskImport) -> None:
    undo_id = record.undo_id or 0
    if undo.find_batch(actor, undo_id).undone_at is None:
        _lift_edited(record.space_id, undo_id)
        undo_change(actor, undo_id)
    kept = undo.find_batch(actor, undo_id).size
    with db.unit_of_work():
        take_turn(record.space_id)
        for project_id in _empty_projects(record.made.get("projects", [])):
            trash_project(actor, project_id)
        counts = {**record.counts, "kept": kept, "undone": record.saved - kept}
        IMPORTS.change(record.id, state="undone", counts=counts, error=None)


def _lift_edited(space_id: int, undo_id: int) -> None:
    """What somebody has edited, or added below, stays when what it belongs to goes: it then stands alone."""
    went = select(undo.UndoEntry.object_id).join(Object, Object.id == undo.UndoEntry.object_id)
    went = went.where(undo.UndoEntry.batch_id == undo_id, undo.UndoEntry.version == Object.version)
    stays = (Task.space_id == space_id, Task.parent_id.in_(went), Task.id.not_in(went))
    with db.unit_of_work() as session:
        take_turn(space_id)
        lifted = update(Task).where(*stays).values(parent_id=None)
        session.execute(lifted.execution_options(synchronize_session=False))


def _empty_projects(made: Collection[int]) -> Sequence[int]:
    """Of the projects that the import made: those that nobody has changed and that hold nothing, the innermost
    first."""
    if not made:
        return []
    untouched = (Project.id.in_(made), Project.deleted_at.is_(None), Object.version == 1)
    query = select(Project.id, Project.parent_id).join(Object, Object.id == Project.id).where(*untouched)
    above = dict(db.session().execute(query).all())
    live = select(Task.project_id).where(Task.project_id.in_(made), Task.deleted_at.is_(None)).distinct()
    full = set(db.session().scalars(live))
    others = select(Project.parent_id).where(
        Project.parent_id.in_(made), Project.deleted_at.is_(None), Project.id.not_in(list(above) or [0])
    )
    full |= {parent for parent in db.session().scalars(others) if parent is not None}
    for project_id in list(full):
        over: int | None = project_id
        while over is not None and over in above:
            full.add(over)
            over = above.pop(over)
    return sorted((project_id for project_id in above if project_id not in full), reverse=True)
