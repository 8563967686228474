"""The pages: lists, the field above them, one click, details, many at once, and what a browser without scripts gets."""

import html
import json
from datetime import date, timedelta

import pytest
from werkzeug.test import TestResponse

from tests.people import Browser, People
from tests.statements import counted
from trackeep.core import clock
from trackeep.core.actor import Actor
from trackeep.tasks import queries, service
from trackeep.tasks.drafts import ProjectDraft, TaskDraft
from trackeep.tasks.filters import Filters, View
from trackeep.tasks.provides import home

SCRIPT = {"X-Form": "1"}


@pytest.fixture
def alice(people: People) -> Actor:
    return people.add("alice")


@pytest.fixture
def browser(people: People, alice: Actor) -> Browser:
    return people.browser("alice")


@pytest.fixture
def today() -> date:
    return clock.now().date()


def add(actor: Actor, title: str = "A task", **parts: object) -> int:
    assert actor.personal_space_id is not None
    return service.create_task(actor, actor.personal_space_id, TaskDraft(title=title, **parts))  # type: ignore[arg-type]  # parts of a draft


def told(response: TestResponse) -> dict[str, dict[str, str]]:
    triggers: dict[str, dict[str, str]] = json.loads(response.headers["HX-Trigger"])
    return triggers


def text_of(response: TestResponse) -> str:
    return html.unescape(response.get_data(as_text=True))


def test_today_tells_what_is_overdue_apart(browser: Browser, alice: Actor, today: date) -> None:
    add(alice, "Late one", due_on=today - timedelta(days=1))
    add(alice, "Due one", due_on=today)
    add(alice, "Later one", due_on=today + timedelta(days=1))
    page = text_of(browser.get("/tasks", partial=True))
    assert page.index("Overdue") < page.index("Late one") < page.index("Due one")
    assert "Move all to today" in page
    assert "Later one" not in page
    coming = text_of(browser.get("/tasks?view=upcoming", partial=True))
    assert coming.index("Tomorrow") < coming.index("Later one")


def test_all_that_is_overdue_moves_to_today_and_back(browser: Browser, alice: Actor, today: date) -> None:
    late = add(alice, due_on=today - timedelta(days=3))
    fields = {"verb": "schedule:today", "all": "1", "view": "overdue"}
    answer = told(browser.post("/tasks/bulk", fields, headers=SCRIPT))
    assert queries.get_task(alice, late).due_on == today
    browser.post(answer["toast"]["undo_url"], headers=SCRIPT)
    assert queries.get_task(alice, late).due_on == today - timedelta(days=3)


@pytest.mark.parametrize(("name", "weekday"), [("weekend", 5), ("next-week", 0)])
def test_marked_tasks_move_to_a_day_that_has_a_name(
    browser: Browser, alice: Actor, today: date, name: str, weekday: int
) -> None:
    task = add(alice)
    browser.post("/tasks/bulk", {"verb": f"schedule:{name}", "ids": str(task)}, headers=SCRIPT)
    found = queries.get_task(alice, task).due_on
    assert found is not None
    assert today < found <= today + timedelta(days=7)
    assert found.weekday() == weekday


def test_a_heading_is_not_repeated_on_the_next_page(browser: Browser, alice: Actor, today: date) -> None:
    for number in range(55):
        add(alice, f"Task {number}", due_on=today)
    first = text_of(browser.get("/tasks", partial=True))
    address = first.split('hx-get="/tasks?view=today&cursor=')[1].split('"')[0]
    second = text_of(browser.get(f"/tasks?view=today&cursor={address}", partial=True))
    assert first.count('class="task-group') == 1
    assert 'class="task-group' not in second
    assert second.count("data-task ") == 5


def test_lists_cost_the_same_however_many_tasks_there_are(browser: Browser, alice: Actor) -> None:
    def cost(number: int) -> int:
        for _each in range(number):
            parent = add(alice, tags=["a"])
            add(alice, "Below", parent_id=parent)
        with counted() as statements:
            browser.get("/tasks?view=inbox", partial=True)
        return len(statements)

    cost(1)
    assert cost(2) == cost(10)


