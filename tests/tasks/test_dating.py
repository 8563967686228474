"""A task that loses its day, and gets it back with the reminders that hung on it."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete

from tests.tasks.conftest import Make, Team
from trackeep.core import clock, db
from trackeep.core.actor import Actor
from trackeep.core.errors import Forbidden, Gone, NotFound
from trackeep.spaces.models import Membership
from trackeep.tasks import queries, service
from trackeep.tasks.drafts import ReminderDraft
from trackeep.tasks.queries import ReminderItem
from trackeep.tasks.service import BulkAction, BulkVerb, Selection

DUE = datetime(2026, 12, 24, 15, 30, tzinfo=UTC)
NO_DATE = BulkAction(verb=BulkVerb.SCHEDULE)
HOUR = ReminderDraft(minutes_before=60)


@pytest.fixture
def task(team: Team, me: Actor, make: Make) -> int:
    """With reminders of two people that hang on its moment, and one that does not."""
    made = make("Wrap presents", due_at=DUE, reminders=[HOUR, ReminderDraft(at=DUE - timedelta(days=9))])
    service.add_reminder(team.viewer.actor, made, ReminderDraft(minutes_before=0))
    return made


def rings(actor: Actor, task_id: int) -> list[tuple[datetime, int | None, datetime | None]]:
    def told(each: ReminderItem) -> tuple[datetime, int | None, datetime | None]:
        return each.at, each.minutes_before, each.fired_at

    return [told(each) for each in queries.reminders(actor, task_id)]


def test_many_get_their_reminders_back(team: Team, me: Actor, task: int, make: Make) -> None:
    other = make("Without any", due_at=DUE)
    before = [rings(me, task), rings(team.viewer.actor, task)]
    done = service.change_many(me, Selection(ids=[task, other]), NO_DATE)
    assert [len(rings(me, task)), len(rings(team.viewer.actor, task))] == [1, 0]
    assert service.undo_change(me, done.undo_id or 0).kept == ()
    assert [rings(me, task), rings(team.viewer.actor, task)] == before
    assert queries.get_task(me, task).due_at == DUE
    assert rings(me, other) == []


def test_what_has_rung_does_not_ring_again(me: Actor, make: Make) -> None:
    with clock.freeze(DUE):
        made = make(due_at=DUE, reminders=[HOUR])
        service.fire_due()
        before = rings(me, made)
        assert before[0][2] is not None
        done = service.change_many(me, Selection(ids=[made]), NO_DATE)
        service.undo_change(me, done.undo_id or 0)
        assert rings(me, made) == before


def test_who_has_left_is_not_reminded(team: Team, me: Actor, task: int) -> None:
    done = service.change_many(me, Selection(ids=[task]), NO_DATE)
    with db.unit_of_work() as session:
        session.execute(delete(Membership).where(Membership.user_id == team.viewer.id, Membership.space_id == team.id))
    service.undo_change(me, done.undo_id or 0)
    assert len(rings(me, task)) == 2


def test_one_gets_its_reminders_back_once(team: Team, me: Actor, task: int) -> None:
    before = [rings(me, task), rings(team.viewer.actor, task)]
    kept = service.set_due(me, task, {"due_on": None})
    assert [len(rings(me, task)), len(rings(team.viewer.actor, task))] == [1, 0]
    assert kept is not None
    with pytest.raises(NotFound):
        service.set_due_back(team.member.actor, task, {"due_at": DUE}, kept)
    with pytest.raises(NotFound):
        service.undo_change(me, kept)
    service.edit_task(me, task, {"progress": 10})
    service.set_due_back(me, task, {"due_at": DUE}, kept)
    assert [rings(me, task), rings(team.viewer.actor, task)] == before
    with pytest.raises(Gone):
        service.set_due_back(me, task, {"due_at": DUE}, kept)
    assert [rings(me, task), rings(team.viewer.actor, task)] == before


def test_nothing_is_kept_where_nothing_went(team: Team, me: Actor, task: int, make: Make) -> None:
    assert service.set_due(me, make(due_at=DUE), {"due_on": None}) is None
    assert service.set_due(me, task, {"due_at": DUE + timedelta(days=1)}) is None
    with pytest.raises(Forbidden):
        service.set_due(team.viewer.actor, task, {"due_on": None})
    kept = service.set_due(me, task, {"due_on": None})
    with pytest.raises(NotFound):
        service.set_due_back(me, make(due_at=DUE), {"due_at": DUE}, kept or 0)


def test_the_undo_of_a_page_brings_them_back(me: Actor, task: int, team: Team) -> None:
    browser = team.owner.client()
    before = rings(me, task)
    answer = browser.post(f"/tasks/{task}/due", data={"on": ""}, headers={"X-Form": "1"})
    undo_url = answer.headers["HX-Trigger"].partition('"undo_url": "')[2].partition('"')[0]
    assert rings(me, task) != before
    assert browser.post(undo_url, headers={"X-Form": "1"}).status_code == 204
    assert rings(me, task) == before
    assert browser.post(undo_url, headers={"X-Form": "1"}).status_code == 410
