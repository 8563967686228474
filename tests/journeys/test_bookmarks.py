"""Saving a page, finding it, editing it in two tabs at once, throwing it away and taking it back."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.journeys.people import Visitor, told

ADDRESS = "http://127.0.0.1:9/a-page-of-mine"


def test_quick_add_edit_trash_and_undo(visitor: Visitor) -> None:
    page = visitor.page
    _quick_add(page, ADDRESS)
    page.goto("/bookmarks")
    rows = page.locator("#list [data-row]")
    expect(rows).to_have_count(1)

    rows.first.locator("a").first.click()
    panel = page.locator("#panel")
    panel.get_by_role("link", name="Edit").click()
    panel.get_by_label("Title").fill("Mine by now")
    panel.get_by_role("button", name="Save").click()
    expect(panel.get_by_role("heading", name="Mine by now")).to_be_visible()
    expect(rows.first).to_contain_text("Mine by now")

    panel.get_by_role("button", name="Move to the trash").click()
    toast = told(page, "Moved to the trash")
    expect(rows).to_have_count(0)
    toast.get_by_role("button", name="Undo").click()
    expect(rows).to_have_count(1)


def test_two_tabs_that_edit_the_same(visitor: Visitor, allow: Callable[..., None]) -> None:
    first = visitor.page
    _quick_add(first, ADDRESS)
    first.goto("/bookmarks")
    address = str(first.locator("#list [data-row] a").first.get_attribute("href"))
    second = first.context.new_page()
    for tab in (first, second):
        tab.goto(f"{address}/edit")
    _save_notes(first, "what the first tab wrote")
    expect(first.get_by_text("what the first tab wrote")).to_be_visible()

    allow(second, 422)
    _save_notes(second, "what the second tab wrote")
    clash = second.locator("[role=alert][data-conflict]")
    expect(clash).to_contain_text("what the first tab wrote")
    expect(clash).to_contain_text("what the second tab wrote")
    with second.expect_response(lambda response: response.request.method == "POST" and response.ok):
        clash.get_by_role("button", name="Keep mine").click()
    expect(clash).to_have_count(0)
    second.goto(address)
    expect(second.get_by_text("what the second tab wrote")).to_be_visible()


def _quick_add(page: Page, text: str) -> None:
    page.locator("body").press("n")
    field = page.locator("#quick-add").get_by_label("What to add")
    field.fill(text)
    expect(page.locator("#quick-add-preview")).to_contain_text("bookmark", ignore_case=True)
    with page.expect_response(lambda response: response.request.method == "POST" and "/quick-add" in response.url):
        field.press("Enter")
    expect(page.locator("#quick-add")).not_to_be_visible()


def _save_notes(tab: Page, text: str) -> None:
    form = tab.locator("#edit-form")
    form.get_by_label("Notes").fill(text)
    form.get_by_role("button", name="Save").click()
