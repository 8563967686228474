"""Making a rule from a bookmark, seeing what it would do, applying it, taking it back; the numbers; the keyboard."""

from playwright.sync_api import Page, expect

from tests.journeys.furnishing import call
from tests.journeys.people import Visitor, ready, undo


def test_a_rule_is_tried_saved_applied_and_taken_back(visitor: Visitor) -> None:
    page = visitor.page
    for number in range(3):
        body = {"url": f"http://127.0.0.1:9/{number}", "title": f"Bread number {number}", "unread": True}
        call(page, "POST", "/api/v1/bookmarks", body)
    page.goto("/bookmarks/rules/new?site=127.0.0.1")
    trial = page.locator("#trial")
    expect(trial).to_contain_text("Choose at least one thing")
    page.get_by_role("button", name="Add a condition").click()
    page.get_by_label("What is looked for").nth(1).fill("bréad number 1")
    page.get_by_label("Favourite").check()
    expect(trial).to_contain_text("1 bookmark matches")
    expect(trial).to_contain_text("mark as favourite")
    page.get_by_role("button", name="Remove condition 2").click()
    expect(trial).to_contain_text("3 bookmarks match")

    page.get_by_role("button", name="Save").click()
    trial.get_by_role("button", name="Apply to the existing 3").click()
    runs = page.locator("#rule-runs")
    expect(runs).to_contain_text("3 bookmarks were changed")
    runs.get_by_role("button", name="Undo").click()
    expect(runs).to_contain_text("Taken back")


def test_rules_are_arranged_and_deleted_by_keyboard(visitor: Visitor) -> None:
    page = visitor.page
    for name in ("First", "Second"):
        _make(page, name)
    page.goto("/bookmarks/rules")
    rules = page.locator("[data-rule]")
    expect(rules).to_have_count(2)
    page.get_by_role("button", name="Earlier: Second").press("Enter")
    expect(rules.first).to_contain_text("Second")
    ready(page)
    with page.expect_response(lambda response: response.request.method == "POST"):
        rules.nth(1).locator("[data-grip]").drag_to(rules.first)
    expect(rules.first).to_contain_text("First")
    page.reload()
    expect(rules.first).to_contain_text("First")
    page.get_by_role("button", name="Delete: First").press("Enter")
    expect(rules).to_have_count(1)
    undo(page, "The rule was deleted.")
    expect(rules).to_have_count(2)


def test_the_numbers_are_drawn(visitor: Visitor) -> None:
    page = visitor.page
    call(page, "POST", "/api/v1/bookmarks", {"url": "http://127.0.0.1:9/x", "title": "x", "unread": True})
    page.goto("/bookmarks/statistics")
    expect(page.locator(".chart canvas")).to_have_count(2)
    page.get_by_text("The same as a table").click()
    expect(page.locator("[data-weeks] tbody tr")).to_have_count(26)


def _make(page: Page, name: str) -> None:
    test = {"field": "title", "how": "contains", "value": name}
    call(page, "POST", "/api/v1/bookmarks/rules", {"name": name, "conditions": [test], "actions": {"favourite": True}})
