"""Nothing moves under the pointer, and long lists of choices can be narrowed by typing."""

from playwright.sync_api import expect

from tests.journeys.furnishing import call
from tests.journeys.people import Visitor


def test_a_row_stays_as_it_is_under_the_pointer(visitor: Visitor) -> None:
    page = visitor.page
    tags = ["one", "two", "three/four", "five", "a rather long tag"]
    body = {"url": "http://127.0.0.1:9/steady", "title": "A page " * 30, "tags": tags, "unread": True}
    call(page, "POST", "/api/v1/bookmarks", body)
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto("/bookmarks")
    parts = page.locator("#list .row-title, #list .row-sub, #list .row-tags, #list [data-row]")
    places = "(parts) => parts.map((part) => JSON.stringify(part.getBoundingClientRect()))"
    before = parts.evaluate_all(places)
    page.locator("#list [data-row]").hover()
    expect(page.locator("#list .row-actions")).to_be_visible()
    assert parts.evaluate_all(places) == before


def test_a_collection_among_many_is_found_by_typing(visitor: Visitor) -> None:
    page = visitor.page
    for number in range(14):
        call(page, "POST", "/api/v1/bookmarks/collections", {"name": f"Collection {number}"})
    call(page, "POST", "/api/v1/bookmarks/collections", {"name": "Café"})
    page.goto("/bookmarks/new")
    page.locator("main").get_by_label("Collection 3").check()
    field = page.get_by_role("searchbox", name="Find a collection")
    field.fill("cafe")
    expect(page.locator(".bookmark-choices label:visible")).to_have_text(["Café", "Collection 3"])
    field.press("Enter")
    expect(page.locator("main").get_by_label("Café")).to_be_checked()
    page.get_by_label("Address").fill("http://127.0.0.1:9/found")
    page.get_by_role("button", name="Save bookmark").click()
    expect(page.locator("#panel").get_by_role("link", name="Café")).to_be_visible()