def test_what_is_understood_is_shown_while_typing(browser: Browser) -> None:
    shown = text_of(browser.get("/tasks/line?text=Call Mia tomorrow %23family <b>", partial=True))
    assert '<mark class="token token-date">tomorrow</mark>' in shown
    assert '<mark class="token token-tag">#family</mark>' in shown
    raw = browser.get("/tasks/line?text=<b>bold</b>", partial=True).get_data(as_text=True)
    assert "<b>" not in raw


def test_the_field_of_today_makes_tasks_of_today(browser: Browser, alice: Actor, today: date) -> None:
    answer = browser.post("/tasks", {"text": "Water the plants", "view": "today"}, headers=SCRIPT)
    assert "list-changed" in told(answer)
    task = queries.list_tasks(alice, Filters(view=View.TODAY)).items[0]
    assert (task.title, task.due_on) == ("Water the plants", today)
    refused = browser.post("/tasks", {"text": " "}, headers={**SCRIPT, "Accept": "application/json"})
    assert refused.status_code == 422
    assert "text" in refused.get_json()["errors"]


def test_without_scripts_a_form_leads_back_and_never_to_another_site(browser: Browser) -> None:
    back = browser.post("/tasks", {"text": "One", "back": "/tasks?view=inbox"})
    assert (back.status_code, back.location) == (303, "/tasks?view=inbox")
    for elsewhere in ("//evil.example", "https://evil.example/tasks", "/tasksevil", "/tasks/\\evil"):
        assert browser.post("/tasks", {"text": "Two", "back": elsewhere}).location == "/tasks"


def test_a_tick_takes_the_row_and_counts_again(browser: Browser, alice: Actor) -> None:
    task = add(alice)
    answer = browser.post(f"/tasks/{task}/done", {"done": "1", "part": "list"}, partial=True)
    assert 'hx-swap-oob="true"' in answer.get_data(as_text=True)
    assert not queries.get_task(alice, task).is_open
    browser.post(told(answer)["toast"]["undo_url"], headers=SCRIPT)
    assert queries.get_task(alice, task).is_open


def test_open_subtasks_are_asked_about(browser: Browser, alice: Actor) -> None:
    parent = add(alice)
    child = add(alice, parent_id=parent)
    asked = browser.post(f"/tasks/{parent}/done", {"done": "1", "part": "list"}, partial=True)
    assert told(asked)["task-asks"]["url"] == f"/tasks/{parent}/done"
    assert "One subtask is still open" in text_of(browser.get(f"/tasks/{parent}/done", partial=True))
    plain = browser.post(f"/tasks/{parent}/done", {"done": "1"})
    assert plain.location.startswith(f"/tasks/{parent}/done")
    answer = told(browser.post(f"/tasks/{parent}/done", {"done": "1", "children": "complete"}, headers=SCRIPT))
    assert not queries.get_task(alice, child).is_open
    browser.post(answer["toast"]["undo_url"], headers=SCRIPT)
    assert queries.get_task(alice, child).is_open
    assert queries.get_task(alice, parent).is_open


def test_giving_up_asks_about_open_subtasks_and_gives_up(browser: Browser, alice: Actor) -> None:
    parent = add(alice)
    child = add(alice, parent_id=parent)
    asked = told(browser.post(f"/tasks/{parent}/parts/status", {"status": "cancelled"}, headers=SCRIPT))
    url = asked["task-asks"]["url"]
    assert f"task-{parent}-changed" in asked
    page = browser.get(url, partial=True).get_data(as_text=True)
    assert 'name="giving_up"' in page
    answer = told(browser.post(f"/tasks/{parent}/done", {"giving_up": "1", "children": "keep"}, headers=SCRIPT))
    assert "1 below stays open" in answer["toast"]["text"]
    assert queries.get_task(alice, parent).status == "cancelled"
    assert queries.get_task(alice, child).is_open


def test_many_that_are_finished_tell_what_stays_open(browser: Browser, alice: Actor) -> None:
    parent = add(alice)
    child, other = add(alice, parent_id=parent), add(alice, parent_id=parent)
    answer = told(browser.post("/tasks/bulk", {"verb": "complete", "ids": [str(parent), str(child)]}, headers=SCRIPT))
    assert answer["toast"]["text"] == "2 tasks are done. 1 below stays open."
    assert queries.get_task(alice, other).is_open


