"""With JavaScript blocked: reading, signing in, saving and changing still work; and what a page weighs."""

import gzip
import re
from collections.abc import Callable
from urllib.request import Request, urlopen

from playwright.sync_api import BrowserContext, expect

from tests.journeys.people import Visitor, sign_in
from tests.servers import Gunicorn

HEAVIEST = 150 * 1024


def test_reading_signing_in_and_saving(visitor: Visitor, new_context: Callable[..., BrowserContext]) -> None:
    page = new_context(java_script_enabled=False).new_page()
    sign_in(page, visitor.name)
    page.wait_for_url("**/")
    page.goto("/bookmarks/new")
    page.get_by_label("Address").fill("http://127.0.0.1:9/plain")
    page.get_by_label("Title").fill("Plain reading")
    page.get_by_role("button", name="Save bookmark").click()
    expect(page.get_by_role("heading", name="Plain reading")).to_be_visible()
    page.get_by_role("link", name="Edit", exact=True).click()
    page.get_by_label("Title").fill("Plain writing")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", name="Plain writing")).to_be_visible()
    page.goto("/bookmarks")
    expect(page.locator("#list")).to_contain_text("Plain writing")
    page.goto("/palette?q=plain")
    expect(page.get_by_role("link", name="Plain writing").or_(page.get_by_text("Plain writing")).first).to_be_visible()
    page.goto("/settings/preferences")
    page.get_by_label("Dark", exact=True).check(force=True)
    page.get_by_role("button", name="Save").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.goto("/tags/new")
    page.get_by_label("Name").fill("quiet")
    with page.expect_navigation():
        page.locator("main form button[type=submit]").first.click()
    page.goto("/tags")
    expect(page.get_by_text("quiet", exact=True)).to_be_visible()


def test_the_first_page_is_light(visitor: Visitor, server: Gunicorn) -> None:
    """The page and all that its head and frame load, compressed as it is sent."""
    html = visitor.page.goto("/bookmarks")
    assert html is not None
    text = html.text()
    names = set(re.findall(r'(?:href|src)="(/static/[^"#]+)', text))
    assert len(names) >= 3
    parts = {name: _sent_bytes(server.url + name) for name in names} | {"page": len(gzip.compress(text.encode()))}
    assert sum(parts.values()) < HEAVIEST, parts


def _sent_bytes(address: str) -> int:
    with urlopen(Request(address, headers={"Accept-Encoding": "gzip"}), timeout=20) as answer:
        return len(answer.read())
