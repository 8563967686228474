"""Links that stay alive: a page kept in one file from where it can do nothing, a new address, duplicates made one."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from playwright.sync_api import Page, expect

from tests.journeys.conftest import watches
from tests.journeys.furnishing import call
from tests.journeys.people import Visitor, told
from tests.journeys.server import Gunicorn

HOSTILE = """<!doctype html><title>Kept</title><body onload="document.title='ran'"><p id=words>Words worth keeping.</p>
<script>document.title = 'ran'; document.cookie; fetch('/beacon?cookie=' + document.cookie)</script>
<img src="/beacon?img" onerror="document.title='ran'"><link rel=stylesheet href="/beacon?css">
<style>body{background:url(/beacon?style)} @import url(/beacon?import);</style><iframe src="/beacon?frame"></iframe>
<form action="/beacon?form"><button id=send>Send</button></form><meta http-equiv=refresh content="1;url=/beacon?r">
<a id=go href="/beacon?link">away</a><object data="/beacon?object"></object><video autoplay src="/beacon?v">"""
PAGES = {
    "/kept": HOSTILE.encode(),
    "/new": b"<title>New</title><link rel=canonical href=/new>",
    "/article": b"<title>Article</title><link rel=canonical href=/article>",
    "/article?view=print": b"<title>Article</title><link rel=canonical href=/article>",
}


class Site(BaseHTTPRequestHandler):
    """A site of others; remembers what browsers, and not our server, have asked."""

    by_browsers: list[str] = []

    def do_GET(self) -> None:
        if "Mozilla" in self.headers.get("User-Agent", ""):
            self.by_browsers.append(self.path)
        body = PAGES.get(self.path)
        self.send_response(301 if self.path == "/old" else 200 if body else 404)
        if self.path == "/old":
            self.send_header("Location", "/new")
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body or b"")))
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, *_arguments: object) -> None:
        """Silent."""


@contextmanager
def site() -> Iterator[str]:
    Site.by_browsers = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def test_a_copy_is_shown_and_can_do_nothing(visitor: Visitor, server: Gunicorn) -> None:
    page = visitor.page
    with site() as there:
        made = call(page, "POST", "/api/v1/bookmarks", {"url": f"{there}/kept", "title": "Kept"})["id"]
        page.goto(f"/bookmarks/{made}")
        page.get_by_role("button", name="Keep a copy here").click()
        link = page.get_by_role("link", name="Copy of", exact=False)
        expect(link).to_be_visible(timeout=60_000)
        file = f"{link.get_attribute('href')}/file"
        link.click()
        frame = page.frame_locator("iframe.copy-frame")
        expect(frame.locator("#words")).to_have_text("Words worth keeping.")
        _stays_harmless(page, file, cleaned=True)

        # The same without any cleaning: the frame and the file's own policy hold alone.
        for path in (server.data / "blobs").rglob("*"):
            if path.is_file() and b"Words worth keeping" in path.read_bytes():
                path.write_text(HOSTILE.replace("/beacon", f"{there}/beacon"))
        page.context.new_cdp_session(page).send("Network.clearBrowserCache")
        page.goto(f"{file.removesuffix('/file')}?again")
        expect(page.frame_locator("iframe.copy-frame").locator("#words")).to_have_text("Words worth keeping.")
        _stays_harmless(page, file, cleaned=False)
        assert [path for path in Site.by_browsers if "beacon" in path] == []
        # What the browser tells is what it has kept the file from.
        told = watches[page.context].take()
        assert any("Blocked script execution" in line for line in told)


def _stays_harmless(page: Page, file: str, *, cleaned: bool) -> None:
    """In the frame and opened alone: no script has run, none can read the cookie."""
    inside = next(each for each in page.frames if each.url.endswith("/file"))
    assert inside.title() == "Kept"
    assert ("document.cookie" in inside.content()) is not cleaned
    assert inside.evaluate("window.origin") == "null"
    alone = page.context.new_page()
    alone.goto(f"{file}?alone")
    assert alone.title() == "Kept"
    assert alone.evaluate("window.origin") == "null"
    assert alone.evaluate("(() => { try { return document.cookie } catch { return 'refused' } })()") == "refused"
    alone.wait_for_timeout(1_500)
    assert alone.url.endswith("?alone")
    alone.close()


def test_a_page_that_has_moved_gets_its_new_address_and_its_old_one_back(visitor: Visitor) -> None:
    page = visitor.page
    with site() as there:
        made = call(page, "POST", "/api/v1/bookmarks", {"url": f"{there}/old", "title": "Moved"})["id"]
        page.goto(f"/bookmarks/{made}")
        page.get_by_role("button", name="Check now").click()
        expect(page.get_by_text("This page has moved for good")).to_be_visible(timeout=90_000)
        page.goto("/bookmarks/links")
        row = page.locator("#list [data-row]")
        expect(row).to_contain_text("/new")
        page.get_by_role("button", name="Take all new addresses").click()
        toast = told(page, "1 bookmark has its new address")
        expect(row).to_have_count(0)
        assert call(page, "GET", f"/api/v1/bookmarks/{made}")["url"] == f"{there}/new"
        toast.get_by_role("button", name="Undo").click()
        told(page, "as before")
        assert call(page, "GET", f"/api/v1/bookmarks/{made}")["url"] == f"{there}/old"


def test_two_addresses_of_one_page_become_one_and_two_again(visitor: Visitor) -> None:
    page = visitor.page
    with site() as there:
        first = {"url": f"{there}/article", "tags": ["one"], "notes": "First note"}
        second = {"url": f"{there}/article?view=print", "tags": ["two"], "notes": "Second note", "favourite": True}
        ids = [call(page, "POST", "/api/v1/bookmarks", each)["id"] for each in (first, second)]
        for made in ids:
            page.goto(f"/bookmarks/{made}")
            expect(page.get_by_role("heading", name="Article", exact=True)).to_be_visible(timeout=60_000)
    page.goto("/bookmarks/duplicates")
    card = page.locator(".twin-card")
    expect(card).to_have_count(1)
    expect(card.locator(".twin-result")).to_contain_text("Second note")
    card.get_by_role("radio").nth(1).check()
    # The server draws the card again, with what would become of both then.
    expect(card.get_by_role("radio").nth(1)).to_have_attribute("checked", "")
    card.get_by_role("button", name="Merge").click()
    toast = told(page, "Merged")
    expect(card).to_have_count(0)
    [left] = call(page, "GET", "/api/v1/bookmarks")["items"]
    assert sorted(tag["name"] for tag in left["tags"]) == ["one", "two"]
    assert left["favourite"]
    toast.get_by_role("button", name="Undo").click()
    expect(card).to_have_count(1)
    assert len(call(page, "GET", "/api/v1/bookmarks")["items"]) == 2
