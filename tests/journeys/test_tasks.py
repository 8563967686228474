"""A day with tasks by keyboard: a line is written, read, dated, renamed, ordered, finished and taken back."""

from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.journeys.accessibility import violations
from tests.journeys.furnishing import call
from tests.journeys.people import ready, register, undo


def write(page: Page, line: str) -> None:
    field = page.locator("#task-line")
    field.fill(line)
    field.press("Enter")
    expect(field).to_have_value("")


def test_a_day_with_tasks(new_context: Callable[..., BrowserContext]) -> None:
    page = register(new_context(bypass_csp=True, reduced_motion="reduce").new_page(), "tasker").page
    page.goto("/tasks?view=inbox")
    expect(page.get_by_text("Your inbox is empty")).to_be_visible()
    page.keyboard.press("q")
    field = page.locator("#task-line")
    expect(field).to_be_focused()
    page.keyboard.type("Call Mia tomorrow 9am #family p1")
    expect(page.locator("[data-line-facts] .token-chip")).to_have_count(3)
    expect(page.locator("[data-line-behind] .token-tag")).to_have_text("#family")
    assert violations(page) == []
    page.keyboard.press("Enter")
    row = page.locator("[data-task]").filter(has_text="Call Mia")
    expect(row).to_be_visible()
    expect(row.locator(".task-due")).to_contain_text("Tomorrow")
    for line in ("Second", "Third"):
        write(page, line)
        expect(page.locator("[data-task]").filter(has_text=line)).to_be_visible()

    page.keyboard.press("Escape")
    page.keyboard.press("j")
    expect(page.locator("[data-task].is-current")).to_contain_text("Call Mia")
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator("[data-task]").nth(1)).to_contain_text("Call Mia")
    expect(page.locator("[data-task].is-current")).to_contain_text("Call Mia")
    page.keyboard.press("2")
    expect(row.locator(".task-flag.priority-3")).to_be_attached()
    page.keyboard.press("t")
    page.locator("#task-dialog").get_by_role("button", name="Today", exact=True).click()
    expect(page.locator("#task-dialog")).to_be_hidden()
    expect(row.locator(".task-due")).to_contain_text("Today")

    expect(page.locator("[data-task].is-current")).to_contain_text("Call Mia")
    page.keyboard.press("e")
    rename = page.locator(".task-rename")
    expect(rename).to_be_focused()
    rename.fill("Call Mia back")
    rename.press("Enter")
    expect(page.locator("[data-task]").filter(has_text="Call Mia back")).to_be_visible()
    expect(rename).to_have_count(0)

    expect(page.locator("[data-task].is-current")).to_have_count(1)
    page.keyboard.press("Space")
    expect(page.locator("[data-task]")).to_have_count(2)
    undo(page, "Done")
    expect(page.locator("[data-task]")).to_have_count(3)


def test_a_task_is_moved_to_another_day_of_what_comes(new_context: Callable[..., BrowserContext]) -> None:
    page = register(new_context(bypass_csp=True, reduced_motion="reduce").new_page(), "scheduler").page
    page.goto("/tasks?view=inbox")
    for line in ("Dentist tomorrow 9am", "Call in 3 days"):
        write(page, line)
    page.goto("/tasks?view=upcoming")
    days = page.locator("[data-day]")
    expect(days).to_have_count(2)
    page.locator("[data-task]").filter(has_text="Dentist").hover()
    page.locator("[data-task]").filter(has_text="Dentist").locator("[data-grip]").drag_to(days.last)
    expect(days).to_have_count(1)
    expect(page.locator("[data-task]").filter(has_text="Dentist")).to_contain_text("9:00")
    page.locator("[data-toast]").last.get_by_role("button", name="Undo").click()
    expect(days).to_have_count(2)

    for key in ("j", "k"):
        page.keyboard.press(key)
    expect(page.locator("[data-task].is-current")).to_contain_text("Dentist")
    page.keyboard.press("Alt+ArrowDown")
    expect(days.first).not_to_contain_text("Tomorrow")
    expect(page.locator("[data-task].is-current")).to_contain_text("Dentist")


def test_a_tick_counts_that_meets_a_list_drawing_itself(new_context: Callable[..., BrowserContext]) -> None:
    page = register(new_context(bypass_csp=True, reduced_motion="reduce").new_page(), "hasty").page
    page.goto("/tasks?view=inbox")
    task = call(page, "POST", "/api/v1/tasks", {"title": "Write"})["id"]
    page.goto("/tasks?view=inbox")
    held: list[Route] = []
    page.route(f"**/tasks/{task}/done", lambda route: held.append(route))
    page.locator(f"#row-{task} > .row-lead [data-tick]").click()
    with page.expect_response(lambda response: response.url.endswith("view=inbox")):
        page.evaluate("window.htmx.trigger(document.body, 'list-changed')")
    page.wait_for_timeout(500)
    held[0].continue_()
    expect(page.locator(f"#row-{task}")).to_have_count(0)


def test_details_and_many_at_once(new_context: Callable[..., BrowserContext]) -> None:
    page = register(new_context(bypass_csp=True, reduced_motion="reduce").new_page(), "planner").page
    page.goto("/tasks?view=inbox")
    ids = [call(page, "POST", "/api/v1/tasks", {"title": title})["id"] for title in ("Write", "Proofread", "Print")]
    page.goto("/tasks?view=inbox")
    page.locator(f"#row-{ids[0]} [data-open]").click()
    panel = page.locator("#panel-body")
    expect(panel.get_by_role("heading", name="Write")).to_be_visible()
    ready(page)
    panel.get_by_label("Priority").select_option("4")
    expect(page.locator(f"#row-{ids[0]} .task-flag.priority-4")).to_be_attached()
    subtask = panel.locator("#subtask-line")
    subtask.fill("Find a title")
    subtask.press("Enter")
    expect(panel.locator(".task-line").filter(has_text="Find a title")).to_be_visible()
    blocker = panel.get_by_label("Find a task that comes first")
    blocker.fill("Proof")
    panel.get_by_role("button", name="Proofread").click()
    expect(page.locator(f"#row-{ids[0]} .is-blocked")).to_be_visible()
    comment = panel.get_by_label("Write a comment")
    comment.fill("Nearly there")
    panel.get_by_role("button", name="Comment", exact=True).click()
    expect(panel.locator(".task-comment")).to_contain_text("Nearly there")
    expect(comment).to_have_value("")
    assert violations(page) == []

    page.locator(f"#row-{ids[0]} > .row-lead [data-tick]").click()
    page.locator("#task-dialog").get_by_role("button", name="Keep them open").click()
    expect(page.locator(f"#row-{ids[0]}")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.locator("#panel")).to_be_hidden()

    page.locator(f"#row-{ids[1]}").hover()
    page.locator(f"#row-{ids[1]} [data-select]").check()
    page.locator(f"#row-{ids[2]} [data-select]").check()
    page.keyboard.press("p")
    page.locator("#bulk-priority").get_by_role("button", name="High").click()
    expect(page.locator("[data-task] .task-flag.priority-3")).to_have_count(2)
