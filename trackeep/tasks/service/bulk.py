"""One action on many tasks, by their ids or by a filter, in batches that can be undone together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import select

from trackeep.core import db, undo
from trackeep.core.actor import Actor
from trackeep.core.errors import Invalid, NotFound
from trackeep.core.i18n import gettext as _
from trackeep.core.objects import take_turn_with, touch_objects
from trackeep.tags import service as tags
from trackeep.tasks import queries, signals
from trackeep.tasks.filters import Filters
from trackeep.tasks.models import KIND, Task
from trackeep.tasks.service.columns import checked
from trackeep.tasks.service.finishing import close, open_below
from trackeep.tasks.service.moving import take_along
from trackeep.tasks.service.positions import GAP, Line, behind_all
from trackeep.tasks.service.recalling import kept_reminders
from trackeep.tasks.service.relocating import move_tasks, undo_relocation
from trackeep.tasks.service.reminding import shift_all
from trackeep.tasks.service.repeating import make_next
from trackeep.tasks.service.returning import restore_states
from trackeep.tasks.service.rows import (
    BATCH,
    change_rows,
    check_member,
    check_project,
    check_section,
    index_again,
    writable,
)
from trackeep.tasks.service.trashing import trash_tasks
from trackeep.tasks.states import Children, Priority, Status
from trackeep.tasks.zones import same_time_on

Before = dict[int, dict[str, Any]]


class BulkVerb(StrEnum):
    COMPLETE = "complete"
    CANCEL = "cancel"
    REOPEN = "reopen"
    SCHEDULE = "schedule"
    PRIORITISE = "prioritise"
    ASSIGN = "assign"
    MOVE = "move"
    TO_SPACE = "to_space"
    TAG = "tag"
    UNTAG = "untag"
    TRASH = "trash"


CLOSING = frozenset({BulkVerb.COMPLETE, BulkVerb.CANCEL})


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which tasks: these ids, or all that the filters let through (100,000 at most)."""

    ids: Sequence[int] | None = None
    filters: Filters | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkAction:
    """What to do. ``due_on`` is for scheduling (a time of day stays, None takes both away), ``priority`` for
    prioritising, ``assignee_id`` for assigning, ``project_id`` and ``section_id`` for moving (no project is the inbox),
    ``space_id`` and ``project_id`` for moving to another space, ``tags`` for tagging, ``children`` for completing and
    cancelling."""

    verb: BulkVerb
    tags: tuple[str, ...] = ()
    due_on: date | None = None
    priority: Priority = Priority.NONE
    assignee_id: int | None = None
    project_id: int | None = None
    section_id: int | None = None
    space_id: int | None = None
    children: Children = Children.KEEP


@dataclass(frozen=True, slots=True)
class BulkDone:
    """How many were meant, how many really changed, the batch that takes it back (None when nothing changed), how many
    tasks below finished ones stay open, and what a move to another space cut: how many dependencies on tasks that stay,
    and how many tasks are nobody's now."""

    matched: int
    changed: int
    undo_id: int | None
    left_open: int = 0
    untied: int = 0
    unassigned: int = 0


def change_many(actor: Actor, selection: Selection, action: BulkAction) -> BulkDone:
    """Do it to all of them, at most 500 in a unit of work; a move to another space is a single one. Raises NotFound
    when one of the ids, the space, the project or the section is not the actor's to see, Forbidden for a viewer's,
    Invalid when the action lacks what it needs."""
    if action.verb in (BulkVerb.TAG, BulkVerb.UNTAG) and not any(name.strip() for name in action.tags):
        raise Invalid(fields={"tags": [_("Name at least one tag.")]})
    if action.verb is BulkVerb.MOVE and action.project_id is not None:
        actor.require_write(queries.get_project(actor, action.project_id).space_id)
    if action.verb is BulkVerb.TO_SPACE:
        return _to_space(actor, selection, action)
    ids = _selected(actor, selection)
    changed, batch_id = 0, None
    for start in range(0, len(ids), BATCH):
        with db.unit_of_work():
            take_turn_with(ids[start : start + BATCH])
            rows = _live(ids[start : start + BATCH])
            for space_id in {row.space_id for row in rows}:
                # Somebody may have moved them meanwhile.
                actor.require_write(space_id)
            before = _act(actor, rows, action)
            if before:
                batch_id = undo.begin(actor, action.verb.value) if batch_id is None else batch_id
                undo.remember(batch_id, KIND, before)
                changed += len(before)
    return BulkDone(len(ids), changed, batch_id, _left_open(ids) if changed and action.verb in CLOSING else 0)


