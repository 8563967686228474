"""The browser extension in a real Chromium, beside a small site whose pages it saves.

Browsers ask a person before an extension reaches a server or sees addresses of tabs, and nobody can press that button
here: so the copy that is loaded has those two rights from the start. Everything else is as it is delivered."""

import json
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, Worker

from tests.journeys.server import ROOT
from tests.servers import chromium

ARTICLE = """<!doctype html><html lang="en"><title>How lighthouses were lit: {name}</title>
<h1>How lighthouses were lit</h1><p id="quote">First with wood, then with oil.</p><p><a href="/other">Other</a></p>"""
# What the popup is opened about: the tab behind the one that stands for it.
ABOUT_TAB = """const asked = chrome.tabs.query.bind(chrome.tabs);
chrome.tabs.query = async (wanted) => (wanted.active ? [await chrome.tabs.get(%d)] : asked(wanted));"""
SWITCHES = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-component-update", "--disable-sync")


class _Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = ARTICLE.format(name=self.path.strip("/")).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments: object) -> None:
        return


@contextmanager
def small_site() -> Iterator[str]:
    """The address of a site that has a page at every path."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@dataclass
class Extension:
    """A browser profile with the extension in it."""

    context: BrowserContext

    @cached_property
    def worker(self) -> Worker:
        found = self.context.service_workers
        ours = [worker for worker in found if worker.url.startswith("chrome-extension://")]
        return ours[0] if ours else self.context.wait_for_event("serviceworker")

    def address(self, page: str) -> str:
        return f"chrome-extension://{self.worker.url.split('/')[2]}/{page}"

    def options(self) -> Page:
        page = self.context.new_page()
        page.goto(self.address("options.html"))
        return page

    def tab_of(self, page: Page) -> int:
        found: int = self.worker.evaluate(
            "async (url) => (await chrome.tabs.query({})).find((tab) => tab.url === url).id", page.url
        )
        return found

    def popup(self, about: Page) -> Page:
        """The popup about this page, in a tab: a headless browser has no toolbar."""
        page = self.context.new_page()
        page.set_viewport_size({"width": 380, "height": 600})
        page.add_init_script(ABOUT_TAB % self.tab_of(about))
        page.goto(self.address("popup.html"))
        return page

    def badge(self, page: Page) -> str:
        text: str = self.worker.evaluate("(tabId) => chrome.action.getBadgeText({tabId})", self.tab_of(page))
        return text

    def choose(self, page: Page, item: str, **facts: str) -> None:
        """As if this entry of the context menu was chosen over the page."""
        self.worker.evaluate(
            """async ([tabId, info]) => chrome.contextMenus.onClicked.dispatch(info, await chrome.tabs.get(tabId))""",
            [self.tab_of(page), {"menuItemId": item, "pageUrl": page.url, **facts}],
        )


@contextmanager
def browser_with_extension(browser: Browser, folder: Path) -> Iterator[Extension]:
    source = folder / "extension"
    shutil.copytree(ROOT / "browser-extension", source)
    manifest = json.loads((source / "manifest.json").read_text("utf-8"))
    manifest["host_permissions"] = ["http://127.0.0.1/*"]
    manifest["permissions"] += manifest.pop("optional_permissions")
    (source / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    context = browser.browser_type.launch_persistent_context(
        folder / "profile",
        executable_path=chromium(),
        headless=True,
        args=[*SWITCHES, f"--disable-extensions-except={source}", f"--load-extension={source}"],
        ignore_default_args=["--disable-extensions"],
        locale="en-GB",
    )
    context.set_default_timeout(15_000)
    try:
        _wait_for_settings(context)
        yield Extension(context)
    finally:
        context.close()


def _wait_for_settings(context: BrowserContext) -> None:
    """They open by themselves at the first start, in whichever tab is empty: none may be ours."""
    first = context.pages[0]
    for _turn in range(300):
        if any(page.url.endswith("options.html") for page in context.pages):
            return
        first.wait_for_timeout(50)
    raise TimeoutError("the settings did not open")
