"""Changing tasks: what needs a version, what does not, and what follows."""

from datetime import UTC, date, datetime

import pytest

from tests.tasks.conftest import Make, Team
from trackeep.core.actor import Actor
from trackeep.core.errors import Conflict, Invalid, NotFound, PreconditionRequired
from trackeep.tasks import queries, service
from trackeep.tasks.drafts import ReminderDraft
from trackeep.tasks.filters import Filters
from trackeep.tasks.states import Priority


def test_texts_need_the_version_that_was_edited(me: Actor, make: Make) -> None:
    task_id = make("Before")
    with pytest.raises(PreconditionRequired):
        service.edit_task(me, task_id, {"title": "After"})
    service.edit_task(me, task_id, {"title": "After"}, version=1)
    with pytest.raises(Conflict) as stale:
        service.edit_task(me, task_id, {"notes": "Mine"}, version=1)
    assert stale.value.extra["yours"] == {"notes": "Mine"}
    assert queries.get_task(me, task_id).version == 2


def test_marks_do_not_disturb_who_edits(me: Actor, make: Make) -> None:
    task_id = make()
    service.edit_task(me, task_id, {"priority": Priority.URGENT, "tags": ["now"], "due_on": date(2026, 12, 1)})
    task = queries.get_task(me, task_id)
    assert (task.priority, task.version, [tag.name for tag in task.tags]) == (4, 1, ["now"])


def test_a_day_without_a_moment_takes_the_time_away(me: Actor, make: Make) -> None:
    task_id = make(due_at=datetime(2026, 12, 1, 9, tzinfo=UTC), reminders=[ReminderDraft(minutes_before=60)])
    service.edit_task(me, task_id, {"due_on": date(2026, 12, 3)})
    task = queries.get_task(me, task_id)
    assert (task.due_on, task.due_at, task.due_minute) == (date(2026, 12, 3), None, 1_440)
    assert [each.at for each in queries.reminders(me, task_id)] == [datetime(2026, 12, 3, 8, tzinfo=UTC)]
    service.edit_task(me, task_id, {"due_on": None})
    assert queries.reminders(me, task_id) == []


def test_what_was_renamed_is_found_by_its_new_name(team: Team, me: Actor, make: Make) -> None:
    task_id = make("Giraffe")
    service.edit_task(me, task_id, {"title": "Elephant"}, version=1)
    assert queries.list_tasks(me, Filters(text="giraffe", space_id=team.id)).items == []
    assert [each.id for each in queries.list_tasks(me, Filters(text="elephant", space_id=team.id)).items] == [task_id]


def test_others_are_refused(team: Team, me: Actor, make: Make) -> None:
    task_id = make()
    with pytest.raises(NotFound):
        service.edit_task(team.stranger.actor, task_id, {"progress": 5})
    with pytest.raises(Invalid):
        service.edit_task(me, task_id, {"assignee_id": team.stranger.id})
    service.edit_task(me, task_id, {"assignee_id": team.viewer.id})
