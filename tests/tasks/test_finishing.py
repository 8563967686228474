"""Finishing tasks, taking it back, and the next one of a task that repeats."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.tasks.conftest import Make, Team
from trackeep.core import clock
from trackeep.core.actor import Actor
from trackeep.core.errors import Forbidden, NotFound
from trackeep.tasks import queries, service
from trackeep.tasks.drafts import ReminderDraft
from trackeep.tasks.errors import OpenSubtasks
from trackeep.tasks.filters import Filters, View
from trackeep.tasks.states import Children, RecursFrom, Status

NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


def test_completed_at_follows_the_status(me: Actor, make: Make) -> None:
    task_id = make()
    with clock.freeze(NOON):
        service.complete_task(me, task_id)
    assert queries.get_task(me, task_id).completed_at == NOON
    service.reopen_task(me, task_id, Status.IN_PROGRESS)
    task = queries.get_task(me, task_id)
    assert (task.status, task.completed_at) == ("in_progress", None)
    service.cancel_task(me, task_id)
    assert queries.get_task(me, task_id).completed_at is not None


def test_finishing_a_parent_asks_about_what_is_below(me: Actor, make: Make) -> None:
    parent = make("Parent")
    child = make("Child", parent_id=parent)
    grandchild = make("Grandchild", parent_id=child)
    with pytest.raises(OpenSubtasks) as asked:
        service.complete_task(me, parent)
    assert asked.value.extra["open_subtasks"] == 2
    service.complete_task(me, parent, Children.KEEP)
    assert queries.get_task(me, grandchild).is_open
    service.reopen_task(me, parent)
    service.complete_task(me, parent, Children.COMPLETE)
    assert [queries.get_task(me, each).status for each in (parent, child, grandchild)] == ["done"] * 3


def test_a_repeating_task_makes_its_next_one(me: Actor, make: Make) -> None:
    task_id = make(
        "Water the plants",
        due_on=date(2026, 11, 25),
        start_on=date(2026, 11, 24),
        recurrence="FREQ=WEEKLY",
        tags=["home"],
        reminders=[ReminderDraft(minutes_before=60), ReminderDraft(at=NOON)],
    )
    child = make("Kitchen", parent_id=task_id)
    with clock.freeze(NOON):
        next_id = service.complete_task(me, task_id, Children.COMPLETE) or 0
    following = queries.get_task(me, next_id)
    assert (following.due_on, following.start_on) == (date(2026, 12, 2), date(2026, 12, 1))
    assert (following.status, following.recurrence) == ("open", "FREQ=WEEKLY")
    assert [tag.name for tag in following.tags] == ["home"]
    assert [each.at for each in queries.reminders(me, next_id)] == [
        datetime(2026, 12, 2, 8, 0, tzinfo=UTC),
        NOON + timedelta(days=7),
    ]
    assert [(each.title, each.status) for each in queries.subtasks(me, next_id)] == [("Kitchen", "open")]
    assert queries.get_task(me, child).status == "done"
    assert queries.get_task(me, task_id).next_id == next_id


def test_from_completion_the_days_count_from_the_doing(me: Actor, make: Make) -> None:
    task_id = make(due_on=date(2026, 11, 1), recurrence="FREQ=DAILY;INTERVAL=3", recurs_from=RecursFrom.COMPLETION)
    with clock.freeze(NOON):
        next_id = service.complete_task(me, task_id) or 0
    assert queries.get_task(me, next_id).due_on == date(2026, 11, 28)


def test_taking_it_back_takes_the_untouched_next_one_away(me: Actor, make: Make) -> None:
    task_id = make(due_on=date(2026, 11, 25), recurrence="FREQ=DAILY")
    next_id = service.complete_task(me, task_id) or 0
    service.reopen_task(me, task_id)
    with pytest.raises(NotFound):
        queries.get_task(me, next_id)
    again = service.complete_task(me, task_id) or 0
    service.edit_task(me, again, {"progress": 10})
    service.reopen_task(me, task_id)
    assert queries.get_task(me, again).progress == 10
    assert service.complete_task(me, task_id) is None


def test_a_cancelled_task_does_not_come_again(team: Team, me: Actor, make: Make) -> None:
    service.cancel_task(me, make(due_on=date(2026, 11, 25), recurrence="FREQ=DAILY"))
    assert queries.list_tasks(me, Filters(view=View.OPEN, space_id=team.id)).items == []


def test_a_rule_that_is_over_makes_none(me: Actor, make: Make) -> None:
    task_id = make(due_on=date(2026, 11, 25), recurrence="FREQ=DAILY;COUNT=2")
    with clock.freeze(NOON):
        next_id = service.complete_task(me, task_id) or 0
        assert service.complete_task(me, next_id) is None


def test_a_viewer_finishes_nothing(team: Team, make: Make) -> None:
    task_id = make()
    with pytest.raises(Forbidden):
        service.complete_task(team.viewer.actor, task_id)
    with pytest.raises(NotFound):
        service.complete_task(team.stranger.actor, task_id)


@pytest.mark.parametrize("recurs_from", [RecursFrom.DUE, RecursFrom.COMPLETION])
@pytest.mark.parametrize("rule", ["FREQ=DAILY", "FREQ=DAILY;INTERVAL=1000;BYMONTH=2;BYMONTHDAY=29"])
@pytest.mark.parametrize("due_on", [date(2026, 11, 25), date(9000, 1, 1)])
def test_what_would_come_behind_the_calendar_does_not_keep_a_task_from_being_finished(
    me: Actor, make: Make, due_on: date, rule: str, recurs_from: RecursFrom
) -> None:
    """Each of its days may be one of the first or the last that there are."""
    last = datetime(8999, 12, 31, 23, 59, tzinfo=UTC)
    reminders = [ReminderDraft(at=last), ReminderDraft(minutes_before=5)]
    start_on = date(1970, 1, 1)
    task_id = make(due_on=due_on, start_on=start_on, recurrence=rule, recurs_from=recurs_from, reminders=reminders)
    make("Child", parent_id=task_id, due_at=last, start_on=start_on)
    next_id = service.complete_task(me, task_id, Children.COMPLETE)
    assert queries.get_task(me, task_id).status == "done"
    if next_id is None:
        assert (due_on, rule) != (date(2026, 11, 25), "FREQ=DAILY")
        return
    following = queries.get_task(me, next_id)
    assert following.due_on is not None and following.due_on <= date(9000, 1, 1)
    [child] = queries.subtasks(me, next_id)
    if child.due_on is None:
        assert queries.get_task(me, child.id).due_at is None
