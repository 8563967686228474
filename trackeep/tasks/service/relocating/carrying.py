"""Carrying objects of tasks from one space to another: tags by their names, search documents, versions, places."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields

from sqlalchemy import bindparam, update

from trackeep.core import db, search_index
from trackeep.core.actor import Actor
from trackeep.core.objects import Object, touch_objects, touch_spaces_of
from trackeep.tags import service as tags
from trackeep.tasks.models import Section, Task, TaskOutlet
from trackeep.tasks.service.rows import members_among


@dataclass(frozen=True, slots=True)
class Seat:
    """Where a task is and whom it is given to: the columns that a move may change."""

    project_id: int | None
    section_id: int | None
    parent_id: int | None
    position: int
    assignee_id: int | None
    next_id: int | None


NAMES = tuple(field.name for field in fields(Seat))
_SEATING = (
    update(Task)
    .where(Task.id == bindparam("task"))
    .values({name: bindparam(f"new_{name}", type_=Task.__table__.columns[name].type) for name in NAMES})
)


def seat_of(row: db.AnyRow) -> Seat:
    return Seat(*(row._mapping[name] for name in NAMES))


def carry(actor: Actor, ids: Sequence[int], trashed: Sequence[int], to_space: int) -> None:
    """Write that these objects, some of which are in the trash, are in the other space. The caller has the turns of
    both and has cut what would cross the border."""
    touch_spaces_of(ids)
    # What is in the trash counts for no tag, and tags count what they are taken off and put on.
    tags.objects_shown(trashed)
    pairs = tags.move_objects(actor, ids, to_space)
    moved = update(Object).where(db.is_one_of(Object.id, ids)).values(space_id=to_space)
    db.session().execute(moved.execution_options(synchronize_session=False))
    tags.attach(to_space, [(object_id, tag_id) for object_id, found in pairs.items() for tag_id in found])
    tags.objects_hidden(trashed)
    search_index.move_documents(ids, to_space)
    touch_objects(ids, marks_only=True)


def carry_projects(project_ids: Sequence[int], to_space: int) -> None:
    """What is no object of its own follows the projects: their sections, and calendars that show them."""
    for table in (Section, TaskOutlet):
        there = update(table).where(db.is_one_of(table.project_id, project_ids)).values(space_id=to_space)
        db.session().execute(there.execution_options(synchronize_session=False))


def seat(seats: Mapping[int, Seat]) -> None:
    """Write where these tasks are."""
    rows = [
        {"task": task_id, **{f"new_{name}": value for name, value in asdict(found).items()}}
        for task_id, found in seats.items()
    ]
    if rows:
        db.write(_SEATING, rows)


def members_of(space_id: int, people: Iterable[int | None]) -> set[int]:
    """Those of the people who belong to the space."""
    wanted = sorted({person for person in people if person is not None})
    return members_among(space_id, wanted) if wanted else set()
