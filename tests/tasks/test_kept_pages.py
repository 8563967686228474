"""Lists by their conditions: found by an address, kept under a name, changed, shown as a board, deleted."""

import html
import re

from tests.tasks.conftest import Make, Team
from trackeep.core.actor import Actor
from trackeep.tasks import queries, service
from trackeep.tasks.filters import Filters, View
from trackeep.tasks.states import Priority

BY_SCRIPT = {"X-Form": "1"}


def test_conditions_stand_in_the_address(team: Team, make: Make, project: Make) -> None:
    client, project_id = team.owner.client(), project("Release")
    make("Plain", project_id=project_id)
    make("Pressing", project_id=project_id, priority=Priority.URGENT, tags=["launch"])
    found = client.get(f"/tasks/filters?priority=high&tag=launch&project={project_id}&panel=/tasks/1")
    assert "Pressing" in found.text
    assert "Plain" not in found.text
    assert "Save this view" in found.text
    assert f"/tasks/filters?priority=high&amp;project={project_id}" in found.text
    assert client.get("/tasks/filters?priority=nonsense").status_code == 422
    assert "Save this view" not in client.get("/tasks/filters").text
    assert client.get("/tasks/filters?due_from=2026-12-01&due_to=2026-12-24&undated=true").status_code == 200


def test_a_list_is_kept_changed_and_deleted(team: Team, me: Actor) -> None:
    client = team.owner.client()
    assert 'value="high" selected' in client.get("/tasks/filters/new?priority=high").text
    kept = client.post("/tasks/filters", data={"name": "Urgent", "priority": "high", "view": "today", "tag": ""})
    assert kept.status_code == 303
    [mine] = queries.kept_filters(me)
    assert (mine.name, mine.filters) == ("Urgent", Filters(view=View.TODAY, least_priority=Priority.HIGH))
    address = f"/tasks/filters/{mine.id}"
    assert "Urgent" in client.get(address).text
    assert 'value="today" selected' in client.get(f"{address}/edit").text
    assert client.post(address, data={"name": "Later", "view": "upcoming"}).status_code == 303
    [mine] = queries.kept_filters(me)
    assert (mine.name, mine.filters) == ("Later", Filters(view=View.UPCOMING))
    assert client.post(address, data={"name": " "}).status_code == 422
    told = client.post(f"{address}/forget", headers=BY_SCRIPT)
    assert "/tasks/filters/again?name=Later&view=upcoming" in told.headers["HX-Trigger"]
    assert not queries.kept_filters(me)
    assert client.post("/tasks/filters/again?name=Later&view=upcoming").status_code == 303
    assert [each.name for each in queries.kept_filters(me)] == ["Later"]


def test_a_found_list_has_the_bar_and_the_keys_of_the_others(team: Team, me: Actor, make: Make) -> None:
    client, task_id = team.owner.client(), make("Pressing", priority=Priority.URGENT)
    make("Plain")
    kept = service.keep_filter(me, "Urgent", Filters(least_priority=4, space_id=team.id))
    page = client.get(f"/tasks/filters/{kept}").text
    assert f'data-task data-id="{task_id}"' in page
    assert 'data-bulk-key="t"' in page
    assert 'data-total="1"' in page
    assert 'name="part"' not in page
    for name, value in (("priority", "urgent"), ("space", team.id), ("back", f"/tasks/filters/{kept}")):
        assert f'name="{name}" value="{value}"' in page
    everything = {"verb": "complete", "all": "1", "priority": "urgent", "space": team.id}
    assert client.post("/tasks/bulk", data=everything, headers=BY_SCRIPT).status_code == 204
    assert "No task is like that" in client.get(f"/tasks/filters/{kept}").text
    assert [item.title for item in queries.list_tasks(me, Filters(space_id=team.id)).items] == ["Plain"]


def test_a_kept_list_is_shown_as_a_board(team: Team, me: Actor, make: Make) -> None:
    client = team.owner.client()
    doing, done = make("Doing", priority=Priority.HIGH), make("Did it", priority=Priority.HIGH)
    service.reopen_task(me, doing, service.Status.IN_PROGRESS)
    service.complete_task(me, done)
    make("Something else")
    kept = service.keep_filter(me, "High", Filters(least_priority=3))
    board = client.get(f"/tasks/filters/{kept}?layout=board").text
    assert f'data-card="{doing}"' in board
    assert f'data-card="{done}"' in board
    assert "Something else" not in board
    assert "data-ordered" not in board


def test_a_column_of_a_kept_board_goes_on(team: Team, me: Actor, make: Make) -> None:
    ids = [make(title=f"Card {number}", tags=["much"]) for number in range(53)]
    kept = service.keep_filter(me, "Much", Filters(tag="much"))
    client = team.owner.client()
    board = client.get(f"/tasks/filters/{kept}?layout=board").text
    shown = set(map(int, re.findall(r'data-card="(\d+)"', board)))
    more = re.search(r'hx-get="([^"]*/cards[^"]*)"', board)
    assert more is not None
    rest = set(map(int, re.findall(r'data-card="(\d+)"', client.get(html.unescape(more[1])).text)))
    assert (len(shown), len(rest)) == (50, 3)
    assert shown | rest == set(ids)
    assert team.member.client().get(f"/tasks/filters/{kept}").status_code == 404
