"""Making tasks: one by hand, or many by an import."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import insert, select

from trackeep.core import clock, db, search_index
from trackeep.core.actor import Actor
from trackeep.core.errors import NotFound
from trackeep.core.objects import create_objects, take_turn
from trackeep.tags import service as tags
from trackeep.tasks import signals
from trackeep.tasks.drafts import TaskDraft
from trackeep.tasks.models import KIND, NO_TIME, Task
from trackeep.tasks.service.columns import checked
from trackeep.tasks.service.positions import GAP, Line, behind_all
from trackeep.tasks.service.reminding import add_reminders
from trackeep.tasks.service.rows import check_member, check_project, check_section, document

_INSERT = insert(Task.__table__)  # type: ignore[arg-type]  # declared as FromClause, always a Table
DEFAULTS: Mapping[str, Any] = {
    "due_on": None,
    "due_at": None,
    "due_minute": NO_TIME,
    "start_on": None,
    "start_at": None,
    "next_id": None,
    "deleted_at": None,
}


def create_task(actor: Actor, space_id: int, draft: TaskDraft) -> int:
    """Answers its id. Raises Invalid, and NotFound for a project, section or parent that is not in the space."""
    return create_tasks(actor, space_id, [draft])[0]


def create_tasks(actor: Actor, space_id: int, drafts: Sequence[TaskDraft]) -> Sequence[int]:
    """At most 500 by few statements, each placed behind all others of its project; ids in the order of the drafts. A
    parent must be there before."""
    actor.require_write(space_id)
    if not drafts:
        return []
    with db.unit_of_work():
        take_turn(space_id)
        places = [_place(space_id, draft) for draft in dict.fromkeys(map(_wanted_place, drafts))]
        found = dict(zip(dict.fromkeys(map(_wanted_place, drafts)), places, strict=True))
        for person in {draft.assignee_id for draft in drafts if draft.assignee_id is not None}:
            check_member(space_id, person)
        rows = [_columns(actor, draft) | found[_wanted_place(draft)] for draft in drafts]
        _set_positions(space_id, rows)
        ids = insert_tasks(actor, space_id, rows)
        _tag(actor, space_id, ids, drafts)
        for task_id, row, draft in zip(ids, rows, drafts, strict=True):
            add_reminders(actor, task_id, row, draft.reminders)
        _announce(actor, space_id, ids, drafts)
    return ids


def insert_tasks(actor: Actor, space_id: int, rows: list[dict[str, Any]]) -> Sequence[int]:
    """Write rows whose columns are complete but for id and space, and make them findable."""
    ids = create_objects(KIND, space_id, actor, len(rows))
    now = clock.now()
    for object_id, row in zip(ids, rows, strict=True):
        row |= {"id": object_id, "space_id": space_id}
    db.write(_INSERT, rows)
    search_index.index_documents([document({**row, "created_at": now}) for row in rows])
    return ids


Wanted = tuple[int | None, int | None, int | None]


def _wanted_place(draft: TaskDraft) -> Wanted:
    return draft.project_id, draft.section_id, draft.parent_id


def _place(space_id: int, wanted: Wanted) -> dict[str, int | None]:
    """Where the task goes: a subtask is where its parent is."""
    project_id, section_id, parent_id = wanted
    if parent_id is not None:
        parent = live_place(space_id, parent_id)
        return {"project_id": parent.project_id, "section_id": parent.section_id, "parent_id": parent_id}
    if project_id is not None:
        check_project(space_id, project_id)
    if section_id is not None:
        check_section(project_id, section_id)
    return {"project_id": project_id, "section_id": section_id, "parent_id": None}


def live_place(space_id: int, task_id: int) -> db.AnyRow:
    """The project and section of a live task of the space; raises NotFound."""
    query: db.AnySelect = select(Task.project_id, Task.section_id)
    here = (Task.id == task_id, Task.space_id == space_id, Task.deleted_at.is_(None))
    row = db.session().execute(query.where(*here)).first()
    if row is None:
        raise NotFound()
    return row


def _columns(actor: Actor, draft: TaskDraft) -> dict[str, Any]:
    values = {**DEFAULTS, **checked(asdict(draft), actor.time_zone)}
    closed = draft.status.is_closed
    return values | {
        "status": draft.status.value,
        "recurs_from": draft.recurs_from.value,
        "completed_at": (draft.completed_at or clock.now()) if closed else None,
    }


def _set_positions(space_id: int, rows: Sequence[dict[str, Any]]) -> None:
    free: dict[int | None, int] = {}
    for row in rows:
        project_id = row["project_id"]
        if project_id not in free:
            free[project_id] = behind_all(Line(space_id, project_id))
        row["position"] = free[project_id]
        free[project_id] += GAP


def _tag(actor: Actor, space_id: int, ids: Sequence[int], drafts: Sequence[TaskDraft]) -> None:
    names = list(dict.fromkeys(name for draft in drafts for name in draft.tags))
    if not names:
        return
    if len(drafts) == 1:
        tags.add_tags(actor, space_id, ids, names)
        return
    known = tags.ensure_clean_tags(actor, space_id, {tags.folded_name(name): name for name in names})
    wanted = ((i, tags.folded_name(name)) for i, draft in zip(ids, drafts, strict=True) for name in draft.tags)
    tags.attach(space_id, list(dict.fromkeys((i, known[folded]) for i, folded in wanted)))


def _announce(actor: Actor, space_id: int, ids: Sequence[int], drafts: Sequence[TaskDraft]) -> None:
    signals.task_created.announce(ids=list(ids), space_id=space_id)
    for task_id, draft in zip(ids, drafts, strict=True):
        announce_assigned(actor, task_id, draft.assignee_id)


def announce_assigned(actor: Actor, task_id: int, assignee_id: int | None) -> None:
    """Nobody has to be told what they gave to themselves."""
    if assignee_id is not None and assignee_id != actor.user_id:
        signals.task_assigned.announce(id=task_id, assignee_id=assignee_id, by_id=actor.user_id or 0)
