"""Quick add: what a line becomes in a space."""

from datetime import UTC, datetime

import pytest
from apiflask import APIFlask

from tests.tasks.conftest import Make, Team
from trackeep.core import clock
from trackeep.core.actor import Actor
from trackeep.core.errors import Forbidden, Invalid, NotFound
from trackeep.tasks import queries, service
from trackeep.tasks.provides import adding

NOW = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


def test_a_line_becomes_a_task_with_all_that_it_names(team: Team, me: Actor, project: Make) -> None:
    errands = project("Errands")
    task_id = service.add_line(me, team.id, "Buy milk tomorrow 9am #food @marc p1 every week +errands /Dairy")

    task = queries.get_task(me, task_id)
    assert (task.title, str(task.due_on), task.priority) == ("Buy milk", "2026-11-26", 4)
    assert task.due_at == datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
    assert (task.recurrence, task.project_id, task.assignee_id) == ("FREQ=WEEKLY", errands, team.member.id)
    assert [tag.name for tag in task.tags] == ["food"]
    assert queries.get_section(me, task.section_id or 0).name == "Dairy"


def test_who_is_no_member_is_a_tag(team: Team, me: Actor) -> None:
    task = queries.get_task(me, service.add_line(me, team.id, "Ask @stan about @home"))
    assert task.assignee_id is None
    assert sorted(tag.name for tag in task.tags) == ["home", "stan"]


def test_a_project_that_is_not_there_is_made(team: Team, me: Actor) -> None:
    meant = service.read_line(me, team.id, "Dig +Garden")
    assert meant.makes_project
    assert queries.project_tree(me, team.id) == []

    service.add_line(me, team.id, "Dig +Garden")
    service.add_line(me, team.id, "Sow +garden")

    assert [(each.name, each.open_tasks) for each in queries.project_tree(me, team.id)] == [("Garden", 2)]


def test_only_who_may_write_adds(team: Team) -> None:
    with pytest.raises(Forbidden):
        service.add_line(team.viewer.actor, team.id, "Buy milk")
    with pytest.raises(NotFound):
        service.add_line(team.stranger.actor, team.id, "Buy milk")


def test_the_preview_says_what_was_understood(app: APIFlask, me: Actor) -> None:
    with app.test_request_context():
        told = adding.preview(me, "Buy milk tomorrow 9am #food p1 every week +Errands")
    assert told.startswith("Task: Buy milk · due tomorrow at 9:00")
    assert told.endswith("every week · in the new project Errands · urgent · #food")


def test_a_title_that_is_too_long_is_a_complaint_about_the_text(me: Actor) -> None:
    with pytest.raises(Invalid) as raised:
        adding.add(me, me.personal_space_id or 0, "x" * 5_000)
    assert list(raised.value.fields) == ["text"]
