"""Tasks, or a project, move to another space with all that is below them, and what would cross the border is cut."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from sqlalchemy import func, select, update

from trackeep.core import db, undo
from trackeep.core.actor import Actor
from trackeep.core.errors import Forbidden
from trackeep.core.i18n import gettext as _
from trackeep.tasks import queries, signals
from trackeep.tasks.errors import TooManyTasks
from trackeep.tasks.models import KIND, PROJECT_KIND, Project
from trackeep.tasks.service.positions import GAP, Line, behind_all
from trackeep.tasks.service.relocating.belonging import check_number, projects_within, tasks_within
from trackeep.tasks.service.relocating.carrying import Seat, carry, carry_projects, members_of, seat, seat_of
from trackeep.tasks.service.relocating.ties import Cut, cut
from trackeep.tasks.service.relocating.turns import take_turns
from trackeep.tasks.service.rows import check_project, writable

FACTS = "tasks-relocated"


@dataclass(frozen=True, slots=True)
class Relocated:
    """How many tasks moved, those below others included; the batch that takes it back (None when nothing moved); how
    many dependencies on tasks that stay were removed, and how many tasks are nobody's now."""

    changed: int
    undo_id: int | None
    untied: int = 0
    unassigned: int = 0


def move_tasks(actor: Actor, task_ids: Collection[int], to_space: int, project_id: int | None = None) -> Relocated:
    """To the inbox of the other space, or into a project there; those that are in the space already stay where they
    are. Raises NotFound for what is not the actor's to see, Forbidden for a viewer's, Invalid for too many."""
    require_target(actor, to_space)
    check_number(len(task_ids))
    with db.unit_of_work():
        take_turns(task_ids, [to_space])
        live = writable(actor, task_ids)
        if project_id is not None:
            check_project(to_space, project_id)
        rows = tasks_within(live)
        moving = [row for row in rows if row.space_id != to_space]
        return _move_tasks(actor, moving, to_space, project_id) if moving else Relocated(0, None)


def move_project(actor: Actor, project_id: int, to_space: int) -> Relocated:
    """To the top of the other space, with the projects below it, their sections and the tasks in all of them. Raises
    NotFound, Forbidden for a viewer's, and Invalid for too many tasks."""
    project = queries.get_project(actor, project_id)
    actor.require_write(project.space_id)
    require_target(actor, to_space)
    with db.unit_of_work():
        take_turns([project_id], [to_space])
        project = queries.get_project(actor, project_id)
        actor.require_write(project.space_id)
        if project.space_id == to_space:
            return Relocated(0, None)
        return _move_project(actor, project, to_space)


def require_target(actor: Actor, space_id: int) -> None:
    """Raises NotFound for a stranger, and Forbidden for a viewer."""
    actor.require_read(space_id)
    if not actor.can_write(space_id):
        raise Forbidden(_("You may only read in that space. Ask its owner to let you write there."))


def _move_tasks(actor: Actor, rows: Sequence[db.AnyRow], to_space: int, project_id: int | None) -> Relocated:
    ids = {row.id for row in rows}
    first = behind_all(Line(to_space, project_id))
    members = members_of(to_space, (row.assignee_id for row in rows))
    seats = {
        row.id: replace(
            _within(seat_of(row), ids, members), project_id=project_id, section_id=None, position=first + at * GAP
        )
        for at, row in enumerate(sorted(rows, key=lambda row: (row.position, row.id)))
    }
    roots = [row.id for row in rows if row.parent_id not in ids]
    return _relocate(actor, rows, seats, to_space, roots)


def _move_project(actor: Actor, project: queries.ProjectItem, to_space: int) -> Relocated:
    projects = projects_within(project.space_id, [project.id])
    _check_room(to_space, len(projects))
    rows = tasks_within([], projects)
    ids, members = {row.id for row in rows}, members_of(to_space, (row.assignee_id for row in rows))
    seats = {row.id: _in_project(_within(seat_of(row), ids, members), projects) for row in rows}
    before = _remembered(projects)
    place = _last_place(to_space) + 1
    done = _relocate(actor, rows, seats, to_space, [project.id], before)
    top = update(Project).where(Project.id == project.id).values(parent_id=None, position=place)
    db.session().execute(top.execution_options(synchronize_session=False))
    for space_id in (project.space_id, to_space):
        signals.projects_changed.announce(ids=projects, space_id=space_id)
    return done


