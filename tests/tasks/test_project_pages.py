"""The pages of projects: the tree, the form, places, the archive, the trash and the sidebar."""

from tests.tasks.conftest import Make, Team
from trackeep.core.actor import Actor
from trackeep.tasks import queries, service

BY_SCRIPT = {"X-Form": "1"}


def test_a_project_is_made_changed_and_nested(team: Team, me: Actor, project: Make) -> None:
    client, above = team.owner.client(), project("Home")
    assert f'<option value="{above}"' not in client.get("/tasks/projects/new").text
    form = client.get(f"/tasks/projects/new?inside={above}&space={team.id}")
    assert f'value="{above}" selected' in form.text
    made = client.post("/tasks/projects", data={"name": "Garden", "colour": "teal", "parent_id": above})
    assert made.status_code == 303
    garden = next(each for each in queries.project_tree(me, team.id) if each.name == "Garden")
    assert (garden.parent_id, garden.colour) == (above, "teal")
    address = f"/tasks/projects/{garden.id}"
    assert "Garden" in client.get(f"{address}/edit").text
    assert client.post(address, data={"name": "Yard", "colour": "pink", "parent_id": ""}).status_code == 303
    changed = queries.get_project(me, garden.id)
    assert (changed.name, changed.colour, changed.parent_id) == ("Yard", "pink", None)


def test_bad_input_is_told_at_its_field(team: Team, project: Make) -> None:
    client, above = team.owner.client(), project("Home")
    below = project("Kitchen", parent_id=above)
    circle = client.post(f"/tasks/projects/{above}", data={"name": "Home", "colour": "grey", "parent_id": below})
    assert circle.status_code == 422
    assert "Choose another place for it." in circle.text
    nameless = client.post("/tasks/projects", data={"name": " ", "colour": "grey"})
    assert nameless.status_code == 422
    assert "Give it a name." in nameless.text


def test_a_project_is_put_in_its_place(team: Team, me: Actor, project: Make) -> None:
    client = team.owner.client()
    first, second, third = (project(name) for name in ("First", "Second", "Third"))
    places = ((third, "", ""), (first, third, ""), (second, third, first))
    for moved, parent, after in places:
        data = {"parent_id": parent, "after_id": after}
        answer = client.post(f"/tasks/projects/{moved}/place", data=data, headers=BY_SCRIPT)
        assert (answer.status_code, "list-changed" in answer.headers["HX-Trigger"]) == (204, True)
    assert [each.path for each in queries.project_tree(me, team.id)] == [
        ("Third",),
        ("Third", "First"),
        ("Third", "Second"),
    ]


def test_the_archive_and_the_trash_can_be_left_again(team: Team, me: Actor, project: Make) -> None:
    client, project_id = team.owner.client(), project("Attic")
    told = client.post(f"/tasks/projects/{project_id}/archive", data={"archived": "1"}, headers=BY_SCRIPT)
    assert f"/tasks/projects/{project_id}/archive?archived=0" in told.headers["HX-Trigger"]
    assert 'data-project="' not in client.get("/tasks/projects").text
    assert f'data-project="{project_id}"' in client.get("/tasks/projects?archived=1").text
    assert client.post(f"/tasks/projects/{project_id}/archive?archived=0").status_code == 303
    assert not queries.get_project(me, project_id).is_archived
    assert client.post(f"/tasks/projects/{project_id}/trash", headers=BY_SCRIPT).status_code == 204
    assert client.get(f"/tasks/projects/{project_id}/board").status_code == 404
    assert client.post(f"/tasks/projects/{project_id}/restore", headers=BY_SCRIPT).status_code == 204
    assert client.post(f"/tasks/projects/{project_id}/restore", headers=BY_SCRIPT).status_code == 404
    assert client.get(f"/tasks/projects/{project_id}/board").status_code == 200


def test_the_sidebar_shows_projects_and_kept_lists(team: Team, me: Actor, project: Make) -> None:
    client, project_id = team.owner.client(), project("Attic")
    kept = service.keep_filter(me, "Mine", service.Filters(least_priority=3))
    home = client.get("/").text
    assert f'href="/tasks/projects/{project_id}/board"' in home
    assert f'href="/tasks/filters/{kept}"' in home
    assert 'aria-current="page" title="Attic"' in client.get(f"/tasks/projects/{project_id}/board").text
    assert "Attic" not in team.stranger.client().get("/").text
