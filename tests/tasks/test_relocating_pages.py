"""The pages and the JSON of moves to another space."""

import json

from tests.tasks.conftest import Make, Team
from trackeep.core.actor import Actor
from trackeep.tasks import queries, service
from trackeep.tasks.drafts import ProjectDraft

BY_SCRIPT = {"X-Form": "1"}


def test_marked_tasks_move_by_the_bar_and_come_back(team: Team, me: Actor, make: Make) -> None:
    client, ids = team.owner.client(), [make("One"), make("Two")]
    service.add_dependency(me, ids[0], make("Staying"))
    mine = service.create_project(me, team.owner.space_id, ProjectDraft(name="Mine"))
    assert 'data-dialog="bulk-space"' in client.get("/tasks?view=inbox").text
    place = f"{team.owner.space_id}:{mine}"
    assert f'value="{place}"' in client.get("/tasks/bulk/space").text
    told = client.post("/tasks/bulk", data={"verb": "to_space", "ids": ids, "place": place}, headers=BY_SCRIPT)
    toast = json.loads(told.headers["HX-Trigger"])["toast"]
    assert toast["text"] == "2 tasks moved. 1 dependency on tasks that stay was removed."
    assert {each.project_id for each in queries.get_tasks(me, ids).values()} == {mine}
    assert client.post(toast["undo_url"], headers=BY_SCRIPT).status_code == 204
    assert {each.space_id for each in queries.get_tasks(me, ids).values()} == {team.id}
    nowhere = client.post("/tasks/bulk", data={"verb": "to_space", "ids": ids}, headers=BY_SCRIPT)
    assert (nowhere.status_code, "Choose a space." in nowhere.text) == (422, True)


def test_one_task_moves_from_its_details(team: Team, me: Actor, make: Make) -> None:
    client, task_id = team.owner.client(), make(assignee_id=team.member.id)
    assert f"/tasks/{task_id}/space" in client.get(f"/tasks/{task_id}").text
    form = client.get(f"/tasks/{task_id}/space").text
    assert f'<option value="{team.owner.space_id}">' in form
    assert f'<option value="{team.id}">' not in form
    moved = client.post(f"/tasks/{task_id}/space", data={"place": team.owner.space_id}, headers=BY_SCRIPT)
    assert "given to nobody now" in moved.headers["HX-Trigger"]
    assert queries.get_task(me, task_id).space_id == team.owner.space_id
    again = client.post(f"/tasks/{task_id}/space", data={"place": team.owner.space_id}, headers=BY_SCRIPT)
    assert "Nothing to move" in again.headers["HX-Trigger"]


def test_a_project_moves_from_its_menu(team: Team, me: Actor, project: Make) -> None:
    client, project_id = team.owner.client(), project("Garden")
    address = f"/tasks/projects/{project_id}/space"
    assert address in client.get(f"/tasks/projects/{project_id}/board").text
    assert f'value="{team.owner.space_id}"' in client.get(address).text
    moved = client.post(address, data={"space_id": team.owner.space_id}, follow_redirects=True)
    assert "“Garden” is in “olivia” now" in moved.text
    assert "/tasks/undo/" in moved.text
    assert queries.get_project(me, project_id).space_id == team.owner.space_id


def test_the_page_of_a_moved_project_says_what_was_cut(team: Team, me: Actor, make: Make, project: Make) -> None:
    client, project_id = team.owner.client(), project("Garden")
    moving = [make(project_id=project_id), make(project_id=project_id, assignee_id=team.member.id)]
    for task_id in moving:
        service.add_dependency(me, task_id, make("Staying"))
    address = f"/tasks/projects/{project_id}/space"
    moved = client.post(address, data={"space_id": team.owner.space_id}, follow_redirects=True)
    assert "2 dependencies on tasks that stay were removed." in moved.text
    assert "1 is given to nobody now: the person is not in that space." in moved.text
    odd = client.get(f"{address}?undo_id=1&untied=-3&unassigned=many")
    assert (odd.status_code, "removed" in odd.text, "nobody" in odd.text) == (200, False, False)


def test_who_has_no_other_space_is_offered_nothing(team: Team) -> None:
    client = team.stranger.client()
    task_id = service.create_task(team.stranger.actor, team.stranger.space_id, service.TaskDraft(title="Own"))
    assert "Move to space" not in client.get(f"/tasks/{task_id}").text
    assert "bulk-space" not in client.get("/tasks?view=inbox").text
    assert "no other space" in client.get(f"/tasks/{task_id}/space").text


def test_the_json_tells_what_a_project_left(team: Team, me: Actor, make: Make, project: Make) -> None:
    client, project_id = team.owner.client(), project()
    make(project_id=project_id, assignee_id=team.member.id)
    address, body, key = (
        f"/api/v1/tasks/projects/{project_id}/to-space",
        {"space_id": team.owner.space_id},
        {"Idempotency-Key": "move-once"},
    )
    first = client.post(address, json=body, headers=key)
    assert first.status_code == 200
    told = first.get_json()
    assert client.post(address, json=body, headers=key).get_json() == told
    assert (told["changed"], told["unassigned"], told["untied"]) == (1, 1, 0)
    assert client.post(f"/api/v1/tasks/undo/{told['undo_id']}").get_json()["kept"] == []
    assert queries.get_project(me, project_id).space_id == team.id


def test_a_viewer_there_is_told_so(team: Team) -> None:
    own = service.create_task(team.viewer.actor, team.viewer.space_id, service.TaskDraft(title="Own"))
    body = {"verb": "to_space", "ids": [own], "space_id": team.id}
    refused = team.viewer.client().post("/api/v1/tasks/bulk", json=body)
    assert (refused.status_code, "only read in that space" in refused.text) == (403, True)