def undo_change(actor: Actor, batch_id: int) -> undo.Undone:
    """Take a bulk change or an import back; what was edited since stays. Raises Gone, and NotFound also for a change of
    another domain, whose facts only that domain knows to use."""
    if undo.find_batch(actor, batch_id).facts is not None:
        return undo_relocation(actor, batch_id)
    return undo.undo(actor, batch_id, {KIND: restore_states})


def _to_space(actor: Actor, selection: Selection, action: BulkAction) -> BulkDone:
    if action.space_id is None:
        raise Invalid(fields={"space_id": [_("Choose a space.")]})
    ids = _selected(actor, selection)
    moved = move_tasks(actor, ids, action.space_id, action.project_id)
    return BulkDone(len(ids), moved.changed, moved.undo_id, untied=moved.untied, unassigned=moved.unassigned)


def _selected(actor: Actor, selection: Selection) -> Sequence[int]:
    if selection.filters is None:
        ids = sorted(set(selection.ids or ()))
        for start in range(0, len(ids), BATCH):
            writable(actor, ids[start : start + BATCH])
        return ids
    if selection.filters.space_id is not None:
        actor.require_write(selection.filters.space_id)
    # 'Everything that matches' in spaces where one may only read stays as it is.
    roles = {space_id: role for space_id, role in actor.roles.items() if actor.can_write(space_id)}
    return queries.matching_ids(replace(actor, roles=roles), selection.filters)


def _live(ids: Sequence[int]) -> Sequence[db.AnyRow]:
    """They are locked, so that what is remembered is what the change finds."""
    live = select(*Task.__table__.columns).where(db.is_one_of(Task.id, ids), Task.deleted_at.is_(None))
    return db.session().execute(live.order_by(Task.id).with_for_update()).all()


def _act(actor: Actor, rows: Sequence[db.AnyRow], action: BulkAction) -> Before:
    """Change the rows and answer, for each that was changed, how to go back."""
    if action.verb is BulkVerb.TRASH:
        return _trash(actor, rows)
    if action.verb in CLOSING:
        return _close(actor, rows, action)
    if action.verb is BulkVerb.REOPEN:
        return _set(rows, {"status": Status.OPEN.value, "completed_at": None}, index=True)
    if action.verb is BulkVerb.MOVE:
        return _move(rows, action)
    if action.verb in (BulkVerb.TAG, BulkVerb.UNTAG):
        return _tag(actor, rows, action)
    if action.verb is BulkVerb.SCHEDULE:
        return _schedule(actor, rows, action.due_on)
    return _set(rows, _columns(actor, rows, action))


def _columns(actor: Actor, rows: Sequence[db.AnyRow], action: BulkAction) -> dict[str, Any]:
    if action.verb is BulkVerb.PRIORITISE:
        return {"priority": int(action.priority)}
    if action.assignee_id is not None:
        for space_id in {row.space_id for row in rows}:
            check_member(space_id, action.assignee_id)
    return {"assignee_id": action.assignee_id}


def _set(rows: Sequence[db.AnyRow], values: Mapping[str, Any], *, index: bool = False) -> Before:
    changed = _write(rows, values)
    _changed([row.id for row in changed], index=index)
    return {row.id: remembered(row, values) for row in changed}


def _write(rows: Sequence[db.AnyRow], values: Mapping[str, Any]) -> list[db.AnyRow]:
    """Those that were not so before."""
    changed = [row for row in rows if any(getattr(row, name) != value for name, value in values.items())]
    change_rows([row.id for row in changed], values)
    return changed


def _changed(ids: Sequence[int], *, index: bool) -> None:
    touch_objects(ids, marks_only=True)
    if index:
        index_again(ids)
    if ids:
        signals.tasks_changed.announce(ids=list(ids))


