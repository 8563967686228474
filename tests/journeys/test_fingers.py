"""On a phone: what a mouse finds by hovering is there for fingers too, and nothing is squeezed out of reach."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.fingers import PHONE
from tests.journeys.furnishing import LONG_WORD, call
from tests.journeys.people import Visitor, sign_in


@pytest.fixture
def phone(visitor: Visitor, new_context: Callable[..., BrowserContext]) -> Page:
    page = new_context(**PHONE).new_page()
    sign_in(page, visitor.name)
    page.wait_for_url("**/")
    return page


def save(page: Page, number: int, **more: object) -> int:
    made = call(
        page, "POST", "/api/v1/bookmarks", {"url": f"http://127.0.0.1:9/{number}", "title": f"Page {number}", **more}
    )
    return int(made["id"])


def test_something_is_brought_back_from_the_trash(phone: Page) -> None:
    call(phone, "DELETE", f"/api/v1/bookmarks/{save(phone, 1)}")
    phone.goto("/trash")
    phone.get_by_role("button", name="Bring back").first.tap()
    expect(phone.get_by_text("The trash is empty")).to_be_visible()


def test_several_are_marked(phone: Page) -> None:
    for number in range(3):
        save(phone, number)
    phone.goto("/bookmarks")
    boxes = phone.locator("[data-select]")
    expect(boxes.first).to_have_css("opacity", "0")
    phone.locator(".page-tools summary").first.tap()
    phone.get_by_role("button", name="Mark several").tap()
    expect(boxes.first).to_have_css("opacity", "1")
    boxes.nth(0).tap()
    boxes.nth(2).tap()
    expect(phone.locator("[data-bulk-count]")).to_have_text("2")
    bar = phone.locator("[data-bulk]")
    assert bar.evaluate("(bar) => bar.scrollWidth - bar.clientWidth") <= 0
    phone.get_by_role("button", name="Clear marks").tap()
    expect(boxes.first).to_have_css("opacity", "0")


def test_a_filter_with_a_long_name_can_be_taken_away(phone: Page) -> None:
    made = call(phone, "POST", "/api/v1/bookmarks/collections", {"name": LONG_WORD})["id"]
    save(phone, 1, collection_ids=[made])
    phone.goto(f"/bookmarks?collection={made}")
    box = phone.locator(".chip-remove").bounding_box()
    assert box is not None
    assert box["width"] >= 12
    assert box["x"] + box["width"] < 360
    phone.locator(".chip-remove").tap()
    phone.wait_for_url("**/bookmarks")


@pytest.mark.parametrize("path", ["/settings/sessions", "/settings/data", "/settings/account"])
def test_the_current_tab_is_in_view(phone: Page, path: str) -> None:
    phone.goto(path)
    box = phone.locator(".tabs [aria-current=page]").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360


def test_a_table_is_read_without_scrolling_sideways(phone: Page) -> None:
    phone.goto("/settings/sessions")
    table = phone.locator(".table-wrap")
    assert table.evaluate("(table) => table.scrollWidth - table.clientWidth") <= 0
    expect(phone.get_by_role("button", name="Sign out", exact=True).last).to_be_in_viewport()