def test_another_day_keeps_the_time_and_can_be_taken_back(browser: Browser, alice: Actor, today: date) -> None:
    due = clock.now().replace(hour=9, minute=30, second=0, microsecond=0)
    task = add(alice, due_at=due)
    later = today + timedelta(days=5)
    answer = told(browser.post(f"/tasks/{task}/due", {"on": later.isoformat()}, headers=SCRIPT))
    assert queries.get_task(alice, task).due_at == due + timedelta(days=5)
    browser.post(answer["toast"]["undo_url"], headers=SCRIPT)
    assert queries.get_task(alice, task).due_at == due
    assert browser.post(answer["toast"]["undo_url"], headers=SCRIPT).status_code == 410
    assert queries.get_task(alice, task).due_at == due
    browser.post(f"/tasks/{task}/due", {"on": ""}, headers=SCRIPT)
    assert queries.get_task(alice, task).due_on is None
    assert browser.post(f"/tasks/{task}/due", {"on": "soon"}, headers=SCRIPT).status_code == 422


def test_a_start_has_a_time_of_day_and_can_be_taken_back(browser: Browser, alice: Actor, today: date) -> None:
    task = add(alice)
    answer = told(browser.post(f"/tasks/{task}/start", {"on": today.isoformat(), "clock": "08:15"}, headers=SCRIPT))
    start = queries.get_task(alice, task).start_at
    assert start is not None
    assert (start.hour, start.minute) == (8, 15)
    assert "08:15" in browser.get(f"/tasks/{task}/start", partial=True).get_data(as_text=True)
    assert "8:15" in text_of(browser.get(f"/tasks/{task}", partial=True))
    browser.post(answer["toast"]["undo_url"], headers=SCRIPT)
    assert queries.get_task(alice, task).start_at is None
    assert browser.post(f"/tasks/{task}/start", {"on": "2027-01-02", "clock": "x"}, headers=SCRIPT).status_code == 422


def test_a_stale_title_is_refused_with_both(browser: Browser, alice: Actor) -> None:
    task = add(alice, "First")
    version = queries.get_task(alice, task).version
    assert (
        browser.post(f"/tasks/{task}/title", {"title": "Second", "version": version}, headers=SCRIPT).status_code < 300
    )
    stale = browser.post(f"/tasks/{task}/title", {"title": "Third", "version": version}, headers=SCRIPT)
    assert stale.status_code == 409
    form = browser.post(f"/tasks/{task}", {"title": "Third", "notes": "", "version": version}, partial=True)
    shown = text_of(form)
    assert "Saved meanwhile" in shown
    assert "Second" in shown
    assert queries.get_task(alice, task).title == "Second"


@pytest.mark.parametrize(
    ("name", "value", "column", "expected"),
    [
        ("priority", "4", "priority", 4),
        ("estimate_minutes", "90", "estimate_minutes", 90),
        ("progress", "40", "progress", 40),
        ("recurrence", "FREQ=DAILY", "recurrence", "FREQ=DAILY"),
        ("status", "in_progress", "status", "in_progress"),
    ],
)
def test_each_part_of_the_details_saves_itself(
    browser: Browser, alice: Actor, name: str, value: str, column: str, expected: object
) -> None:
    task = add(alice)
    answer = browser.post(f"/tasks/{task}/parts/{name}", {name: value}, headers=SCRIPT)
    assert f"task-{task}-changed" in told(answer)
    assert getattr(queries.get_task(alice, task), column) == expected


@pytest.mark.parametrize(
    ("name", "value"), [("priority", "9"), ("priority", "x"), ("status", "lost"), ("colour", "red")]
)
def test_odd_parts_are_refused_in_words(browser: Browser, alice: Actor, name: str, value: str) -> None:
    task = add(alice)
    assert browser.post(f"/tasks/{task}/parts/{name}", {name: value}, headers=SCRIPT).status_code == 422