def _schedule(actor: Actor, rows: Sequence[db.AnyRow], day: date | None) -> Before:
    """Another day, on which each keeps its time of day. Their reminders follow; without a day they are remembered."""
    moments: dict[datetime | None, list[db.AnyRow]] = {}
    for row in rows:
        kept = None if day is None or row.due_at is None else same_time_on(day, row.due_at, actor.time_zone)
        moments.setdefault(kept, []).append(row)
    before: Before = {}
    for moment, some in moments.items():
        values = checked({"due_on": day, "due_at": moment}, actor.time_zone)
        before |= {row.id: remembered(row, values) for row in _write(some, values)}
    _changed(list(before), index=True)
    if day is None:
        for task_id, lines in kept_reminders(list(before)).items():
            before[task_id]["reminders"] = lines
    shift_all(actor, list(before))
    return before


def _close(actor: Actor, rows: Sequence[db.AnyRow], action: BulkAction) -> Before:
    status = Status.DONE if action.verb is BulkVerb.COMPLETE else Status.CANCELLED
    named = [row.id for row in rows if row.completed_at is None]
    below = open_below(named) if action.children is Children.COMPLETE and named else []
    closing = [row for row in _live(sorted({*named, *below})) if row.completed_at is None]
    names = ("status", "completed_at", "next_id")
    before = {row.id: remembered(row, names) for row in closing}
    if not closing:
        return {}
    close([row.id for row in closing], status)
    if status is Status.DONE:
        made = [make_next(actor, row.id) for row in closing if row.recurrence and row.id in set(named)]
        before |= {next_id: {} for next_id in made if next_id is not None}
    return before


def _left_open(ids: Sequence[int]) -> int:
    batches = (ids[start : start + BATCH] for start in range(0, len(ids), BATCH))
    return len({below for batch in batches for below in open_below(batch)})


def _move(rows: Sequence[db.AnyRow], action: BulkAction) -> Before:
    """Tasks of other spaces than the project's stay where they are; one that is moved leaves its parent, unless that
    is moved, too."""
    moving = [row for row in rows if (row.project_id, row.section_id) != (action.project_id, action.section_id)]
    before: Before = {}
    for space_id in sorted({row.space_id for row in moving}):
        here = [row for row in moving if row.space_id == space_id]
        if action.project_id is not None and not _fits(space_id, action):
            continue
        before |= _move_within(space_id, here, action)
    return before


def _fits(space_id: int, action: BulkAction) -> bool:
    try:
        check_project(space_id, action.project_id or 0)
    except NotFound:
        return False
    if action.section_id is not None:
        check_section(action.project_id, action.section_id)
    return True


def _move_within(space_id: int, rows: Sequence[db.AnyRow], action: BulkAction) -> Before:
    ids = [row.id for row in rows]
    below = [row for row in _live(queries.tasks_below(ids)) if row.id not in ids]
    names = ("project_id", "section_id", "parent_id", "position")
    before = {row.id: remembered(row, names) for row in [*rows, *below]}
    first = behind_all(Line(space_id, action.project_id))
    for at, row in enumerate(sorted(rows, key=lambda row: (row.position, row.id))):
        place = {"project_id": action.project_id, "section_id": action.section_id, "position": first + at * GAP}
        change_rows([row.id], place if row.parent_id in ids else {**place, "parent_id": None})
    take_along(space_id, ids, action.project_id)
    touch_objects(ids, marks_only=True)
    signals.tasks_changed.announce(ids=ids)
    return before


def _tag(actor: Actor, rows: Sequence[db.AnyRow], action: BulkAction) -> Before:
    spaces = {row.id: row.space_id for row in rows}
    before = tags.tag_many(actor, spaces, action.tags, adding=action.verb is BulkVerb.TAG)
    touch_objects(before, marks_only=True)
    if before:
        signals.tasks_changed.announce(ids=list(before))
    return before


def _trash(actor: Actor, rows: Sequence[db.AnyRow]) -> Before:
    ids = [row.id for row in rows]
    every = sorted({*ids, *queries.tasks_below(ids)}) if ids else []
    trash_tasks(actor, ids)
    return {task_id: {"trashed": True} for task_id in every}


def remembered(row: db.AnyRow, names: Any) -> dict[str, Any]:
    """The columns as the journal keeps them."""
    found = row._mapping
    values = {name: found[name] for name in names}
    return {"columns": {n: v.isoformat() if hasattr(v, "isoformat") else v for n, v in values.items()}}
