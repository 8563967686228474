"""Comments with mentions, and reminders that fire once."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.tasks.conftest import Make, Team
from trackeep.core import clock
from trackeep.core.actor import Actor
from trackeep.core.errors import Forbidden, Invalid, NotFound
from trackeep.tasks import jobs, queries, service, signals
from trackeep.tasks.drafts import ReminderDraft

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


def test_members_are_mentioned_and_nobody_else(team: Team, me: Actor, make: Make) -> None:
    task_id, heard = make(), []

    def hear(_sender: object, **ids: object) -> None:
        heard.append(ids["mentions"])

    with signals.comment_written.signal.connected_to(hear):
        comment_id = service.write_comment(me, task_id, "@marc and @stan, mail me@marc.example. @Olivia!")
        assert queries.get_comment(me, task_id, comment_id).mentions == sorted([team.member.id, team.owner.id])
        service.edit_comment(me, task_id, comment_id, "@marc, @vera")
    assert heard == [[team.member.id], [team.viewer.id]]
    assert queries.get_task(me, task_id).comments == 1


def test_words_are_their_authors(team: Team, me: Actor, make: Make) -> None:
    task_id = make()
    comment_id = service.write_comment(team.member.actor, task_id, "Mine")
    with pytest.raises(Forbidden):
        service.edit_comment(me, task_id, comment_id, "Not mine")
    other = service.write_comment(me, task_id, "Hers")
    with pytest.raises(Forbidden):
        service.delete_comment(team.member.actor, task_id, other)
    service.delete_comment(me, task_id, comment_id)
    assert [each.id for each in queries.comments(me, task_id).items] == [other]
    with pytest.raises(NotFound):
        queries.comments(team.stranger.actor, task_id)
    with pytest.raises(Invalid):
        service.write_comment(me, task_id, "  ")


def test_comments_come_by_the_page(me: Actor, make: Make) -> None:
    task_id = make()
    ids = [service.write_comment(me, task_id, str(number)) for number in range(5)]
    first = queries.comments(me, task_id, limit=3)
    rest = queries.comments(me, task_id, limit=3, cursor=first.next_cursor)
    assert [each.id for each in (*first.items, *rest.items)] == ids


def test_a_reminder_fires_once_and_only_for_what_is_to_be_done(me: Actor, make: Make) -> None:
    waiting, finished, later = make(), make(), make()
    service.complete_task(me, finished)
    for task_id, at in ((waiting, NOW), (finished, NOW), (later, NOW + timedelta(minutes=1))):
        service.add_reminder(me, task_id, ReminderDraft(at=at))
    heard: list[object] = []

    def hear(_sender: object, **ids: object) -> None:
        heard.append(ids["task_id"])

    with signals.reminder_due.signal.connected_to(hear), clock.freeze(NOW):
        jobs.fire_reminders()
        jobs.fire_reminders()
    assert heard == [waiting]
    assert queries.reminders(me, waiting)[0].fired_at == NOW


def test_a_reminder_is_the_persons_own(team: Team, me: Actor, make: Make) -> None:
    task_id = make()
    reminder_id = service.add_reminder(me, task_id, ReminderDraft(at=NOW))
    assert queries.reminders(team.member.actor, task_id) == []
    with pytest.raises(NotFound):
        service.remove_reminder(team.member.actor, task_id, reminder_id)
    service.remove_reminder(me, task_id, reminder_id)
    assert queries.reminders(me, task_id) == []