def test_a_rhythm_is_written_as_people_say_it(browser: Browser, alice: Actor) -> None:
    task = add(alice)
    address = f"/tasks/{task}/parts/recurrence"
    browser.post(address, {"recurrence": "own", "own": "every 2 weeks on monday"}, headers=SCRIPT)
    assert queries.get_task(alice, task).recurrence == "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"
    assert "every 2 weeks on Mon" in text_of(browser.get(f"/tasks/{task}", partial=True))
    assert browser.post(address, {"recurrence": "own", "own": "often"}, headers=SCRIPT).status_code == 422
    assert browser.post(address, {"recurrence": "own", "own": ""}, headers=SCRIPT).status_code == 204


def test_the_details_show_all_that_belongs_to_a_task(browser: Browser, alice: Actor, today: date) -> None:
    task = add(alice, "Publish", due_on=today, notes="Some **bold** words")
    first = add(alice, "Proofread")
    browser.post(f"/tasks/{task}/blockers/{first}", headers=SCRIPT)
    browser.post("/tasks", {"text": "Choose a cover", "parent_id": str(task)}, headers=SCRIPT)
    browser.post(f"/tasks/{task}/reminders", {"minutes_before": "30"}, headers=SCRIPT)
    browser.post(f"/tasks/{task}/comments", {"body": "Looks *good*"}, headers=SCRIPT)
    page = text_of(browser.get(f"/tasks/{task}", partial=True))
    for words in (
        "<strong>bold</strong>",
        "Proofread",
        "Choose a cover",
        "30 min before",
        "<em>good</em>",
        "Waits for",
    ):
        assert words in page
    found = text_of(browser.get(f"/tasks/{task}/blockers?q=choose", partial=True))
    assert "Choose a cover" in found
    assert "Proofread" not in found


def test_a_project_is_a_list_by_its_sections(browser: Browser, alice: Actor) -> None:
    assert alice.personal_space_id is not None
    home = service.create_project(alice, alice.personal_space_id, ProjectDraft(name="Home"))
    kitchen = service.create_section(alice, home, "Kitchen")
    task = add(alice, "Mend the tap", project_id=home)
    page = text_of(browser.get(f"/tasks/projects/{home}"))
    assert page.index("Mend the tap") < page.index("Kitchen")
    browser.post(f"/tasks/{task}/move", {"parent_id": "", "section_id": str(kitchen)}, headers=SCRIPT)
    again = text_of(browser.get(f"/tasks/projects/{home}", partial=True))
    assert again.index("Kitchen") < again.index("Mend the tap")


def test_many_tasks_change_at_once(browser: Browser, alice: Actor) -> None:
    ids = [add(alice), add(alice)]
    for fields in ({"verb": "prioritise:high"}, {"verb": "tag", "tags": "home, garden"}):
        answer = browser.post("/tasks/bulk", {**fields, "ids": ids}, headers=SCRIPT)
        assert "undo_url" in told(answer)["toast"]
    tasks = queries.get_tasks(alice, ids)
    assert {task.priority for task in tasks.values()} == {3}
    assert {tag.name for tag in tasks[ids[0]].tags} == {"home", "garden"}


def test_whole_pages_work_without_scripts(browser: Browser, alice: Actor) -> None:
    task = add(alice)
    for address in ("/tasks", "/tasks?view=finished", f"/tasks/{task}", f"/tasks/{task}/edit", f"/tasks/{task}/due"):
        page = browser.get(address)
        assert page.status_code == 200
        assert "style=" not in page.get_data(as_text=True)


def test_trash_and_back(browser: Browser, alice: Actor) -> None:
    task = add(alice)
    answer = told(browser.post(f"/tasks/{task}/trash", headers=SCRIPT))
    assert browser.get(f"/tasks/{task}").status_code == 404
    browser.post(answer["toast"]["undo_url"], headers=SCRIPT)
    assert browser.get(f"/tasks/{task}").status_code == 200


def test_the_first_step_is_done_with_the_first_task(browser: Browser, alice: Actor) -> None:
    assert not home.has_tasks(alice)
    add(alice, "One")
    assert home.has_tasks(alice)


def test_calendars_stand_among_the_settings(browser: Browser) -> None:
    page = browser.get("/tasks/calendars").text
    assert page.count('aria-current="page"') == 2, "the tab, and the settings in the sidebar"
    assert 'data-shortcut="g s" aria-current="page"' in page
