"""Places on the line on which the tasks of a project, or of an inbox, stand one behind the other.

Numbers with gaps: who comes between two others takes the middle. Where no number is left, the next few move apart. All
of it happens in the turn of the space, so no two writers take one place."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Row, Select, and_, bindparam, func, select, tuple_, update

from trackeep.core import db
from trackeep.core.errors import NotFound
from trackeep.tasks.models import Task

GAP = 2**20
WINDOW, ROOMY = 100, 16
_APART = update(Task).where(Task.id == bindparam("task")).values(position=bindparam("place"))


@dataclass(frozen=True, slots=True)
class Line:
    """Trashed and finished tasks keep their places."""

    space_id: int
    project_id: int | None

    def here(self) -> ColumnElement[bool]:
        if self.project_id is not None:
            return Task.project_id == self.project_id
        return and_(Task.space_id == self.space_id, Task.project_id.is_(None))


def behind_all(line: Line) -> int:
    last = db.session().scalar(select(func.max(Task.position)).where(line.here()))
    return GAP if last is None else last + GAP


def between(line: Line, after_id: int | None, before_id: int | None) -> int:
    """A place right behind the one, or right before the other task; at the end without both. Raises NotFound for a
    neighbour that is not on this line."""
    if after_id is not None:
        place = _place_of(line, after_id)
        following = _next(line, place, after_id)
        if following is None:
            return place + GAP
        return (place + following) // 2 if following - place > 1 else _make_room(line, place, after_id)
    if before_id is None:
        return behind_all(line)
    place = _place_of(line, before_id)
    former = _former(line, place, before_id)
    if former is None:
        return place - GAP
    if place - former.position > 1:
        return int(former.position + place) // 2
    return _make_room(line, former.position, former.id)


def _place_of(line: Line, task_id: int) -> int:
    place = db.session().scalar(select(Task.position).where(Task.id == task_id, line.here()))
    if place is None:
        raise NotFound()
    return place


def _next(line: Line, place: int, task_id: int) -> int | None:
    return db.session().scalar(_behind(line, place, task_id).with_only_columns(Task.position).limit(1))


def _former(line: Line, place: int, task_id: int) -> db.AnyRow | None:
    before = tuple_(Task.position, Task.id) < tuple_(place, task_id)
    query: db.AnySelect = select(Task.position, Task.id).where(line.here(), before)
    return db.session().execute(query.order_by(Task.position.desc(), Task.id.desc()).limit(1)).first()


def _behind(line: Line, place: int, task_id: int) -> Select[int, int]:
    behind = tuple_(Task.position, Task.id) > tuple_(place, task_id)
    return select(Task.id, Task.position).where(line.here(), behind).order_by(Task.position, Task.id)


def _make_room(line: Line, place: int, task_id: int) -> int:
    """Spread as few of those behind as there is room for, and answer the first new place; when hundred have none, all
    behind move on by one gap."""
    rows = db.session().execute(_behind(line, place, task_id).limit(WINDOW)).all()
    for number, row in enumerate(rows, start=1):
        step = int(row.position - place) // (number + 1)
        if step >= ROOMY:
            _spread(rows[: number - 1], place, step)
            return place + step
    if len(rows) < WINDOW:
        _spread(rows, place, GAP)
        return place + GAP
    moved = update(Task).where(line.here(), tuple_(Task.position, Task.id) > tuple_(place, task_id))
    db.session().execute(moved.values(position=Task.position + GAP).execution_options(synchronize_session=False))
    return place + GAP // 2


def _spread(rows: Sequence[Row[int, int]], place: int, step: int) -> None:
    """The first of them comes two steps behind, as one step behind is for the newcomer."""
    if rows:
        db.write(_APART, [{"task": row.id, "place": place + at * step} for at, row in enumerate(rows, start=2)])
