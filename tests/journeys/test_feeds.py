"""A feed found by the address of its site, subscribed to, left and brought back; and a list that goes out."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import expect

from tests.feeds.samples import PAGE, item, rss
from tests.journeys.people import Visitor

ENTRIES = 14


class Site(BaseHTTPRequestHandler):
    """A site with a page that names its feed, and entries that are no pages."""

    def do_GET(self) -> None:
        pages = {
            "/": ("text/html", PAGE),
            "/feed.xml": ("application/rss+xml", rss([item(n, link=f"{self._base()}/{n}") for n in range(ENTRIES)])),
        }
        kind, body = pages.get(self.path, ("text/html", "<title>An entry</title>"))
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_arguments: object) -> None:
        """Silent."""

    def _base(self) -> str:
        return f"http://{self.headers['Host']}"


@pytest.fixture
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def test_subscribe_leave_and_come_back(visitor: Visitor, site: str) -> None:
    page = visitor.page
    page.goto("/feeds")
    expect(page.get_by_text("Let the news come to you")).to_be_visible()
    page.get_by_role("link", name="Subscribe to a feed").first.click()
    page.get_by_label("Address of the site or of its feed").fill(site)
    page.get_by_role("button", name="Look").click()
    expect(page.get_by_role("heading", name="A journal")).to_be_visible()
    expect(page.locator(".feed-newest li")).to_have_count(5)

    page.get_by_role("button", name="Subscribe").click()
    page.wait_for_url("**/feeds/*")
    expect(page.locator("#list [data-row]")).to_have_count(10 + ENTRIES - 10, timeout=30_000)
    expect(page.get_by_text("10 bookmarks saved")).to_be_visible()
    page.get_by_role("link", name="Entry 0").click()
    expect(page.get_by_role("heading", name="Entry 0")).to_be_visible()

    page.goto("/feeds")
    page.locator("#list [data-row]").hover()
    page.get_by_role("button", name="Unsubscribe").click()
    expect(page.locator("#list [data-row]")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#list [data-row]")).to_contain_text(["A journal"])


def test_a_list_goes_out(visitor: Visitor) -> None:
    page = visitor.page
    page.goto("/feeds/out")
    page.get_by_label("Name").fill("For my reader")
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("Your feed is published")).to_be_visible()
    address = page.locator(".secret code").first.inner_text()
    answer = page.request.get(address)
    assert answer.status == 200
    assert "<title>For my reader</title>" in answer.text()
    page.get_by_role("button", name="Revoke").click()
    expect(page.get_by_text("Nothing is published.")).to_be_visible()
    assert page.request.get(address).status == 404
