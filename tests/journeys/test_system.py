"""The system page of an administrator: figures that come by themselves, charts by keyboard or as a table."""

import os
import re

from playwright.sync_api import Page, expect

from tests.redis import SERVER as REDIS

FIRST_FIGURES_MS = 40_000


def test_figures_come_by_themselves(administrator: Page) -> None:
    page = administrator
    page.goto("/admin")
    page.get_by_role("navigation", name="Administration").get_by_role("link", name="System").click()
    if not os.environ.get(REDIS):
        expect(page.get_by_text("Redis is not used, and nothing is missing.")).to_be_visible()
    expect(page.get_by_role("heading", name="Everything is well")).to_be_visible(timeout=FIRST_FIGURES_MS)
    row = page.locator("#system-nodes tbody tr").first
    expect(row).to_contain_text("Serves pages")
    page.locator("#system-nodes").focus()
    with page.expect_response(lambda response: response.url.endswith("/admin/system"), timeout=FIRST_FIGURES_MS):
        pass
    page.wait_for_timeout(500)
    assert page.evaluate("document.activeElement.id") == "system-nodes", "the keyboard's place survives"


def test_charts_are_drawn_and_walked_by_keyboard(administrator: Page) -> None:
    page = administrator
    page.goto("/admin/system")
    requests = page.locator("figure", has=page.get_by_role("heading", name="Requests a second"))
    expect(requests.locator("canvas")).to_be_visible()
    expect(requests.locator(".chart-value").first).to_have_text(re.compile(r"\d"), timeout=FIRST_FIGURES_MS)
    requests.locator(".chart-plot").focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    expect(requests.locator(".chart-value").first).to_have_attribute("title", re.compile(r":\d\d"))
    page.keyboard.press("Tab")

    page.get_by_role("link", name="Last day").click()
    page.wait_for_url("**span=day")
    page.get_by_text("The same as a table").click()
    expect(page.get_by_role("region", name="The figures of the charts").locator("tbody tr").first).to_be_visible()


def test_colours_follow_the_theme(administrator: Page) -> None:
    page = administrator
    page.goto("/admin/system")
    expect(page.locator("figure canvas").first).to_be_visible()
    pixels = "() => document.querySelector('figure canvas').toDataURL()"
    page.emulate_media(color_scheme="light")
    page.wait_for_timeout(300)
    light = page.evaluate(pixels)
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(f"(light) => ({pixels})() !== light", arg=light)
