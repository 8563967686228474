"""Dragging by finger on a phone: tasks in their lists, notes and projects in their trees, rules of bookmarks."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.journeys.fingers import PHONE, Finger, middle
from tests.journeys.furnishing import call
from tests.journeys.people import register

TASKS = "/api/v1/tasks"
GHOST = ".is-ghost"
HELD_MS = 900
# What a phone does when a finger rests: whether its menu would open. A browser without a screen does not do it itself.
ASKED_FOR_MENU = """(link) => link.dispatchEvent(new PointerEvent("contextmenu", {bubbles: true, cancelable: true}))"""
# A tap on what still moves is tried again, and the browser complains.
AT_REST = """() => new Promise((done) => {
    let last = -1;
    const look = () => { if (scrollY === last) done(); else { last = scrollY; setTimeout(look, 200); } };
    look();
})"""
LIST = "document.getElementById('list').getBoundingClientRect()"
Opened = Callable[[str], Page]


@pytest.fixture
def opened(new_context: Callable[..., BrowserContext]) -> Opened:
    """Somebody new of that name, on a phone."""

    def wrapped(name: str) -> Page:
        return register(new_context(**PHONE, reduced_motion="reduce").new_page(), name).page

    return wrapped


def project_of(page: Page, *titles: str, parents: dict[str, str] | None = None) -> str:
    """The address of a project's list with these tasks; ``parents`` names those that stand below another."""
    project = call(page, "POST", f"{TASKS}/projects", {"name": "Garden"})["id"]
    ids: dict[str, int] = {}
    for title in titles:
        above = (parents or {}).get(title)
        place = {"parent_id": ids[above]} if above else {"project_id": project}
        ids[title] = call(page, "POST", TASKS, {"title": title, **place})["id"]
    return f"/tasks/projects/{project}"


def live(page: Page) -> None:
    page.locator(".is-live").first.wait_for()


def titles(page: Page) -> Locator:
    return page.locator("#list [data-open]")


def row(page: Page, title: str) -> Locator:
    return page.locator("[data-task]").filter(has=page.get_by_role("link", name=title, exact=True))


def test_a_task_goes_where_the_line_is(opened: Opened) -> None:
    page = opened("carrier")
    page.goto(project_of(page, "One", "Two", "Three"))
    live(page)
    finger = Finger(page)
    finger.lift(row(page, "One"))
    finger.over(row(page, "Three"), 0.9)
    expect(row(page, "Three")).to_contain_class("drop-after")
    finger.drop()
    expect(titles(page)).to_have_text(["Two", "Three", "One"])
    finger.lift(row(page, "One"))
    finger.over(row(page, "Two"), 0.1)
    finger.drop()
    expect(titles(page)).to_have_text(["One", "Two", "Three"])
    page.reload()
    expect(titles(page)).to_have_text(["One", "Two", "Three"])


def test_a_task_becomes_a_subtask_and_comes_out_again(opened: Opened) -> None:
    page = opened("nester")
    page.goto(project_of(page, "House", "Roof", "Shed", parents={"Roof": "House"}))
    live(page)
    finger = Finger(page)
    finger.lift(row(page, "Shed"))
    finger.over(row(page, "House"))
    expect(row(page, "House")).to_contain_class("drop-inside")
    finger.drop()
    expect(row(page, "Shed")).to_contain_class("task-depth-1")
    expect(titles(page)).to_have_text(["House", "Roof", "Shed"])
    finger.lift(row(page, "Roof"))
    finger.over(row(page, "House"), 0.9)
    expect(row(page, "Shed")).to_contain_class("drop-after")  # where all that is below the house ends
    finger.drop()
    expect(titles(page)).to_have_text(["House", "Shed", "Roof"])
    expect(row(page, "Roof")).to_contain_class("task-depth-0")


def test_a_task_is_not_put_below_itself(opened: Opened) -> None:
    page = opened("knotter")
    page.goto(project_of(page, "House", "Roof", "Shed", parents={"Roof": "House"}))
    live(page)
    finger = Finger(page)
    finger.lift(row(page, "House"))
    finger.over(row(page, "Shed"), 0.9)
    expect(page.locator(".drop-after")).to_have_count(1)
    finger.over(row(page, "Roof"))
    expect(page.locator(".drop-inside, .drop-after, .drop-before")).to_have_count(0)
    finger.up()
    expect(page.locator(GHOST)).to_have_count(0)
    expect(titles(page)).to_have_text(["House", "Roof", "Shed"])


