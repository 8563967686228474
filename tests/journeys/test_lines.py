"""A line names a project that is not there: the preview says so, and makes it with one press."""

from collections.abc import Callable

from playwright.sync_api import BrowserContext, expect

from tests.journeys.accessibility import violations
from tests.journeys.people import register


def test_a_missing_project_is_told_and_made(new_context: Callable[..., BrowserContext]) -> None:
    page = register(new_context(bypass_csp=True, reduced_motion="reduce").new_page(), "lineliner").page
    page.goto("/tasks?view=inbox")
    page.keyboard.press("q")
    field, hint = page.locator("#task-line"), page.locator(".task-add-hint")
    expect(field).to_be_focused()
    page.keyboard.type("Buy eggs +Errands")
    expect(hint).to_contain_text("No project named “Errands”: it stays in the title")
    assert violations(page) == []
    hint.get_by_role("button", name="Make it").click()
    expect(page.locator("[data-toast]")).to_contain_text("The project “Errands” is there now.")
    expect(page.locator("[data-line-facts] .token-project")).to_have_text("Errands")
    expect(hint).to_have_count(0)
    expect(field).to_be_focused()
    field.press("Enter")
    expect(field).to_have_value("")
    page.goto("/tasks?view=all")
    row = page.locator("[data-task]").filter(has_text="Buy eggs")
    expect(row.locator(".task-project").last).to_have_text("Errands")
