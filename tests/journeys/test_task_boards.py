"""Boards, the calendar and the tree of projects, moved by pointer, finger and keyboard."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.journeys.accessibility import violations
from tests.journeys.fingers import PHONE, Finger, middle
from tests.journeys.furnishing import LONG_WORD, call
from tests.journeys.people import Visitor, sign_in, told, undo

TASKS = "/api/v1/tasks"


@pytest.fixture
def board(visitor: Visitor) -> Page:
    """A project with two sections and three cards."""
    page = visitor.page
    project = call(page, "POST", f"{TASKS}/projects", {"name": "Release", "colour": "indigo"})["id"]
    sections = [call(page, "POST", f"{TASKS}/projects/{project}/sections", {"name": name}) for name in ("Now", "Later")]
    for title in ("One", "Two", "Three"):
        call(page, "POST", TASKS, {"title": title, "project_id": project, "section_id": sections[0]["id"]})
    page.goto(f"/tasks/projects/{project}/board")
    expect(titles(page, "Now")).to_have_text(["One", "Two", "Three"])
    live(page)
    return page


def lane(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name, exact=True)


def titles(page: Page, name: str) -> Locator:
    return lane(page, name).locator("[data-open]")


def live(page: Page) -> None:
    """Once what is on show can be moved, it offers to be grabbed."""
    page.locator(".is-live").wait_for()


def drag(page: Page, thing: Locator, place: Locator) -> None:
    """With steps between, as a hand does; the answer to what was moved has come at the end."""
    live(page)
    page.mouse.move(*middle(thing))
    page.mouse.down()
    x, y = middle(place)
    page.mouse.move(x, y, steps=6)
    page.locator(".is-ghost").wait_for()
    with page.expect_response(lambda response: response.request.method == "POST") as answered:
        page.mouse.up()
    assert answered.value.ok


def test_a_card_is_dragged_to_another_column(board: Page) -> None:
    drag(board, titles(board, "Now").first, lane(board, "Later").locator("[data-cards]"))
    expect(titles(board, "Later")).to_have_text(["One"])
    expect(lane(board, "Now").locator("[data-count]")).to_have_text("2")
    expect(lane(board, "Later").locator("[data-count]")).to_have_text("1")
    board.reload()
    expect(titles(board, "Later")).to_have_text(["One"])
    expect(titles(board, "Now")).to_have_text(["Two", "Three"])


def test_escape_puts_a_card_back(board: Page) -> None:
    board.mouse.move(*middle(titles(board, "Now").first))
    board.mouse.down()
    board.mouse.move(*middle(lane(board, "Later").locator("[data-cards]")), steps=6)
    expect(titles(board, "Later")).to_have_text(["One"])
    board.keyboard.press("Escape")
    expect(titles(board, "Now")).to_have_text(["One", "Two", "Three"])
    board.mouse.up()
    expect(board.locator(".is-ghost")).to_have_count(0)


def test_cards_move_by_keyboard(board: Page) -> None:
    titles(board, "Now").first.focus()
    for key in ("Shift+ArrowDown", "Shift+ArrowRight"):
        with board.expect_response("**/place") as answered:
            board.keyboard.press(key)
        assert answered.value.ok
    expect(titles(board, "Later")).to_have_text(["One"])
    expect(board.locator("[data-board-says]")).to_contain_text("One is in Later now")
    expect(titles(board, "Later").first).to_be_focused()
    board.keyboard.press("ArrowLeft")
    expect(titles(board, "Now").first).to_be_focused()
    board.reload()
    expect(titles(board, "Now")).to_have_text(["Two", "Three"])


def test_a_refused_move_goes_back(board: Page, allow: Callable[..., None]) -> None:
    allow(board, 503)
    refusal: dict[str, Any] = {"status": 503, "json": {"title": "No", "detail": "Not now."}}
    board.route("**/place", lambda route: route.fulfill(**refusal))
    titles(board, "Now").first.focus()
    board.keyboard.press("Shift+ArrowRight")
    expect(board.locator("[data-toast]").last).to_contain_text("Not now.")
    expect(titles(board, "Now")).to_have_text(["One", "Two", "Three"])
    expect(lane(board, "Now").locator("[data-count]")).to_have_text("3")


def test_a_card_and_a_section_are_added(board: Page) -> None:
    field = lane(board, "Later").get_by_placeholder("Add a task")
    field.fill("Four")
    field.press("Enter")
    expect(titles(board, "Later")).to_have_text(["Four"])
    expect(field).to_be_focused()
    field.fill("Five")
    field.press("Enter")
    expect(titles(board, "Later")).to_have_text(["Four", "Five"])
    section = board.get_by_placeholder("Add a section")
    section.fill("Some day")
    section.press("Enter")
    expect(lane(board, "Some day")).to_be_visible()


def test_finishing_asks_about_open_tasks_below(board: Page, allow: Callable[..., None]) -> None:
    allow(board, 409)
    project = int(board.url.split("/")[-2])
    parent = call(board, "GET", f"{TASKS}?project={project}&sort=manual")["items"][0]["id"]
    call(board, "POST", TASKS, {"title": "Below", "parent_id": parent})
    board.goto(f"/tasks/projects/{project}/board?by=status")
    live(board)
    titles(board, "To do").first.focus()
    with board.expect_response("**/place") as answered:
        board.keyboard.press("Shift+ArrowRight")
    assert answered.value.ok
    expect(titles(board, "In progress")).to_have_text(["One"])
    board.keyboard.press("Shift+ArrowRight")
    dialog = board.get_by_role("dialog", name="There are open tasks below this one")
    expect(dialog).to_be_visible()
    with board.expect_response(lambda response: response.ok and response.url.endswith("/place")) as answered:
        dialog.get_by_role("button", name="Finish them too").click()
    assert answered.value.ok
    expect(titles(board, "Done")).to_have_text(["One"])
    assert call(board, "GET", f"{TASKS}/{parent}")["open_subtasks"] == 0


def test_a_finger_carries_a_card(board: Page, visitor: Visitor, new_context: Callable[..., BrowserContext]) -> None:
    address = board.url
    page = new_context(**PHONE).new_page()
    sign_in(page, visitor.name)
    page.wait_for_url("**/")
    page.goto(address)
    expect(titles(page, "Now")).to_have_text(["One", "Two", "Three"])
    live(page)
    _x, below = middle(titles(page, "Now").nth(2))
    finger = Finger(page)
    finger.lift(titles(page, "Now").first)
    finger.go(finger.at[0], below + 20)
    expect(titles(page, "Now")).to_have_text(["Two", "Three", "One"])
    finger.drop()
    page.reload()
    expect(titles(page, "Now")).to_have_text(["Two", "Three", "One"])


def test_a_task_is_dragged_to_another_day(visitor: Visitor) -> None:
    page = visitor.page
    call(page, "POST", TASKS, {"title": "Paint", "due_on": "2030-06-12"})
    page.goto("/tasks/calendar?month=2030-06")
    task = page.get_by_role("link", name="Paint")
    expect(page.locator('[data-day="2030-06-12"]').get_by_text("Paint")).to_be_visible()
    drag(page, task, page.locator('[data-day="2030-06-20"]'))
    told(page, "Jun 20")
    expect(page.locator('[data-day="2030-06-20"]').get_by_text("Paint")).to_be_visible()
    task.focus()
    with page.expect_response("**/day"):
        page.keyboard.press("Shift+ArrowDown")
    expect(page.locator('[data-day="2030-06-27"]').get_by_text("Paint")).to_be_visible()
    undo(page, "Jun 27")
    expect(page.locator('[data-day="2030-06-20"]').get_by_text("Paint")).to_be_visible()


def test_projects_are_dragged_into_each_other(visitor: Visitor) -> None:
    page = visitor.page
    for name in ("Garden", "House", "Shed"):
        call(page, "POST", f"{TASKS}/projects", {"name": name})
    page.goto("/tasks/projects")
    rows = page.locator("[data-project]")
    expect(rows.locator("[data-open]")).to_have_text(["Garden", "House", "Shed"])
    drag(page, rows.nth(2), rows.nth(0))
    expect(rows.locator("[data-open]")).to_have_text(["Garden", "Shed", "House"])
    expect(rows.nth(1)).to_have_attribute("data-depth", "1")
    rows.nth(2).locator("[data-open]").focus()
    page.keyboard.press("Shift+ArrowUp")
    expect(rows.locator("[data-open]")).to_have_text(["House", "Garden", "Shed"])
    expect(rows.nth(0).locator("[data-open]")).to_be_focused()


def test_conditions_are_kept_as_a_view(visitor: Visitor) -> None:
    page = visitor.page
    for title, priority in (("Pressing", "urgent"), ("Calm", "none")):
        call(page, "POST", TASKS, {"title": title, "priority": priority})
    page.goto("/tasks/filters")
    page.get_by_role("combobox", name="Priority").select_option("high")
    page.get_by_role("button", name="Show", exact=True).click()
    rows = page.locator("#list [data-open]")
    expect(rows).to_have_text(["Pressing"])
    page.get_by_role("link", name="Save this view").click()
    page.get_by_label("Name").fill("Needs me")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", name="Needs me")).to_be_visible()
    expect(page.locator("#sidebar").get_by_role("link", name="Needs me")).to_have_attribute("aria-current", "page")
    page.get_by_role("link", name="Board").click()
    expect(titles(page, "To do")).to_have_text(["Pressing"])


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
def test_pages_are_for_everybody(
    visitor: Visitor, new_context: Callable[..., BrowserContext], scheme: str, width: int
) -> None:
    page = visitor.page
    project = call(page, "POST", f"{TASKS}/projects", {"name": LONG_WORD[:150], "colour": "pink"})["id"]
    call(page, "POST", f"{TASKS}/projects/{project}/sections", {"name": LONG_WORD[:150]})
    call(page, "POST", TASKS, {"title": LONG_WORD, "project_id": project, "priority": "high", "due_on": "2030-06-12"})
    kept = call(page, "POST", f"{TASKS}/filters", {"name": LONG_WORD[:90], "filter": {"priority": "high"}})["id"]
    size = {"width": width, "height": 800}
    page = new_context(color_scheme=scheme, viewport=size, bypass_csp=True).new_page()
    sign_in(page, visitor.name)
    page.wait_for_url("**/")
    for path in (
        f"projects/{project}/board",
        f"projects/{project}/board?by=status",
        f"projects/{project}/edit",
        "projects",
        "calendar?month=2030-06",
        "calendar/2030-06-12",
        "filters?priority=high",
        f"filters/{kept}",
        f"filters/{kept}?layout=board",
        f"filters/{kept}/edit",
    ):
        page.goto(f"/tasks/{path}")
        page.get_by_role("heading").first.wait_for()
        assert not violations(page), path
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path
