"""What ties tasks to others and to people, cut where a move would draw it across the border of a space."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import and_, bindparam, delete, insert, not_, or_, select, update

from trackeep.core import db
from trackeep.spaces import service as spaces
from trackeep.tasks.models import Task, TaskDependency, TaskReminder
from trackeep.tasks.service.relocating.carrying import members_of

_FOLLOWED = update(Task).where(Task.id == bindparam("task"), Task.next_id.is_(None)).values(next_id=bindparam("next"))
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Cut:
    """Dependencies (blocker, blocked), repeating tasks that stay with the next ones that move, and reminders."""

    dependencies: Sequence[Pair]
    followed: Sequence[Pair]
    reminders: Sequence[Mapping[str, Any]]

    def stays(self, moving: Collection[int]) -> list[int]:
        """Tasks that do not move and had to do with those that do."""
        both = {task_id for pair in (*self.dependencies, *self.followed) for task_id in pair}
        return sorted(both.difference(moving))


def cut(ids: Sequence[int], to_space: int) -> Cut:
    """Let go what ties these tasks to what stays, and of the reminders those of people who will not see them."""
    return Cut(_cut_dependencies(ids), _cut_followed(ids), _cut_reminders(ids, to_space))


def tie(space_id: int, facts: Mapping[str, Any], back: Collection[int]) -> None:
    """Bring back what was cut from these tasks, which are in the space again, as far as the other ends still are."""
    pairs = [(one, other) for one, other in facts["dependencies"] if one in back or other in back]
    followed = [(one, other) for one, other in facts["followed"] if other in back]
    here = _here(space_id, {task_id for pair in (*pairs, *followed) for task_id in pair})
    wanted = without_circles([pair for pair in pairs if here.issuperset(pair)])
    if wanted:
        rows = [{"blocker_id": blocker, "blocked_id": blocked} for blocker, blocked in wanted]
        db.session().execute(db.upsert(TaskDependency).on_conflict_do_nothing(), rows)
    follows = [{"task": one, "next": other} for one, other in followed if one in here]
    if follows:
        db.write(_FOLLOWED, follows)
    _set_reminders(space_id, [each for each in facts["reminders"] if each["task_id"] in back])


def without_circles(pairs: Iterable[Pair]) -> list[Pair]:
    """Those of the dependencies that do not let tasks wait for each other, beside those that there are by now."""
    pairs = list(pairs)
    waits_for: dict[int, set[int]] = {}
    start = sorted({blocker for blocker, _blocked in pairs})
    for row in db.rows(_chains(db.dialect()), {"ids": start}) if start else ():
        waits_for.setdefault(row.blocked_id, set()).add(row.blocker_id)
    kept: list[Pair] = []
    for blocker, blocked in pairs:
        if not _waits(waits_for, blocker, blocked):
            waits_for.setdefault(blocked, set()).add(blocker)
            kept.append((blocker, blocked))
    return kept


def _waits(waits_for: Mapping[int, set[int]], task_id: int, other_id: int) -> bool:
    seen, waiting = {task_id}, [task_id]
    while waiting:
        each = waiting.pop()
        if each == other_id:
            return True
        new = waits_for.get(each, set()) - seen
        seen |= new
        waiting.extend(new)
    return False


@lru_cache
def _chains(_dialect: str) -> db.AnySelect:
    columns = (TaskDependency.blocked_id, TaskDependency.blocker_id)
    walked = select(*columns).where(db.is_one_of(TaskDependency.blocked_id, "ids")).cte("walked", recursive=True)
    walked = walked.union(select(*columns).join(walked, TaskDependency.blocked_id == walked.c.blocker_id))
    query: db.AnySelect = select(walked.c.blocked_id, walked.c.blocker_id)
    return query


def _cut_dependencies(ids: Sequence[int]) -> list[Pair]:
    blocker, blocked = (db.is_one_of(column, ids) for column in (TaskDependency.blocker_id, TaskDependency.blocked_id))
    across = or_(and_(blocker, not_(blocked)), and_(blocked, not_(blocker)))
    gone = delete(TaskDependency).where(across).returning(TaskDependency.blocker_id, TaskDependency.blocked_id)
    rows = db.session().execute(gone.execution_options(synchronize_session=False)).all()
    return sorted((row.blocker_id, row.blocked_id) for row in rows)


def _cut_followed(ids: Sequence[int]) -> list[Pair]:
    staying = (db.is_one_of(Task.next_id, ids), not_(db.is_one_of(Task.id, ids)))
    pairs = [(row.id, row.next_id or 0) for row in db.session().execute(select(Task.id, Task.next_id).where(*staying))]
    if pairs:
        gone = update(Task).where(db.is_one_of(Task.id, [one for one, _next in pairs])).values(next_id=None)
        db.session().execute(gone.execution_options(synchronize_session=False))
    return pairs


def _cut_reminders(ids: Sequence[int], to_space: int) -> list[Mapping[str, Any]]:
    members = spaces.memberships()
    there = select(members.c.user_id).where(members.c.space_id == to_space)
    columns = (TaskReminder.task_id, TaskReminder.user_id, TaskReminder.at, TaskReminder.minutes_before)
    blind = (db.is_one_of(TaskReminder.task_id, ids), TaskReminder.user_id.not_in(there))
    gone = delete(TaskReminder).where(*blind).returning(*columns, TaskReminder.fired_at)
    rows = db.session().execute(gone.execution_options(synchronize_session=False)).all()
    moments = ({"at": row.at.isoformat(), "fired_at": row.fired_at and row.fired_at.isoformat()} for row in rows)
    return [{**row._mapping, **moment} for row, moment in zip(rows, moments, strict=True)]


def _set_reminders(space_id: int, kept: Sequence[Mapping[str, Any]]) -> None:
    members = members_of(space_id, (each["user_id"] for each in kept))
    rows = [
        {
            **each,
            "at": datetime.fromisoformat(each["at"]),
            "fired_at": datetime.fromisoformat(each["fired_at"]) if each["fired_at"] else None,
        }
        for each in kept
        if each["user_id"] in members
    ]
    if rows:
        db.session().execute(insert(TaskReminder), rows)


def _here(space_id: int, ids: Collection[int]) -> set[int]:
    here = select(Task.id).where(db.is_one_of(Task.id, sorted(ids)), Task.space_id == space_id)
    return set(db.session().scalars(here)) if ids else set()
