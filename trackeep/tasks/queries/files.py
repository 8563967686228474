"""Tasks as files tell them: with names in place of ids, a few hundred at a time."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import and_, or_, select

from trackeep.core import clock, db
from trackeep.core.actor import Actor
from trackeep.core.objects import Object
from trackeep.core.slots import slots
from trackeep.tags import service as tags
from trackeep.tasks.filters import Filters, View
from trackeep.tasks.formats import TaskDraft as Entry
from trackeep.tasks.formats.drafts import MAX_COMMENTS, MAX_NAME
from trackeep.tasks.models import Section, Task, TaskComment, TaskOrigin, TaskReminder
from trackeep.tasks.queries.lists import matching_ids
from trackeep.tasks.queries.projects import project_tree
from trackeep.tasks.recurrence import Origin
from trackeep.tasks.zones import day_in

STEP = 500
BETWEEN = " / "
PAST, AHEAD = timedelta(days=60), timedelta(days=400)
MAX_IN_CALENDAR = 2_000


@dataclass(frozen=True, slots=True)
class Dated:
    """The tasks of a calendar, and when the newest of them was changed."""

    entries: Sequence[Entry]
    changed_at: datetime


def outgoing_ids(actor: Actor, filters: Filters) -> Sequence[int]:
    """What the filters let through; everything is also what is in archived projects."""
    if filters != Filters(view=View.ALL, space_id=filters.space_id):
        return matching_ids(actor, filters)
    if filters.space_id is not None:
        actor.require_read(filters.space_id)
    spaces = actor.readable_spaces if filters.space_id is None else (filters.space_id,)
    live = (Task.space_id.in_(spaces), Task.deleted_at.is_(None))
    return [row.id for row in db.rows(select(Task.id).where(*live).order_by(Task.id))]


def outgoing(actor: Actor, ids: Sequence[int]) -> Iterator[Entry]:
    """These tasks, as far as the actor may see them, by a constant number of queries for each five hundred."""
    names = _Names(actor)
    for start in range(0, len(ids), STEP):
        found = list(_entries(actor, ids[start : start + STEP], names))
        db.release()
        yield from found


def dated(actor: Actor, *, space_id: int | None = None, project_id: int | None = None) -> Dated:
    """Due tasks from two months ago until a year ahead, and all that repeat: not those of others, the nearest first.
    Raises NotFound for a space or project that the actor may not see."""
    filters = Filters(view=View.ALL, space_id=space_id, project_id=project_id)
    today = day_in(actor.time_zone, clock.now())
    ids = matching_ids(actor, filters)
    query: db.AnySelect = select(Task.id, Object.updated_at).join(Object, Object.id == Task.id)
    repeats = and_(Task.recurrence != "", Task.completed_at.is_(None))
    shown = (
        Task.due_on.is_not(None),
        Task.due_on <= today + AHEAD,
        or_(Task.due_on >= today - PAST, repeats),
        or_(Task.assignee_id.is_(None), Task.assignee_id == actor.user_id),
        Task.status != "cancelled",
    )
    query = query.where(db.is_one_of(Task.id, ids), *shown).order_by(Task.due_on.desc(), Task.id)
    rows = db.rows(query.limit(MAX_IN_CALENDAR))
    changed = max((row.updated_at for row in rows), default=datetime(1970, 1, 1, tzinfo=UTC))
    return Dated(list(outgoing(actor, sorted(row.id for row in rows))), changed)


def uid_of(task_id: int, created_at: datetime) -> str:
    """A name that no task of another installation has."""
    told = f"task {task_id} {created_at.astimezone(UTC).isoformat()}"
    return f"task-{task_id}-{hashlib.sha256(told.encode()).hexdigest()[:12]}"


def own_uids(space_id: int, ids: Sequence[int]) -> Mapping[str, int]:
    """The names of those of the tasks that are live in the space."""
    found: dict[str, int] = {}
    for start in range(0, len(ids), STEP):
        some = (Task.id.in_(ids[start : start + STEP]), Task.space_id == space_id, Task.deleted_at.is_(None))
        query = select(Task.id, Object.created_at).join(Object, Object.id == Task.id).where(*some)
        found |= {uid_of(row.id, row.created_at): row.id for row in db.rows(query)}
    return found


class _Names:
    """Of projects, and of people as far as they were asked for."""

    def __init__(self, actor: Actor) -> None:
        self.projects = {
            each.id: path if len(path := BETWEEN.join(each.path)) <= MAX_NAME else each.name
            for each in project_tree(actor, archived=True)
        }
        self._people: dict[int, str] = {}

    def person(self, user_id: int | None) -> str:
        return self._people.get(user_id, "") if user_id is not None else ""

    def learn(self, user_ids: set[int]) -> None:
        unknown = sorted(user_ids - self._people.keys())
        if unknown:
            self._people |= slots.names_of(unknown)


_COLUMNS = (
    Task.id, Task.project_id, Task.section_id, Task.parent_id, Task.title, Task.notes, Task.status, Task.priority,
    Task.due_on, Task.due_at, Task.start_on, Task.start_at, Task.estimate_minutes, Task.progress, Task.assignee_id,
    Task.recurrence, Task.recurs_from, Task.completed_at,
)  # fmt: skip


def _entries(actor: Actor, ids: Sequence[int], names: _Names) -> Iterator[Entry]:
    query: db.AnySelect = select(*_COLUMNS, Object.created_at).join(Object, Object.id == Task.id)
    mine = (Task.space_id.in_(actor.readable_spaces), Task.deleted_at.is_(None))
    rows = db.rows(query.where(db.is_one_of(Task.id, ids), *mine).order_by(Task.id))
    shown = [row.id for row in rows]
    names.learn({row.assignee_id for row in rows if row.assignee_id is not None})
    uids = _uids({row.id for row in rows} | {row.parent_id for row in rows if row.parent_id is not None})
    sections = _sections({row.section_id for row in rows if row.section_id is not None})
    tagged, spoken, reminded = tags.tags_of(shown), _comments(shown), _reminders(actor, shown)
    for row in rows:
        yield Entry(
            number=row.id,
            key=uids[row.id],
            parent_key=uids.get(row.parent_id, ""),
            title=row.title,
            notes=row.notes,
            status=row.status,
            priority=row.priority,
            due_on=row.due_on,
            due_at=row.due_at,
            start_on=row.start_on,
            start_at=row.start_at,
            estimate_minutes=row.estimate_minutes,
            progress=row.progress,
            assignee=names.person(row.assignee_id),
            project=names.projects.get(row.project_id, ""),
            section=sections.get(row.section_id, ""),
            tags=tuple(tag.name for tag in tagged.get(row.id, ())),
            comments=tuple(spoken.get(row.id, ())[:MAX_COMMENTS]),
            recurrence=row.recurrence,
            recurs_from=_origin(row.recurs_from),
            reminders=tuple(reminded.get(row.id, ())),
            created_at=row.created_at,
            completed_at=row.completed_at,
        )


def _origin(word: str) -> Origin:
    return "completion" if word == "completion" else "due"


def _uids(ids: set[int]) -> Mapping[int, str]:
    """What came by a file keeps the name that it had there."""
    wanted = sorted(ids)
    query = select(Task.id, Object.created_at).join(Object, Object.id == Task.id).where(db.is_one_of(Task.id, wanted))
    found = {row.id: uid_of(row.id, row.created_at) for row in db.rows(query)}
    named = select(TaskOrigin.task_id, TaskOrigin.uid).where(TaskOrigin.uid != "")
    rows = db.rows(named.where(db.is_one_of(TaskOrigin.task_id, wanted)).order_by(TaskOrigin.key.desc()))
    return found | {row.task_id: row.uid for row in rows}


def _sections(ids: set[int]) -> Mapping[int, str]:
    query = select(Section.id, Section.name).where(db.is_one_of(Section.id, sorted(ids)))
    return {row.id: row.name for row in db.rows(query)} if ids else {}


def _comments(ids: Sequence[int]) -> Mapping[int, list[str]]:
    query = select(TaskComment.task_id, TaskComment.body).where(db.is_one_of(TaskComment.task_id, ids))
    found: dict[int, list[str]] = {}
    for row in db.rows(query.order_by(TaskComment.id)):
        found.setdefault(row.task_id, []).append(row.body)
    return found


def _reminders(actor: Actor, ids: Sequence[int]) -> Mapping[int, list[int]]:
    """The actor's own that go with the due moment."""
    mine = (TaskReminder.user_id == actor.user_id, TaskReminder.minutes_before.is_not(None))
    query = select(TaskReminder.task_id, TaskReminder.minutes_before)
    query = query.where(db.is_one_of(TaskReminder.task_id, ids), *mine).order_by(TaskReminder.minutes_before)
    found: dict[int, list[int]] = {}
    for row in db.rows(query):
        if row.minutes_before not in found.setdefault(row.task_id, []):
            found[row.task_id].append(row.minutes_before)
    return found
