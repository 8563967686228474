"""The pages of the calendar: a month, a day, and a task that moves to another day."""

import json
from datetime import UTC, date, datetime

from tests.tasks.conftest import Make, Team
from trackeep.core.actor import Actor
from trackeep.tasks import queries

BY_SCRIPT = {"X-Form": "1"}


def test_a_month_shows_what_is_due_and_what_comes(team: Team, make: Make, project: Make) -> None:
    client, project_id = team.owner.client(), project("Release")
    for number in range(6):
        make(f"Task {number}", due_on=date(2030, 6, 5))
    make("Weekly", due_on=date(2030, 6, 3), recurrence="FREQ=WEEKLY", project_id=project_id)
    month = client.get("/tasks/calendar?month=2030-06")
    assert month.text.count('class="month-day') == 42
    assert "+2 more" in month.text
    assert month.text.count("is-coming") == 4
    assert "month=2030-05" in month.text
    assert "month=2030-07" in month.text
    only = client.get(f"/tasks/calendar?month=2030-06&project={project_id}")
    assert "Task 1" not in only.text
    assert client.get("/tasks/calendar?month=2030-13").status_code == 422
    assert client.get("/tasks/calendar?project=999999999").status_code == 404


def test_a_day_shows_all_of_it(team: Team, make: Make) -> None:
    client = team.owner.client()
    for number in range(60):
        make(f"Task {number}", due_on=date(2030, 6, 5))
    day = client.get("/tasks/calendar/2030-06-05").text
    assert day.count("data-row") == 50
    assert "cursor=" in day
    assert "Nothing is due" in client.get("/tasks/calendar/2030-06-06").text
    assert client.get("/tasks/calendar/yesterday").status_code == 422


def test_a_task_moves_to_another_day_and_keeps_its_time(team: Team, me: Actor, make: Make) -> None:
    client = team.owner.client()
    plain = make("Plain", due_on=date(2030, 6, 5))
    timed = make("Timed", due_at=datetime(2030, 6, 5, 9, 30, tzinfo=UTC))
    for task_id in (plain, timed):
        told = client.post(f"/tasks/{task_id}/day", data={"day": "2030-06-20"}, headers=BY_SCRIPT)
        assert f"/tasks/{task_id}/day?day=2030-06-05" in told.headers["HX-Trigger"]
    assert queries.get_task(me, plain).due_on == date(2030, 6, 20)
    assert queries.get_task(me, timed).due_at == datetime(2030, 6, 20, 9, 30, tzinfo=UTC)
    assert client.post(f"/tasks/{plain}/day?day=2030-06-05", headers=BY_SCRIPT).status_code == 204
    assert queries.get_task(me, plain).due_on == date(2030, 6, 5)
    moved = client.post(f"/tasks/{plain}/day", data={"day": "2030-06-21"}, headers=BY_SCRIPT)
    client.post(f"/tasks/{plain}/day", data={"day": "2030-06-22"}, headers=BY_SCRIPT)
    older = json.loads(moved.headers["HX-Trigger"])["toast"]["undo_url"]
    assert client.post(older, headers=BY_SCRIPT).status_code == 410
    assert queries.get_task(team.owner.actor, plain).due_on == date(2030, 6, 22)
    assert client.post(f"/tasks/{plain}/day", data={"day": "soon"}, headers=BY_SCRIPT).status_code == 422
    assert team.stranger.client().post(f"/tasks/{plain}/day", data={"day": "2030-06-20"}).status_code == 404
