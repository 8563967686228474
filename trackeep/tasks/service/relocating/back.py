"""The way back of what moved to another space: whole trees return, unless somebody has edited their top since."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import bindparam, select, update

from trackeep.core import db, undo
from trackeep.core.actor import Actor
from trackeep.core.errors import NotFound
from trackeep.core.objects import touch_objects
from trackeep.tasks import signals
from trackeep.tasks.models import KIND, PROJECT_KIND, Project, Section, Task
from trackeep.tasks.service.relocating.belonging import projects_within, tasks_within
from trackeep.tasks.service.relocating.carrying import Seat, carry, carry_projects, members_of, seat, seat_of
from trackeep.tasks.service.relocating.moves import FACTS, announce
from trackeep.tasks.service.relocating.ties import cut, tie
from trackeep.tasks.service.relocating.turns import take_turns

States = Mapping[int, Mapping[str, Any]]
_PLACING = (
    update(Project)
    .where(Project.id == bindparam("row"))
    .values(parent_id=bindparam("above"), position=bindparam("place"))
)


def undo_relocation(actor: Actor, batch_id: int) -> undo.Undone:
    """All of it in one transaction. A task or project that was named and edited since stays with all that is below it;
    below the others, what was edited or added since goes along. Raises Gone the second time, and NotFound for what was
    no such move of the actor's."""
    facts = undo.find_batch(actor, batch_id).facts
    if facts is None or facts.get("domain") != FACTS:
        raise NotFound()
    unedited: dict[int, dict[str, Any]] = {}
    with db.unit_of_work():
        take_turns(list(undo.entries_of(batch_id)), facts["spaces"])
        collect = {kind: lambda _actor, states: unedited.update(states) for kind in (KIND, PROJECT_KIND)}
        undone = undo.undo(actor, batch_id, collect)
        back = _go_back(actor, facts, unedited)
    stays = {*unedited, *undone.kept} - back
    return undo.Undone(undone.title, len(back), tuple(sorted(stays)))


def _go_back(actor: Actor, facts: Mapping[str, Any], unedited: States) -> set[int]:
    """Answers the tasks and projects that are back."""
    roots = [root for root in facts["roots"] if root in unedited]
    back: set[int] = set()
    for space_id in sorted({unedited[root]["space_id"] for root in roots}):
        actor.require_write(space_id)
        actor.require_write(facts["to_space"])
        here = [root for root in roots if unedited[root]["space_id"] == space_id]
        back |= _return(actor, here, space_id, facts, unedited)
    return back


def _return(actor: Actor, roots: Sequence[int], space_id: int, facts: Mapping[str, Any], unedited: States) -> set[int]:
    projects = [root for root in roots if "seat" not in unedited[root]]
    inside = projects_within(facts["to_space"], projects) if projects else []
    rows = tasks_within([root for root in roots if root not in projects], inside)
    ids = [row.id for row in rows]
    stays = cut(ids, space_id).stays(ids)
    trashed = [row.id for row in rows if row.deleted_at is not None] + _in_trash(inside)
    carry(actor, sorted([*ids, *inside]), trashed, space_id)
    carry_projects(inside, space_id)
    _place_projects(space_id, projects, inside, unedited)
    seat(_seats(rows, space_id, {*roots, *inside}, unedited))
    tie(space_id, facts, set(ids) & set(unedited))
    if stays:
        touch_objects(stays, marks_only=True)
    announce(ids, stays, [facts["to_space"]], space_id)
    if inside:
        for each in (facts["to_space"], space_id):
            signals.projects_changed.announce(ids=inside, space_id=each)
    return {*ids, *inside}


def _in_trash(project_ids: Sequence[int]) -> list[int]:
    gone = select(Project.id).where(db.is_one_of(Project.id, project_ids), Project.deleted_at.is_not(None))
    return list(db.session().scalars(gone)) if project_ids else []


def _place_projects(space_id: int, roots: Sequence[int], moving: Collection[int], unedited: States) -> None:
    wanted = {root: unedited[root]["parent_id"] for root in roots}
    there = _live(Project, space_id, wanted.values()).difference(moving)
    rows = [
        {"row": root, "above": parent if parent in there else None, "place": unedited[root]["position"]}
        for root, parent in wanted.items()
    ]
    if rows:
        db.write(_PLACING, rows)


def _seats(rows: Sequence[db.AnyRow], space_id: int, going: Collection[int], unedited: States) -> dict[int, Seat]:
    """As remembered where that is still possible; ``going`` are the tops of the trees and the projects. What goes along
    keeps its parent, and is where that is."""
    ids = {row.id for row in rows}
    now = {row.id: seat_of(row) for row in rows}
    wanted = {task_id: Seat(**unedited[task_id]["seat"]) if task_id in unedited else now[task_id] for task_id in ids}
    wanted = {
        task_id: _at_the_top(found, ids) if task_id in going else replace(found, parent_id=now[task_id].parent_id)
        for task_id, found in wanted.items()
    }
    wanted = _possible(wanted, space_id, going)
    return {task_id: _with_parent(task_id, wanted, unedited) for task_id in wanted}


def _at_the_top(remembered: Seat, ids: Collection[int]) -> Seat:
    """Its parent stayed; one that hangs below it by now would close a circle."""
    return replace(remembered, parent_id=None) if remembered.parent_id in ids else remembered


def _possible(wanted: Mapping[int, Seat], space_id: int, going: Collection[int]) -> dict[int, Seat]:
    """Without what is not in the space any more: projects, sections, parents, next tasks, people."""
    seats = wanted.values()
    projects = _live(Project, space_id, (each.project_id for each in seats)).union(going)
    tasks = _live(Task, space_id, (task_id for each in seats for task_id in (each.parent_id, each.next_id)))
    members = members_of(space_id, (each.assignee_id for each in seats))
    sections = _sections({each.section_id for each in seats if each.section_id is not None})
    found: dict[int, Seat] = {}
    for task_id, each in wanted.items():
        project_id = each.project_id if each.project_id in projects else None
        fits = project_id is not None and (each.section_id, project_id) in sections
        found[task_id] = replace(
            each,
            project_id=project_id,
            section_id=each.section_id if fits else None,
            parent_id=each.parent_id if each.parent_id in tasks or each.parent_id in wanted else None,
            next_id=each.next_id if each.next_id in tasks or each.next_id in wanted else None,
            assignee_id=each.assignee_id if each.assignee_id in members else None,
        )
    return found


def _with_parent(task_id: int, seats: Mapping[int, Seat], unedited: States) -> Seat:
    """What was not there when the tree moved is in the project of the task that it hangs below."""
    found, above = seats[task_id], task_id
    seen: set[int] = set()
    while above not in unedited and seats[above].parent_id in seats and above not in seen:
        seen.add(above)
        above = seats[above].parent_id or above
    if above == task_id:
        return found
    return replace(found, project_id=seats[above].project_id, section_id=seats[above].section_id)


def _live(table: type[Project | Task], space_id: int, ids: Any) -> set[int]:
    wanted = sorted({each for each in ids if each is not None})
    here = (db.is_one_of(table.id, wanted), table.space_id == space_id, table.deleted_at.is_(None))
    return set(db.session().scalars(select(table.id).where(*here))) if wanted else set()


def _sections(ids: Collection[int]) -> set[tuple[int, int]]:
    query = select(Section.id, Section.project_id).where(db.is_one_of(Section.id, sorted(ids)))
    return {(row.id, row.project_id) for row in db.session().execute(query)} if ids else set()
