"""The board of a project: its columns, more cards of one, a card that moves, a new one, and sections."""

import re
from datetime import date

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.statements import counted
from tests.tasks.conftest import Make, Team
from trackeep.core.actor import Actor
from trackeep.tasks import queries, service
from trackeep.tasks.queries import BoardBy
from trackeep.tasks.states import Status

BY_SCRIPT = {"X-Form": "1"}


def cards(response: TestResponse) -> list[int]:
    return [int(number) for number in re.findall(r'data-card="(\d+)"', response.text)]


def place(client: FlaskClient, task_id: int, **fields: object) -> TestResponse:
    return client.post(f"/tasks/{task_id}/place", data=fields, headers=BY_SCRIPT)


def test_columns_are_sections_where_there_are_some(team: Team, me: Actor, make: Make, project: Make) -> None:
    project_id = project("Release")
    client, address = team.owner.client(), f"/tasks/projects/{project_id}/board"
    assert 'data-lane="in_progress"' in client.get(address).text
    section = service.create_section(me, project_id, "Ideas")
    loose, placed = make(project_id=project_id), make(project_id=project_id, section_id=section)
    shown = client.get(address)
    assert f'data-lane="{section}"' in shown.text
    assert cards(shown) == [loose, placed]
    assert 'data-lane="done"' in client.get(f"{address}?by=status").text
    assert client.get(f"{address}?by=nonsense").status_code == 200


def test_a_column_goes_on(team: Team, me: Actor, project: Make) -> None:
    project_id = project()
    drafts = [service.TaskDraft(title=f"Task {number}", project_id=project_id) for number in range(60)]
    ids = list(service.create_tasks(me, team.id, drafts))
    client = team.owner.client()
    shown = client.get(f"/tasks/projects/{project_id}/board?by=status")
    assert cards(shown) == ids[:50]
    more = re.search(r'hx-get="([^"]*board/cards[^"]*)"', shown.text)
    assert more is not None
    rest = client.get(more[1].replace("&amp;", "&"), headers={"HX-Request": "true"})
    assert cards(rest) == ids[50:]
    assert "<html" not in rest.text
    loose = queries.column_cards(me, project_id, BoardBy.SECTION, 0, cursor=None, limit=10)
    assert [item.id for item in loose.items] == ids[:10]
    assert client.get(f"/tasks/projects/{project_id}/board/cards?by=status&key=lost").status_code == 404


def test_the_number_of_queries_does_not_grow_with_the_cards(team: Team, me: Actor, make: Make, project: Make) -> None:
    project_id, client = project(), team.owner.client()

    def asked() -> int:
        with counted() as sent:
            assert client.get(f"/tasks/projects/{project_id}/board?by=status").status_code == 200
        return len(sent)

    make(project_id=project_id, tags=["a"])
    asked()  # what is read once: who the visitor is
    few = asked()
    for number in range(20):
        make(f"Task {number}", project_id=project_id, tags=["a", f"b{number}"])
    assert asked() == few


def test_a_card_moves_between_columns_and_cards(team: Team, me: Actor, make: Make, project: Make) -> None:
    project_id, client = project(), team.owner.client()
    section = service.create_section(me, project_id, "Next")
    first, second = make("First", project_id=project_id), make("Second", project_id=project_id)
    moved = make("Moved", project_id=project_id)
    assert place(client, moved, section_id=section).status_code == 204
    assert place(client, first, section_id=section, before_id=moved).status_code == 204
    assert place(client, second, section_id=section, after_id=first).status_code == 204
    lane = queries.column_cards(me, project_id, BoardBy.SECTION, section, cursor=None)
    assert [item.id for item in lane.items] == [first, second, moved]
    assert place(client, moved, section_id="", status="in_progress").status_code == 204
    task = queries.get_task(me, moved)
    assert (task.section_id, task.status) == (None, Status.IN_PROGRESS.value)
    assert place(team.stranger.client(), moved, section_id=section).status_code == 404
    assert place(team.viewer.client(), moved, section_id=section).status_code == 403
    assert place(client, moved, after_id="nonsense").status_code == 422


def test_a_card_with_open_tasks_below_asks(team: Team, me: Actor, make: Make, project: Make) -> None:
    project_id, client = project(), team.owner.client()
    parent = make("Parent", project_id=project_id)
    child = make("Child", parent_id=parent)
    asked = client.post(
        f"/tasks/{parent}/place", data={"status": "done"}, headers={**BY_SCRIPT, "Accept": "application/json"}
    )
    assert (asked.status_code, asked.get_json()["open_subtasks"]) == (409, 1)
    assert place(client, parent, status="done", children="complete").status_code == 204
    assert [queries.get_task(me, each).status for each in (parent, child)] == ["done", "done"]
    assert queries.get_task(me, parent).open_subtasks == 0


def test_the_board_is_drawn_again_when_the_next_one_comes(team: Team, make: Make, project: Make) -> None:
    client, project_id = team.owner.client(), project()
    weekly = make(project_id=project_id, due_on=date(2026, 12, 1), recurrence="FREQ=WEEKLY")
    assert "list-changed" in place(client, weekly, status="done").headers["HX-Trigger"]
    assert "list-changed" not in place(client, make(project_id=project_id), status="done").headers["HX-Trigger"]


def test_a_new_card_comes_to_its_column(team: Team, me: Actor, project: Make) -> None:
    project_id, client = project(), team.owner.client()
    section = service.create_section(me, project_id, "Next")
    address = f"/tasks/projects/{project_id}/cards"
    made = client.post(address, data={"title": "Buy paint", "section_id": section}, headers=BY_SCRIPT)
    [card] = cards(made)
    assert queries.get_task(me, card).section_id == section
    read = client.post(address, data={"title": "Sand tomorrow p1", "status": "in_progress"}, headers=BY_SCRIPT)
    task = queries.get_task(me, cards(read)[0])
    assert (task.title, task.status, task.priority) == ("Sand", "in_progress", 4)
    assert task.due_on is not None
    project("Elsewhere")
    away = client.post(address, data={"title": "Sweep +Elsewhere"}, headers=BY_SCRIPT)
    assert cards(away) == []
    assert "list-changed" in away.headers["HX-Trigger"]
    assert client.post(address, data={"title": "Paint"}).status_code == 303
    assert client.post(address, data={"title": " "}, headers=BY_SCRIPT).status_code == 422


def test_sections_are_made_renamed_moved_and_deleted(team: Team, me: Actor, project: Make) -> None:
    project_id, client = project(), team.owner.client()
    address = f"/tasks/projects/{project_id}/sections"
    for name in ("First", "Second"):
        assert client.post(address, data={"name": name}).status_code == 303
    first, second = (section.id for section in queries.sections_of(me, project_id))
    assert "First" in client.get(f"/tasks/sections/{first}/edit").text
    assert client.post(f"/tasks/sections/{second}", data={"after_id": ""}).status_code == 303
    assert client.post(f"/tasks/sections/{first}", data={"name": "Later"}).status_code == 303
    assert [section.name for section in queries.sections_of(me, project_id)] == ["Second", "Later"]
    assert client.post(f"/tasks/sections/{second}/delete").status_code == 303
    assert [section.id for section in queries.sections_of(me, project_id)] == [first]
