"""The JSON of tasks as programs use it."""

from typing import Any

import pytest
from apiflask import APIFlask
from werkzeug.test import TestResponse

from tests.tasks.conftest import Make, Team
from trackeep.tasks.schemas import TaskOut, TaskPageOut

API = "/api/v1/tasks"


def told(response: TestResponse) -> dict[str, Any]:
    """What the answer says."""
    found: dict[str, Any] = response.get_json()
    return found


def test_a_task_is_made_changed_and_finished(team: Team) -> None:
    client = team.owner.client()
    made = client.post(API, json={"title": "Buy milk", "priority": "high", "due_at": "2026-12-01T09:00:00Z"})
    assert made.status_code == 201
    assert TaskOut.model_validate(told(made)).model_dump(mode="json").keys() == told(made).keys()
    address = made.headers["Location"]
    shown = client.get(address)
    assert client.patch(address, json={"title": "Buy oat milk"}).status_code == 428
    edited = client.patch(address, json={"title": "Buy oat milk"}, headers={"If-Match": shown.headers["ETag"]})
    assert (edited.status_code, told(edited)["title"], told(edited)["due_on"]) == (200, "Buy oat milk", "2026-12-01")
    stale = client.patch(address, json={"notes": "x"}, headers={"If-Match": shown.headers["ETag"]})
    assert stale.status_code == 409
    assert told(client.patch(address, json={"due_on": None, "estimate_minutes": 5}))["due_at"] is None
    assert client.patch(address, json={"owner": 1}).status_code == 422
    assert told(client.post(f"{address}/complete", json={}))["status"] == "done"
    assert told(client.post(f"{address}/reopen"))["status"] == "open"
    assert client.delete(address).status_code == 204
    assert client.get(address).status_code == 404


def test_lists_answer_in_their_shape(team: Team, make: Make) -> None:
    make("One", tags=["a"])
    make("Two")
    client = team.owner.client()
    page = client.get(API, query_string={"space": team.id, "view": "inbox", "limit": 1})
    assert TaskPageOut.model_validate(told(page)).total == 2
    rest = client.get(API, query_string={"space": team.id, "view": "inbox", "cursor": told(page)["next_cursor"]})
    assert [item["title"] for item in (*told(page)["items"], *told(rest)["items"])] == ["One", "Two"]
    assert client.get(API, query_string={"view": "nonsense"}).status_code == 422
    assert told(client.get(f"{API}/counts"))["inbox"] == 2


def test_a_key_makes_it_one_task(team: Team) -> None:
    client = team.owner.client()
    answers = [client.post(API, json={"title": "Once"}, headers={"Idempotency-Key": "k"}) for _try in range(2)]
    assert told(answers[0])["id"] == told(answers[1])["id"]


def test_open_subtasks_are_told_by_number(team: Team, make: Make) -> None:
    parent = make("Parent")
    make("Child", parent_id=parent)
    client = team.owner.client()
    asked = client.post(f"{API}/{parent}/complete", json={})
    assert (asked.status_code, told(asked)["open_subtasks"]) == (409, 1)
    assert told(client.patch(f"{API}/{parent}", json={"status": "done", "children": "complete"}))["status"] == "done"


def test_kept_lists_speak_the_words_of_the_list(team: Team) -> None:
    client = team.owner.client()
    wanted = {"view": "today", "priority": "high", "status": "open,done", "space": team.id}
    kept = client.post(f"{API}/filters", json={"name": "Mine", "filter": wanted})
    assert told(kept)["filter"] == wanted
    assert client.get(API, query_string=told(kept)["filter"]).status_code == 200


def test_a_task_is_added_found_and_shown(app: APIFlask, team: Team) -> None:
    client = team.owner.client()
    added = client.post("/api/v1/quick/add", json={"text": "Call the plumber"})
    assert added.status_code in (200, 201), added.get_data(as_text=True)
    found = client.get("/api/v1/quick/palette", query_string={"q": "plumber"})
    assert "Call the plumber" in found.get_data(as_text=True)
    for page in ("/tasks?view=inbox", "/"):
        assert client.get(page).status_code == 200


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "9000-01-03T00:00:00Z"])
def test_moments_at_the_ends_of_the_calendar_are_refused_at_their_field(team: Team, make: Make, moment: str) -> None:
    client, task_id = team.owner.client(), make()
    for name in ("due_at", "start_at"):
        for refused in (
            client.post(API, json={"title": "x", name: moment}),
            client.patch(f"{API}/{task_id}", json={name: moment}),
        ):
            assert (refused.status_code, list(told(refused)["errors"])) == (422, [name])
    refused = client.post(f"{API}/{task_id}/reminders", json={"at": moment})
    assert (refused.status_code, list(told(refused)["errors"])) == (422, ["at"])