def _relocate(
    actor: Actor,
    rows: Sequence[db.AnyRow],
    seats: Mapping[int, Seat],
    to_space: int,
    roots: Sequence[int],
    projects: Mapping[int, dict[str, Any]] | None = None,
) -> Relocated:
    """Cut, carry, seat, and note how to go back; ``projects`` is what the journal remembers of those."""
    ids = [row.id for row in rows]
    before = {row.id: {"space_id": row.space_id, "seat": asdict(seat_of(row))} for row in rows}
    from_spaces = sorted({state["space_id"] for state in (*before.values(), *(projects or {}).values())})
    ties = cut(ids, to_space)
    carry(actor, sorted([*ids, *(projects or ())]), _trashed(rows, projects or {}), to_space)
    carry_projects(sorted(projects or ()), to_space)
    seat(seats)
    undo_id = undo.begin(actor, "to_space", _facts(ties, roots, from_spaces, to_space))
    undo.remember(undo_id, PROJECT_KIND, projects or {})
    undo.remember(undo_id, KIND, before)
    announce(ids, ties.stays(ids), from_spaces, to_space)
    unassigned = sum(row.assignee_id is not None and seats[row.id].assignee_id is None for row in rows)
    return Relocated(sum(row.deleted_at is None for row in rows), undo_id, len(ties.dependencies), unassigned)


def announce(ids: Sequence[int], staying: Sequence[int], from_spaces: Sequence[int], to_space: int) -> None:
    """To both spaces, once it is so. What stays has changed, too, where something was cut from it."""
    for space_id in from_spaces:
        signals.tasks_moved.announce(ids=list(ids), from_space=space_id, to_space=to_space)
    signals.tasks_changed.announce(ids=sorted([*ids, *staying]))


def _facts(ties: Cut, roots: Sequence[int], from_spaces: Sequence[int], to_space: int) -> dict[str, Any]:
    return {
        "domain": FACTS,
        "roots": list(roots),
        "spaces": [*from_spaces, to_space],
        "to_space": to_space,
        "dependencies": [list(pair) for pair in ties.dependencies],
        "followed": [list(pair) for pair in ties.followed],
        "reminders": [dict(each) for each in ties.reminders],
    }


def _within(found: Seat, ids: Collection[int], members: Collection[int]) -> Seat:
    """Without a parent, a next task and a person that stay behind."""
    return replace(
        found,
        parent_id=found.parent_id if found.parent_id in ids else None,
        next_id=found.next_id if found.next_id in ids else None,
        assignee_id=found.assignee_id if found.assignee_id in members else None,
    )


def _in_project(found: Seat, projects: Collection[int]) -> Seat:
    """What hangs below a task of these projects and lay in another one, as only the trash lets it, has none."""
    return found if found.project_id in projects else replace(found, project_id=None, section_id=None)


def _remembered(project_ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    columns = (Project.id, Project.space_id, Project.parent_id, Project.position, Project.deleted_at)
    found = select(*columns).where(db.is_one_of(Project.id, project_ids)).with_for_update()
    return {
        row.id: {
            "space_id": row.space_id,
            "parent_id": row.parent_id,
            "position": row.position,
            "trashed": row.deleted_at is not None,
        }
        for row in db.session().execute(found)
    }


def _trashed(rows: Sequence[db.AnyRow], projects: Mapping[int, dict[str, Any]]) -> list[int]:
    tasks = [row.id for row in rows if row.deleted_at is not None]
    return [*tasks, *(project_id for project_id, state in projects.items() if state["trashed"])]


def _check_room(space_id: int, more: int) -> None:
    live = select(func.count()).where(Project.space_id == space_id, Project.deleted_at.is_(None))
    if (db.session().scalar(live) or 0) + more > queries.MAX_PROJECTS:
        raise TooManyTasks()


def _last_place(space_id: int) -> int:
    top = (Project.space_id == space_id, Project.parent_id.is_(None), Project.deleted_at.is_(None))
    last = db.session().scalar(select(func.max(Project.position)).where(*top))
    return -1 if last is None else last
