"""What the parts of a filter mean in SQL."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, or_, select

from trackeep.core import search_index
from trackeep.core.actor import Actor
from trackeep.core.candidates import Candidates, mentioning
from trackeep.tags import service as tags
from trackeep.tasks.filters import Assigned, Filters, View
from trackeep.tasks.models import DUE_OR_NEVER, KIND, NEVER, Project, Task
from trackeep.tasks.queries.tree import projects_below
from trackeep.tasks.zones import beginning_of, end_of

DAY = timedelta(days=1)


def is_due_until(day: date, zone: str) -> ColumnElement[bool]:
    """Due on that day of the zone or before. The day beside the moment may be another zone's, at most a day off."""
    by_moment = and_(Task.due_at.is_not(None), Task.due_at < end_of(day, zone))
    return and_(day + DAY >= DUE_OR_NEVER, or_(and_(Task.due_at.is_(None), Task.due_on <= day), by_moment))


def is_due_from(day: date, zone: str) -> ColumnElement[bool]:
    by_moment = and_(Task.due_at.is_not(None), Task.due_at >= beginning_of(day, zone))
    return and_(day - DAY <= DUE_OR_NEVER, or_(and_(Task.due_at.is_(None), Task.due_on >= day), by_moment))


def plain_conditions(filters: Filters) -> Iterator[ColumnElement[bool]]:
    """What the task's own columns decide."""
    yield Task.deleted_at.is_(None)
    yield from _of_view(filters)
    if filters.statuses:
        yield Task.status.in_([status.value for status in filters.statuses])
    if filters.least_priority > 0:
        yield Task.priority >= filters.least_priority
    if filters.section_id is not None:
        yield Task.section_id == filters.section_id
    if filters.parent_id is not None:
        yield Task.parent_id == filters.parent_id
    elif filters.top_only or filters.view is View.INBOX:
        yield Task.parent_id.is_(None)
    yield from _of_days(filters)
    yield from _of_people(filters)


def _of_view(filters: Filters) -> Iterator[ColumnElement[bool]]:
    if filters.view is View.FINISHED:
        yield Task.completed_at.is_not(None)
    elif filters.view is not View.ALL:
        yield Task.completed_at.is_(None)
    if filters.view is View.INBOX:
        yield Task.project_id.is_(None)
    if filters.view is View.TODAY:
        yield is_due_until(filters.today, filters.zone)
    if filters.view is View.OVERDUE:
        yield is_due_until(filters.today - DAY, filters.zone)
    if filters.view is View.UPCOMING:
        yield is_due_from(filters.today + DAY, filters.zone)
    if filters.project_id is None and filters.view is not View.INBOX:
        archived = select(Project.id).where(or_(Project.archived_at.is_not(None), Project.deleted_at.is_not(None)))
        yield or_(Task.project_id.is_(None), Task.project_id.not_in(archived))


def _of_days(filters: Filters) -> Iterator[ColumnElement[bool]]:
    if filters.due_from is not None:
        yield is_due_from(filters.due_from, filters.zone)
    if filters.due_to is not None:
        yield is_due_until(filters.due_to, filters.zone)
    if filters.undated:
        yield Task.due_on.is_(None)
    if filters.is_without_last_day:
        # Only then: of two ends of a range SQLite takes the first, not the nearest.
        yield DUE_OR_NEVER < NEVER


def _of_people(filters: Filters) -> Iterator[ColumnElement[bool]]:
    if filters.assignee_id is not None:
        yield Task.assignee_id == filters.assignee_id
    if filters.assigned is Assigned.ME:
        yield Task.assignee_id == filters.person
    elif filters.assigned is Assigned.NOBODY:
        yield Task.assignee_id.is_(None)
    elif filters.assigned is Assigned.OTHERS:
        yield and_(Task.assignee_id.is_not(None), Task.assignee_id != filters.person)
    elif filters.view in (View.TODAY, View.OVERDUE, View.UPCOMING) and filters.assignee_id is None:
        yield or_(Task.assignee_id.is_(None), Task.assignee_id == filters.person)


def place_conditions(actor: Actor, filters: Filters) -> list[ColumnElement[bool]]:
    """In which projects it must be."""
    if filters.project_id is None:
        return []
    ids = (filters.project_id,) if filters.only_here else projects_below(actor, filters.project_id)
    return [Task.project_id.in_(ids) if len(ids) > 1 else Task.project_id == ids[0]]


def candidates_of(actor: Actor, filters: Filters, spaces: Sequence[int]) -> list[Candidates] | None:
    """What other tables decide; None when nothing can match."""
    found: list[Candidates | None] = []
    if filters.tag:
        found.append(tags.carrying(actor, filters.tag, filters.space_id))
    if filters.text.strip():
        found.append(mentioning(search_index.matching(filters.text, spaces, KIND)))
    present = [each for each in found if each is not None]
    return present if len(present) == len(found) else None
