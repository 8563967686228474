"""Tasks from a table with chosen columns and back, a calendar at a secret address, and the line on the home page."""

import itertools
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.accessibility import violations
from tests.journeys.furnishing import call
from tests.journeys.people import Visitor, register

LONG = "W" + "o" * 200 + "rd"
ROWS = "What,Due date,Where,Labels\n" + "".join(
    f"{title},{1 + number % 28}/12/2026,{('House', 'Garden')[number % 2]},#home\n"
    for number, title in enumerate(["Pay the rent", "", LONG, "שלום", *(f"Task {each}" for each in range(60))])
)

_numbers = itertools.count(1)


@pytest.fixture
def visitor(new_context: Callable[..., BrowserContext]) -> Visitor:
    """Whose page may be asked for what is hard to use in it."""
    return register(new_context(bypass_csp=True).new_page(), f"planner{next(_numbers)}")


def test_a_table_becomes_tasks_and_goes_again(visitor: Visitor, tmp_path: Path) -> None:
    page, file = visitor.page, tmp_path / "tasks.csv"
    file.write_text(ROWS, encoding="utf-8")
    page.goto("/tasks/import")
    page.set_input_files("input[type=file]", file)
    page.get_by_role("button", name="Look into the file").click()

    expect(page.get_by_text("What do the columns hold?")).to_be_visible()
    look(page, "columns")
    page.get_by_label("What the column Where holds").select_option("project")
    page.get_by_role("button", name="Show what becomes of it").click()

    save = page.get_by_role("button", name="Save 63 tasks")
    expect(save).to_be_visible()
    expect(page.locator("#report .import-row").first).to_be_visible()
    look(page, "checked")
    page.get_by_role("link", name="Damaged").click()
    expect(page.get_by_text("It has no title.")).to_be_visible()
    save.click()
    expect(page.get_by_text("63 tasks were saved.")).to_be_visible(timeout=60_000)
    page.goto("/tasks/export")
    expect(page.get_by_text("63 tasks")).to_be_visible()
    look(page, "export")
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV", exact=True).click()
    assert "Pay the rent" in download.value.path().read_text(encoding="utf-8-sig")
    page.goto("/tasks/import")
    page.get_by_role("link", name="tasks.csv").click()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("63 tasks are in the trash.")).to_be_visible(timeout=60_000)


def test_a_calendar_is_published_shown_once_and_revoked(visitor: Visitor) -> None:
    page = visitor.page
    page.goto("/tasks/calendars")
    page.get_by_label("Name", exact=True).fill("Phone")
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("Your calendar is published")).to_be_visible()
    look(page, "calendars")
    address = page.locator(".secret code").inner_text()
    answer = page.request.get(address)
    assert (answer.status, answer.headers["content-type"]) == (200, "text/calendar; charset=utf-8")
    page.get_by_role("button", name="Revoke").click()
    expect(page.get_by_text("Nothing is published.")).to_be_visible()


def test_the_line_at_home_says_what_it_becomes(visitor: Visitor) -> None:
    page = visitor.page
    call(page, "POST", "/api/v1/tasks/projects", {"name": "Errands"})
    line = page.locator("#home-capture-text")
    line.fill("Buy milk today 23:30 #food p1 +Errands")
    told = page.locator(".home-capture-preview")
    expect(told).to_contain_text("Task: Buy milk · ")
    expect(told).to_contain_text("Today")
    expect(told).to_contain_text("Errands")
    line.fill("https://example.org/page")
    expect(told).to_contain_text("A bookmark of example.org")
    line.fill("Buy milk today 23:30 #food p1 +Errands")
    expect(told).to_contain_text("Task: Buy milk")
    line.press("Enter")
    expect(page.locator("#card-tasks-due").get_by_text("Buy milk")).to_be_visible()
    expect(line).to_have_value("")
    look(page, "home")


def look(page: Page, _name: str) -> None:
    """Nothing is hard to use, and nothing sticks out of a narrow window."""
    assert violations(page) == []
    for width in (360, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