def test_a_task_goes_to_another_section_and_to_another_day(opened: Opened) -> None:
    page = opened("sorter")
    address = project_of(page, "Dig", "Rest")
    call(page, "POST", f"/api/v1{address}/sections", {"name": "Later"})
    page.goto(address)
    live(page)
    finger = Finger(page)
    finger.lift(row(page, "Dig"))
    finger.over(page.locator("[data-section]"))
    expect(page.locator("[data-section]")).to_contain_class("drop-into")
    finger.drop()
    expect(titles(page)).to_have_text(["Rest", "Dig"])

    today = datetime.now(UTC).date()
    for title, wait in (("Sow", 2), ("Water", 4)):
        call(page, "POST", TASKS, {"title": title, "due_on": (today + timedelta(days=wait)).isoformat()})
    page.goto("/tasks?view=upcoming")
    live(page)
    days = page.locator("[data-day]")
    expect(days).to_have_count(2)
    finger.lift(row(page, "Sow"))
    finger.over(row(page, "Water"))
    expect(days.last).to_contain_class("drop-into")
    finger.drop()
    expect(days).to_have_count(1)


@pytest.mark.parametrize("how", ["escape", "second finger"])
def test_a_drag_is_given_up(opened: Opened, how: str) -> None:
    page = opened("waverer" if how == "escape" else "pincher")
    page.goto(project_of(page, "One", "Two", "Three"))
    live(page)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    finger = Finger(page)
    finger.lift(row(page, "One"))
    finger.over(row(page, "Three"), 0.9)
    expect(page.locator(".drop-after")).to_have_count(1)
    page.keyboard.press("Escape") if how == "escape" else finger.second()
    expect(page.locator(f"{GHOST}, .drop-after")).to_have_count(0)
    finger.up()
    expect(titles(page)).to_have_text(["One", "Two", "Three"])
    expect(page.locator("#panel")).to_be_hidden()
    assert sent == []


def test_a_tap_opens_and_a_swipe_scrolls(opened: Opened) -> None:
    page = opened("swiper")
    page.goto(project_of(page, *(f"Task {number}" for number in range(30))))
    live(page)
    finger = Finger(page)
    finger.down(row(page, "Task 5"))
    finger.go(180, 100)
    expect(page.locator(GHOST)).to_have_count(0)
    finger.up()
    page.wait_for_function("() => scrollY > 60")
    page.evaluate(AT_REST)
    assert titles(page).first.text_content() == "Task 0"
    titles(page).nth(10).tap()
    expect(page.locator("#panel")).to_be_visible()


def test_resting_selects_nothing_and_brings_no_menu(opened: Opened) -> None:
    page = opened("rester")
    page.goto(project_of(page, "One", "Two"))
    live(page)
    title = row(page, "One").locator("[data-open]")
    assert title.evaluate("(link) => getComputedStyle(link).userSelect") == "none"
    assert title.evaluate(ASKED_FOR_MENU)
    finger = Finger(page)
    finger.lift(row(page, "One"))
    page.wait_for_timeout(HELD_MS)
    assert not title.evaluate(ASKED_FOR_MENU)
    finger.up()
    expect(page.locator(GHOST)).to_have_count(0)
    assert page.evaluate("String(getSelection())") == ""
    expect(page.locator("#panel")).to_be_hidden()


def test_the_page_follows_a_finger_at_its_edge(opened: Opened) -> None:
    page = opened("climber")
    page.goto(project_of(page, *(f"Task {number}" for number in range(40))))
    live(page)
    finger = Finger(page)
    finger.lift(row(page, "Task 1"))
    finger.go(180, 670)
    page.wait_for_function(f"() => {LIST}.bottom < 637")
    finger.over(row(page, "Task 39"), 0.9)
    finger.drop()
    expect(titles(page).last).to_have_text("Task 1")
    finger.lift(row(page, "Task 1"))
    finger.go(180, 60)
    page.wait_for_function(f"() => {LIST}.top >= 99")
    finger.over(row(page, "Task 0"), 0.1)
    finger.drop()
    expect(titles(page).first).to_have_text("Task 1")


def branch(page: Page, note: int) -> Locator:
    return page.locator(f".notes-tree [data-note='{note}']")


