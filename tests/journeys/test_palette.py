"""The palette by keyboard alone: a place, a thing, nothing found, and out again."""

from playwright.sync_api import expect

from tests.journeys.furnishing import call
from tests.journeys.people import Visitor


def test_palette_by_keyboard(visitor: Visitor) -> None:
    page = visitor.page
    call(page, "POST", "/api/v1/bookmarks", {"url": "http://127.0.0.1:9/sea", "title": "Lighthouses of the north sea"})
    keyboard = page.keyboard
    field, options = page.locator(".palette-input"), page.locator("#palette-list [role=option]")

    keyboard.press("Control+k")
    expect(field).to_be_focused()
    keyboard.type("lighthouse")
    expect(options.first).to_contain_text("Lighthouses of the north sea")
    keyboard.press("Enter")
    page.wait_for_url("**/bookmarks/*")
    expect(page.get_by_role("heading", name="Lighthouses of the north sea")).to_be_visible()

    keyboard.press("Control+k")
    keyboard.type("devices")
    expect(options.first).to_contain_text("Devices")
    keyboard.press("ArrowDown")
    keyboard.press("ArrowUp")
    expect(options.first).to_have_attribute("aria-selected", "true")
    keyboard.press("Enter")
    page.wait_for_url("**/settings/sessions")

    keyboard.press("Control+k")
    keyboard.type("zzzz nothing has this name")
    expect(page.locator(".palette-none")).to_be_visible()
    keyboard.press("Escape")
    expect(page.locator("#palette")).not_to_be_visible()


def test_places_by_two_keys_and_the_list_of_keys(visitor: Visitor) -> None:
    page = visitor.page
    page.locator("body").press("?")
    expect(page.locator("#help")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("g")
    page.keyboard.press("s")
    page.wait_for_url("**/settings/profile")
