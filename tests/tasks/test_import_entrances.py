"""The pages and the JSON of imports and exports, what they refuse, and whose an import is."""

import io

import pytest
from apiflask import APIFlask
from werkzeug.test import TestResponse

from tests.people import Browser, People
from tests.tasks.importing import CALENDAR, TABLE, TODOIST, bring, library, run
from trackeep.core import jobs
from trackeep.core.actor import Actor
from trackeep.core.errors import NotFound
from trackeep.tasks import queries, service
from trackeep.tasks.drafts import ProjectDraft, TaskDraft

API = "/api/v1/tasks"


@pytest.fixture
def alice(people: People) -> Actor:
    return people.add("alice")


@pytest.fixture
def browser(people: People, alice: Actor) -> Browser:
    return people.browser("alice")


def upload(browser: Browser, content: str, url: str, name: str = "tasks.csv", **fields: str) -> TestResponse:
    return browser.post(
        url, {"file": (io.BytesIO(content.encode()), name), **fields}, content_type="multipart/form-data"
    )


def test_the_pages_lead_from_a_table_to_its_tasks_and_back(app: APIFlask, alice: Actor, browser: Browser) -> None:
    brought = upload(browser, TABLE, "/tasks/import")
    page = brought.headers["Location"]
    assert "What do the columns hold?" in browser.get(page).text

    refused = browser.post(f"{page}/options", {"column_1": "due"})
    assert refused.status_code == 422
    assert "Choose the column that holds the titles." in refused.text

    chosen = browser.post(f"{page}/options", {"column_0": "title", "column_1": "due", "project": "House"})
    assert chosen.status_code == 303
    assert 'hx-trigger="every 1s"' in browser.get(page, partial=True).text
    jobs.work_off(app)
    checked = browser.get(page).text
    assert "2 tasks are new and can be saved." in checked
    assert "The same as entry 1." in checked
    assert "What do the columns hold?" in browser.get(f"{page}?choose=1").text
    assert "It has no title." in browser.get(f"{page}?outcome=broken").text

    browser.post(f"{page}/run")
    jobs.work_off(app)
    assert "2 tasks were saved." in browser.get(page).text
    assert {task.project for task in library(alice).values()} == {"House"}
    browser.post(f"{page}/undo")
    jobs.work_off(app)
    assert "2 tasks are in the trash." in browser.get(page).text
    assert browser.get("/tasks/import").text.count("tasks.csv") == 1
    browser.post(f"{page}/discard")
    assert queries.list_imports(alice) == []


def test_the_same_by_json(app: APIFlask, alice: Actor, browser: Browser) -> None:
    brought = upload(browser, TABLE, f"{API}/imports")
    assert (brought.status_code, brought.json["state"]) == (202, "choosing")  # type: ignore[index]
    url = f"{API}/imports/{brought.json['id']}"  # type: ignore[index]
    preview = browser.get(f"{url}/preview").json
    assert preview["columns"] == ["What", "When it is due", "Where", "Labels"]  # type: ignore[index]
    assert preview["chosen"] == {"title": 0, "tags": 3}  # type: ignore[index]

    assert browser.put(f"{url}/options", json={"columns": {"what": 0}}).status_code == 422
    assert browser.put(f"{url}/options", json={"columns": {"title": 0, "due": 1}}).status_code == 202
    jobs.work_off(app)
    rows = browser.get(f"{url}/rows?limit=2").json
    assert [row["due_on"] for row in rows["items"]] == ["2026-12-01", "2026-12-13"]  # type: ignore[index]
    assert rows["next_cursor"]  # type: ignore[index]
    assert browser.post(f"{url}/run").status_code == 202
    jobs.work_off(app)
    assert browser.get(url).json["saved"] == 2  # type: ignore[index]
    assert browser.put(f"{url}/options", json={"columns": {"title": 0}}).status_code == 410
    assert browser.delete(url).status_code == 204


def test_the_import_of_somebody_else_does_not_exist(app: APIFlask, people: People, alice: Actor) -> None:
    item = bring(app, alice, CALENDAR)
    bob = people.add("bob")
    for verb in (service.start_import, service.start_undo, service.discard_import):
        with pytest.raises(NotFound):
            verb(bob, item.id)
    assert people.browser("bob").get(f"/tasks/import/{item.id}").status_code == 404


def test_an_unreadable_file_is_told_at_once(browser: Browser) -> None:
    for url in ("/tasks/import", f"{API}/imports"):
        answer = upload(browser, "", url)
        assert answer.status_code == 422
        assert "empty" in answer.text


def test_a_project_or_a_list_goes_out_alone(app: APIFlask, alice: Actor, browser: Browser) -> None:
    run(app, alice, bring(app, alice, TODOIST, name="House.csv"))
    run(app, alice, bring(app, alice, CALENDAR))
    space_id = alice.personal_space_id or 0
    house = service.find_project(alice, space_id, "House") or 0
    inner = service.create_project(alice, space_id, ProjectDraft(name="Cellar", parent_id=house))
    service.create_task(alice, space_id, TaskDraft(title="=1+1", project_id=inner))

    answer = browser.get(f"/tasks/export/file?format=csv&view=all&project={house}")

    assert answer.headers["Content-Disposition"].startswith('attachment; filename="tasks-')
    lines = answer.data.decode("utf-8-sig").splitlines()
    assert len(lines) == 6
    assert any("House / Cellar" in line and "'=1+1" in line for line in lines)
    calendar = browser.get(f"{API}/export?format=ics&status=done").text
    assert "SUMMARY:Sow" in calendar
    assert calendar.count("BEGIN:VTODO") == 1
    page = browser.get("/tasks/export?view=today").text
    assert "What the list shows" in page
    assert "8 tasks" in page
    assert browser.get(f"{API}/export?project=999999").status_code == 404