def link(page: Page, note: int) -> Locator:
    return branch(page, note).locator("> .note-link")


def notes(page: Page, count: int) -> list[int]:
    made = [call(page, "POST", "/api/v1/notes", {"title": f"Note {number}"})["id"] for number in range(count)]
    page.goto("/notes#notes-tree")
    page.locator(".notes-tree .is-live, .notes-tree.is-live").wait_for()
    return made


def test_a_note_goes_inside_another_and_behind_it(opened: Opened) -> None:
    page = opened("gatherer")
    one, two, three = notes(page, 3)
    finger = Finger(page)
    finger.lift(link(page, three))
    finger.over(link(page, one))
    expect(branch(page, one)).to_have_attribute("data-drop", "inside")
    finger.drop()
    expect(page.locator(f"#inside-{one} > [data-note='{three}']")).to_be_visible()
    finger.lift(link(page, two))
    finger.over(link(page, three), 0.1)
    expect(branch(page, three)).to_have_attribute("data-drop", "before")
    finger.drop()
    expect(page.locator(f"#inside-{one} > .note-branch").first).to_have_attribute("data-note", str(two))
    finger.lift(link(page, two))
    finger.over(link(page, one), 0.9)
    expect(branch(page, one)).to_have_attribute("data-drop", "after")
    finger.drop()
    expect(page.locator("#note-tree > .note-branch").last).to_have_attribute("data-note", str(two))
    link(page, two).tap()
    page.wait_for_url(f"**/notes/{two}*")


def test_the_tree_of_notes_follows_a_finger_and_takes_what_lands_below(opened: Opened) -> None:
    page = opened("treeclimber")
    made = notes(page, 40)
    order = page.locator("#note-tree > .note-branch")
    first = int(order.first.get_attribute("data-note") or 0)
    finger = Finger(page)
    finger.lift(link(page, first))
    finger.go(150, 715)
    box = page.locator("[data-tree]")
    page.wait_for_function("(box) => box.scrollTop + box.clientHeight > box.scrollHeight - 4", arg=box.element_handle())
    assert page.evaluate("scrollY") == 0
    bottom = box.bounding_box()
    assert bottom is not None
    finger.go(150, bottom["y"] + bottom["height"] - 6)
    expect(order.last).to_have_attribute("data-drop", "after")
    finger.drop()
    expect(order.last).to_have_attribute("data-note", str(first))
    assert len(made) == 40
    x, y = middle(order.nth(38))
    finger.down(order.nth(38))
    finger.go(x, y - 500 if y > 600 else y + 100)
    expect(page.locator(GHOST)).to_have_count(0)
    finger.up()


def test_a_project_goes_inside_another(opened: Opened) -> None:
    page = opened("arranger")
    for name in ("Garden", "House", "Shed"):
        call(page, "POST", f"{TASKS}/projects", {"name": name})
    page.goto("/tasks/projects")
    live(page)
    rows = page.locator("[data-project]")
    finger = Finger(page)
    finger.lift(rows.nth(2))
    finger.over(rows.nth(0))
    finger.drop()
    expect(rows.locator("[data-open]")).to_have_text(["Garden", "Shed", "House"])
    finger.lift(rows.nth(2))
    finger.over(rows.nth(0), 0.9)
    expect(rows.nth(1)).to_contain_class("is-behind")  # below all that the garden holds
    finger.over(rows.nth(0), 0.1)
    finger.drop()
    expect(rows.locator("[data-open]")).to_have_text(["House", "Garden", "Shed"])
    rows.nth(0).locator("[data-open]").tap()
    page.wait_for_url("**/board")


def test_a_rule_goes_before_another(opened: Opened) -> None:
    page = opened("ruler")
    for name in ("First", "Second"):
        condition = {"field": "title", "how": "contains", "value": name}
        call(
            page,
            "POST",
            "/api/v1/bookmarks/rules",
            {"name": name, "conditions": [condition], "actions": {"tags": ["x"]}},
        )
    page.goto("/bookmarks/rules")
    live(page)
    rules = page.locator("[data-rule]")
    finger = Finger(page)
    finger.lift(rules.nth(1).locator(".rule-title"))
    finger.over(rules.nth(0), 0.1)
    finger.drop()
    expect(rules.first).to_contain_text("Second")
    page.reload()
    expect(rules.first).to_contain_text("Second")
