"""Reading a saved page: prepared in the background, set as one likes, left in the middle and found again there."""

import re
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.bookmarks.articles.pages import paragraphs, rich_body, site
from tests.journeys.furnishing import call
from tests.journeys.people import Visitor, ready, sign_in
from tests.servers import until

FETCHED_SECONDS = 60.0
PAGES = {"/mill": site(rich_body() + paragraphs(30)), "/short": site(paragraphs(3), title="A short one")}


class _Site(BaseHTTPRequestHandler):
    """Somebody's site with two articles."""

    def do_GET(self) -> None:
        body = PAGES.get(self.path, "").encode()
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments: object) -> None:
        """Its visitors are nobody's business."""


@pytest.fixture
def site_url() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_reading_a_saved_page(visitor: Visitor, site_url: str, new_context: Callable[..., BrowserContext]) -> None:
    page = visitor.page
    ids = {name: _saved(page, f"{site_url}/{name}") for name in ("short", "mill")}
    page.goto("/bookmarks")
    page.locator(f"#row-{ids['mill']}").hover()
    page.locator(f"#row-{ids['mill']}").get_by_role("link", name="Read here").click()

    article = page.locator("#article")
    expect(article.get_by_role("heading", name="Its history")).to_be_visible()
    ready(page)
    _set(page)
    _read_to(page, 0.5)
    page.keyboard.press("j")
    expect(page.get_by_role("heading", name="A short one")).to_be_visible()
    ready(page)
    page.keyboard.press("k")
    page.wait_for_url(f"**/{ids['mill']}/read**")
    page.wait_for_function("scrollY > 400")

    _turn(page)
    page.goto("/bookmarks")
    expect(page.locator(f"#row-{ids['mill']} .row-percent")).to_contain_text("%")
    page.goto("/")
    expect(page.get_by_role("heading", name="Continue reading")).to_be_visible()
    _on_another_device(new_context, visitor.name, ids["mill"])


def _saved(page: Page, url: str) -> int:
    bookmark_id: int = call(page, "POST", "/api/v1/bookmarks", {"url": url, "unread": True})["id"]
    article = f"/api/v1/bookmarks/{bookmark_id}/article"
    until(lambda: call(page, "GET", article)["state"] == "done", FETCHED_SECONDS, "the article of a saved page")
    return bookmark_id


def _set(page: Page) -> None:
    page.get_by_label("How the text looks").click()
    menu = page.locator(".reader-menu")
    for name in ("Sepia", "Book", "Wide"):
        menu.get_by_text(name, exact=True).click()
    expect(menu.locator("[data-save-status]")).to_have_attribute("data-state", "saved")
    expect(page.locator(".reader")).to_have_attribute("data-look", "sepia")
    page.keyboard.press("Escape")


def _read_to(page: Page, fraction: float) -> None:
    with page.expect_response(lambda response: "/progress" in response.url):
        page.evaluate("(part) => scrollTo(0, (document.body.scrollHeight - innerHeight) * part)", fraction)


def _turn(page: Page) -> None:
    """As a phone is turned: the lines break elsewhere, the place stays."""
    ready(page)
    percent = page.locator("[data-reader-percent]")
    expect(percent).to_have_text(re.compile(r"\d"))
    before = int((percent.text_content() or "0").rstrip(" %"))
    page.set_viewport_size({"width": 600, "height": 900})
    page.wait_for_function("innerWidth === 600")
    for _turn in range(2):
        page.evaluate("() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)))")
    after = int((percent.text_content() or "0").rstrip(" %"))
    page.set_viewport_size({"width": 1280, "height": 720})
    assert abs(after - before) <= 3, (before, after)


def _on_another_device(new_context: Callable[..., BrowserContext], name: str, bookmark_id: int) -> None:
    page = new_context().new_page()
    sign_in(page, name)
    page.wait_for_url("**/")
    page.goto(f"/bookmarks/{bookmark_id}/read")
    page.wait_for_function("scrollY > 400")
    expect(page.locator(".reader")).to_have_attribute("data-font", "serif")
