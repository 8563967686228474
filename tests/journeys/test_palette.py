"""The palette by keyboard alone: a place, a thing, nothing found, and out again."""

from collections.abc import Callable

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
    expect(options).to_have_count(1)
    expect(options.first).to_contain_text("Add this task")
    keyboard.press("Escape")
    expect(page.locator("#palette")).not_to_be_visible()


def test_a_pasted_address_is_saved_from_the_palette(visitor: Visitor) -> None:
    page = visitor.page
    address = f"http://127.0.0.1:9/{'long/' * 350}end"
    option = page.locator("#palette-list [role=option]").first

    page.keyboard.press("Control+k")
    page.keyboard.insert_text(address)
    expect(option).to_contain_text("Save this page")
    page.keyboard.press("Enter")
    expect(page.locator("[data-toast]")).to_contain_text("Added:")
    expect(page.locator("#quick-add")).not_to_be_visible()
    assert call(page, "GET", "/api/v1/bookmarks")["items"][0]["url"] == address

    page.keyboard.press("Control+k")
    page.keyboard.insert_text("http://127.0.0.1:9/short")
    expect(option).to_contain_text("A bookmark of 127.0.0.1")
    page.keyboard.press("Enter")
    expect(page.locator("[data-toast]").last).to_contain_text("Added: http://127.0.0.1:9/short")
    page.keyboard.press("Control+k")
    page.keyboard.insert_text("http://127.0.0.1:9/short")
    expect(option).to_contain_text("Already saved")
    page.keyboard.press("Enter")
    expect(page.locator("[data-toast]").last).to_contain_text("Already there")


def test_what_the_palette_cannot_add_stands_in_quick_add(visitor: Visitor, allow: Callable[..., None]) -> None:
    page = visitor.page
    allow(page, 503)
    page.route("**/quick-add", lambda route: route.fulfill(status=503, body="busy"))
    page.keyboard.press("Control+k")
    page.keyboard.insert_text("http://127.0.0.1:9/unlucky")
    expect(page.locator("#palette-list [role=option]").first).to_contain_text("Save this page")
    page.keyboard.press("Enter")
    expect(page.locator("#quick-add textarea")).to_have_value("http://127.0.0.1:9/unlucky")
    expect(page.locator("#quick-add [role=alert]")).to_be_visible()


def test_places_by_two_keys_and_the_list_of_keys(visitor: Visitor) -> None:
    page = visitor.page
    page.locator("body").press("?")
    expect(page.locator("#help")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#help")).to_be_hidden()
    # Both within the moment for which the first one counts.
    page.evaluate(
        "for (const key of ['g', 's']) document.body.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true}))"
    )
    page.wait_for_url("**/settings/profile")
