"""Linking by keyboard: a page with a highlight, from the picker and back."""

from collections.abc import Callable

from playwright.sync_api import BrowserContext, expect

from tests.journeys.accessibility import violations
from tests.journeys.furnishing import call
from tests.journeys.people import ready, register


def test_a_page_is_linked_by_keyboard_and_parted_again(new_context: Callable[..., BrowserContext]) -> None:
    page = register(new_context(bypass_csp=True).new_page(), "linker").page
    page.goto("/bookmarks")
    one, other = (
        call(page, "POST", "/api/v1/bookmarks", {"url": f"http://127.0.0.1:9/{name}", "title": name})["id"]
        for name in ("Gardens", "Soil")
    )
    words = call(page, "POST", f"/api/v1/bookmarks/{other}/highlights", {"quote": "Never leave soil bare"})["id"]

    page.goto(f"/bookmarks/{one}")
    opener = page.locator(".linked-tool > summary").first
    expect(opener).to_be_visible()
    ready(page)
    opener.press("Enter")
    field = page.get_by_role("combobox", name="What to link")
    expect(field).to_be_focused()
    field.fill("never leave")
    expect(page.locator(f"#linked-option-{words}")).to_have_attribute("aria-selected", "true")
    # The page is found by what was marked on it, too.
    expect(page.locator(".linked-options [role=option]")).to_have_count(2)
    assert violations(page) == []
    field.press("Enter")
    expect(page.locator(".linked-row")).to_have_count(1)
    expect(page.locator(".linked-title")).to_have_text("Never leave soil bare")
    expect(page.locator(".linked-tool > summary").first).to_be_focused()

    page.goto("/bookmarks/highlights")
    page.locator(f'a[href$="/objects/{words}/linked"]').click()
    row = page.locator("#panel-body .linked-row")
    expect(row.locator(".linked-title")).to_have_text("Gardens")
    row.hover()
    row.get_by_role("button", name="Unlink Gardens").click()
    expect(row).to_have_count(0)
    page.locator("[data-toast]").get_by_role("button", name="Undo").click()
    expect(row).to_have_count(1)
