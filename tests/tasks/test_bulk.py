"""One action on many tasks, and taking it back."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.tasks.conftest import Make, Team
from trackeep.core.actor import Actor
from trackeep.core.errors import Forbidden, Gone, Invalid, NotFound
from trackeep.tasks import queries, service
from trackeep.tasks.drafts import ReminderDraft
from trackeep.tasks.filters import Filters, View
from trackeep.tasks.service import BulkAction, BulkVerb, Selection
from trackeep.tasks.states import Children, Priority
from trackeep.tasks.zones import zone_of

TODAY = date(2026, 11, 25)


def everything(me: Actor, team: Team) -> list[object]:
    page = queries.list_tasks(me, Filters(space_id=team.id, view=View.ALL))
    return [
        (
            *(t.id, t.status, t.priority, t.due_on, t.assignee_id),
            *(t.project_id, t.section_id, t.parent_id, t.position),
            *(tag.name for tag in t.tags),
        )
        for t in page.items
    ]


@pytest.mark.parametrize("verb", [verb for verb in BulkVerb if verb is not BulkVerb.TO_SPACE])
def test_each_verb_changes_and_is_taken_back(team: Team, me: Actor, make: Make, project: Make, verb: BulkVerb) -> None:
    parent = make("Parent", due_on=TODAY, tags=["old"], recurrence="FREQ=DAILY")
    ids = [parent, make("Child", parent_id=parent), make("Done")]
    service.complete_task(me, ids[2])
    before = everything(me, team)
    project_id = project()
    action = BulkAction(
        verb=verb,
        tags=("new",) if verb is BulkVerb.TAG else ("old",),
        due_on=date(2026, 12, 24),
        priority=Priority.HIGH,
        assignee_id=team.member.id,
        project_id=project_id,
        section_id=service.create_section(me, project_id, "Soon"),
        children=Children.COMPLETE,
    )
    done = service.change_many(me, Selection(ids=ids), action)
    assert done.matched == 3
    assert done.changed >= 1
    assert everything(me, team) != before
    undone = service.undo_change(me, done.undo_id or 0)
    assert undone.kept == ()
    assert everything(me, team) == before
    with pytest.raises(Gone):
        service.undo_change(me, done.undo_id or 0)


def test_another_day_keeps_the_time_of_day_and_takes_reminders_along(team: Team, me: Actor, make: Make) -> None:
    morning, noon = (datetime(2026, 11, 25, hour, 30, tzinfo=UTC) for hour in (9, 12))
    reminder = ReminderDraft(minutes_before=30)
    ids = [make("Early", due_at=morning, reminders=[reminder]), make("Late", due_at=noon), make("Some time")]
    day = date(2027, 3, 1)
    action = BulkAction(verb=BulkVerb.SCHEDULE, due_on=day)
    done = service.change_many(me, Selection(ids=ids), action)
    zone = zone_of(me.time_zone)
    after = [queries.get_task(me, each) for each in ids]
    assert [item.due_on for item in after] == [day] * 3
    assert [item.due_at.astimezone(zone).time() if item.due_at else None for item in after] == [
        morning.astimezone(zone).time(),
        noon.astimezone(zone).time(),
        None,
    ]
    assert after[0].due_at is not None
    [ring] = queries.reminders(me, ids[0])
    assert ring.at == after[0].due_at - timedelta(minutes=30)
    service.undo_change(me, done.undo_id or 0)
    assert [queries.get_task(me, each).due_at for each in ids] == [morning, noon, None]
    assert queries.reminders(me, ids[0])[0].at == morning - timedelta(minutes=30)
    service.change_many(me, Selection(ids=ids), BulkAction(verb=BulkVerb.SCHEDULE))
    assert [(item.due_on, item.due_at) for item in (queries.get_task(me, each) for each in ids)] == [(None, None)] * 3


def test_what_was_edited_since_stays(team: Team, me: Actor, make: Make) -> None:
    ids = [make("One"), make("Two")]
    done = service.change_many(me, Selection(filters=Filters(space_id=team.id)), BulkAction(verb=BulkVerb.COMPLETE))
    service.edit_task(me, ids[0], {"progress": 50})
    undone = service.undo_change(me, done.undo_id or 0)
    assert undone.kept == (ids[0],)
    assert [queries.get_task(me, each).status for each in ids] == ["done", "open"]


def test_who_may_not_is_refused(team: Team, me: Actor, make: Make) -> None:
    selection, action = Selection(ids=[make()]), BulkAction(verb=BulkVerb.COMPLETE)
    with pytest.raises(NotFound):
        service.change_many(team.stranger.actor, selection, action)
    with pytest.raises(Forbidden):
        service.change_many(team.viewer.actor, selection, action)
    assert service.change_many(team.viewer.actor, Selection(filters=Filters()), action).matched == 0
    with pytest.raises(Invalid):
        service.change_many(me, selection, BulkAction(verb=BulkVerb.TAG))
