"""The browser extension: connect, save with tags and a collection, know saved pages, change them, lose nothing."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.accessibility import violations
from tests.journeys.extension import Extension, browser_with_extension, small_site
from tests.journeys.furnishing import call
from tests.journeys.people import register_by_form
from tests.journeys.watching import Watch
from tests.servers import Gunicorn, until

SCOPES = ["bookmarks:write", "tags:read", "spaces:read"]
QUICK_MS = 10_000  # a busy machine; benchmarks say what it usually takes
SOON_SECONDS = 30.0
SAVED_WITHIN = """(selector) => new Promise((resolve) => {
    const started = performance.now();
    const state = document.querySelector("#state");
    const told = new MutationObserver(() => { if (!state.hidden) resolve(performance.now() - started); });
    told.observe(state, {attributes: true});
    document.querySelector(selector).click();
})"""

# From now on answers to what is typed wait until they are let go.
HELD_BACK = """() => {
    const [really, waiting] = [window.fetch, []];
    window.fetch = async (address, options) => {
        const answer = await really(address, options);
        if (String(address).includes("/suggestions")) await new Promise((resolve) => waiting.push(resolve));
        return answer;
    };
    window.waiting = waiting;
}"""
ALL_LET_GO = """async () => {
    for (const resolve of window.waiting) resolve();
    await new Promise((resolve) => setTimeout(resolve, 200));
}"""


@pytest.fixture
def site() -> Iterator[str]:
    with small_site() as address:
        yield address


@pytest.fixture
def extension(browser: Browser, server: Gunicorn, tmp_path: Path) -> Iterator[Extension]:
    """Watched like every journey, but for refusals, which these provoke."""
    with browser_with_extension(browser, tmp_path) as extension:
        watch = Watch(extension.context)
        watch.allow(401, 403, 404, 409, 422)
        yield extension
        assert [line for line in watch.take() if not line.startswith("failed:")] == []


@pytest.fixture
def hub(extension: Extension, server: Gunicorn, request: pytest.FixtureRequest) -> Page:
    """The person's own hub, signed in, in the same browser."""
    page = extension.context.new_page()
    page.goto(f"{server.url}/register")
    register_by_form(_At(page, server.url), re.sub(r"\W", "-", request.node.name)[-24:].strip("-"))  # type: ignore[arg-type]  # a page with a base
    return page


class _At:
    """A page whose addresses begin at the server: a persistent profile is not given that."""

    def __init__(self, page: Page, base: str) -> None:
        self._page, self._base = page, base

    def goto(self, path: str) -> object:
        return self._page.goto(self._base + path)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._page, name)


def connect(extension: Extension, hub: Page, server: Gunicorn, scopes: list[str] = SCOPES) -> Page:
    token = call(hub, "POST", "/api/v1/accounts/tokens", {"name": "extension", "scopes": scopes})["token"]
    options = extension.options()
    options.get_by_label("Address").fill(server.url)
    options.get_by_label("API token").fill(token)
    options.get_by_role("button", name="Test and save").click()
    return options


def connected(extension: Extension, hub: Page, server: Gunicorn) -> Page:
    options = connect(extension, hub, server)
    expect(options.locator("#told")).to_contain_text("It works")
    return options


def library(hub: Page) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = call(hub, "GET", "/api/v1/bookmarks")["items"]
    return found


def test_settings_tell_plainly_what_is_wrong(extension: Extension, hub: Page, server: Gunicorn, site: str) -> None:
    options = extension.options()
    told = options.locator("#told")
    test = options.get_by_role("button", name="Test and save")
    for address, token, words in (
        ("http://a b.example", "x", "This is not an address"),
        ("http://127.0.0.1:9", "x", "does not answer"),
        (site, "x", "not Trackeep"),
        (server.url, "wrong", "The token is wrong"),
    ):
        options.get_by_label("Address").fill(address)
        options.get_by_label("API token").fill(token)
        test.click()
        expect(told).to_contain_text(words)
    options.close()
    for scopes, lacking in (
        (["bookmarks:read"], "spaces:read"),
        (["bookmarks:read", "tags:read", "spaces:read"], "write"),
    ):
        options = connect(extension, hub, server, scopes)
        expect(options.locator("#told")).to_contain_text(lacking)
        expect(options.locator("#more")).to_be_hidden()
        options.close()
    assert library(hub) == [], "a test saves nothing"


def test_save_and_change(
    extension: Extension, hub: Page, server: Gunicorn, site: str, screenshots: Path, record_property: Any
) -> None:
    collection = call(hub, "POST", "/api/v1/bookmarks/collections", {"name": "Sea"})["id"]
    call(hub, "POST", "/api/v1/bookmarks", {"url": f"{site}/first", "tags": ["lighthouses"]})
    options = connected(extension, hub, server)
    options.close()
    page = extension.context.new_page()
    page.goto(f"{site}/oil")
    page.evaluate("() => getSelection().selectAllChildren(document.querySelector('#quote'))")

    popup = extension.popup(page)
    expect(popup.get_by_label("Title")).to_have_value("How lighthouses were lit: oil")
    expect(popup.get_by_label("Description")).to_have_value("First with wood, then with oil.")
    expect(popup.get_by_label("Tags", exact=True)).to_be_focused()
    popup.keyboard.type("ligh")
    expect(popup.get_by_role("option", name="lighthouses")).to_be_visible()
    popup.keyboard.press("ArrowDown")
    popup.keyboard.press("Enter")
    popup.keyboard.type("history/sea,")
    popup.get_by_label("Collections").fill("se")
    popup.get_by_role("option", name="Sea").click()
    popup.get_by_label("Read it later").check()
    assert violations_of(popup) == []
    popup.screenshot(path=screenshots / "extension-popup.png")
    spent = popup.evaluate(SAVED_WITHIN, "#save")
    expect(popup.locator("#state")).to_have_text("Saved")
    record_property("saved_ms", spent)
    assert spent < QUICK_MS

    until(lambda: bool(library(hub)), SOON_SECONDS, "the page")
    saved = library(hub)[0]
    assert saved["url"] == f"{site}/oil"
    assert {tag["name"] for tag in saved["tags"]} == {"lighthouses", "history/sea"}
    assert (saved["collection_ids"], saved["unread"]) == ([collection], True)
    assert saved["description"] == "First with wood, then with oil."
    expect(popup.get_by_label("Open it in Trackeep")).to_have_attribute("href", f"{server.url}/bookmarks/{saved['id']}")
    popup.close()

    again = extension.popup(page)
    expect(again.locator("#state")).to_have_text("Already saved")
    again.get_by_label("Notes").fill("Read the part about Fresnel")
    again.keyboard.press("Control+Enter")
    expect(again.locator("#state")).to_have_text("Changed")
    until(lambda: library(hub)[0]["notes"] == "Read the part about Fresnel", SOON_SECONDS, "the note")

    call_with(hub, saved["id"], {"notes": "From elsewhere"})
    again.get_by_label("Notes").fill("Mine")
    again.keyboard.press("Control+Enter")
    expect(again.get_by_role("alert")).to_contain_text("changed somewhere else")
    again.get_by_role("button", name="Keep mine").click()
    expect(again.get_by_role("alert")).to_be_hidden()
    until(lambda: library(hub)[0]["notes"] == "Mine", SOON_SECONDS, "the kept text")


def test_a_late_answer_leaves_the_line_that_was_moved_to(
    extension: Extension, hub: Page, server: Gunicorn, site: str
) -> None:
    call(hub, "POST", "/api/v1/bookmarks", {"url": f"{site}/first", "tags": ["lighthouses"]})
    connected(extension, hub, server).close()
    page = extension.context.new_page()
    page.goto(f"{site}/oil")
    popup = extension.popup(page)
    expect(popup.get_by_role("option", name="lighthouses")).to_be_visible()
    popup.evaluate(HELD_BACK)
    popup.keyboard.type("ligh")
    popup.wait_for_function("() => window.waiting.length === 4")
    popup.keyboard.press("ArrowDown")
    popup.evaluate(ALL_LET_GO)
    popup.keyboard.press("Enter")
    expect(popup.locator("#tags .chip")).to_contain_text("lighthouses")


def test_nothing_typed_is_lost_while_the_server_is_away(
    extension: Extension, hub: Page, server: Gunicorn, site: str
) -> None:
    connected(extension, hub, server).close()
    page = extension.context.new_page()
    page.goto(f"{site}/away")
    popup = extension.popup(page)
    popup.get_by_label("Notes").fill("A long thought")
    server_is_away(popup)
    popup.keyboard.press("Control+Enter")
    expect(popup.get_by_role("alert")).to_contain_text("What you typed is kept")
    popup.close()

    popup = extension.popup(page)
    expect(popup.get_by_label("Notes")).to_have_value("A long thought")
    server_is_away(popup)
    popup.keyboard.press("Control+Enter")
    popup.get_by_role("button", name="Save when it is back").click()
    expect(popup.locator("#state")).to_have_text("Saved when the server is back")
    assert library(hub) == []
    popup.close()

    popup = extension.popup(page)
    expect(popup.locator("#waiting")).to_contain_text("1")
    popup.get_by_role("button", name="Send now").click()
    expect(popup.locator("#waiting")).to_be_hidden()
    until(lambda: [item["notes"] for item in library(hub)] == ["A long thought"], SOON_SECONDS, "what had waited")


def test_context_menu_and_badge(extension: Extension, hub: Page, server: Gunicorn, site: str) -> None:
    options = connected(extension, hub, server)
    page = extension.context.new_page()
    page.goto(f"{site}/wood")
    assert extension.badge(page) == ""
    extension.choose(page, "save-page")
    _until_badge(extension, page, "✓")
    assert [item["title"] for item in library(hub)] == ["How lighthouses were lit: wood"]
    extension.choose(page, "selection-note", selectionText="First with wood")
    until(lambda: library(hub)[0]["notes"] == "> First with wood", SOON_SECONDS, "the note")
    extension.choose(page, "save-link", linkUrl=f"{site}/other")
    until(lambda: len(library(hub)) == 2, SOON_SECONDS, "the link")
    _until_badge(extension, page, "")

    asked = _asked(extension)
    page.goto(f"{site}/wood?again=1")
    page.goto(f"{site}/wood")
    assert asked() == 0, "it is off until somebody switches it on"
    options.get_by_label("Show on the icon").check()
    page.bring_to_front()
    page.reload()
    _until_badge(extension, page, "✓")
    page.goto(f"{site}/unknown")
    _until_badge(extension, page, "")
    options.get_by_label("Show on the icon").uncheck()
    _until_badge(extension, page, "")


def server_is_away(popup: Page) -> None:
    popup.evaluate("() => { globalThis.fetch = () => Promise.reject(new TypeError('Failed to fetch')); }")


def violations_of(popup: Page) -> list[str]:
    """Extension pages let nothing in, so the checker goes in by the debugger's door."""
    axe = (Path(__file__).resolve().parents[2] / "node_modules/axe-core/axe.min.js").read_text("utf-8")
    popup.evaluate(axe)
    return violations(popup)


def call_with(hub: Page, bookmark_id: int, changes: dict[str, str]) -> None:
    """A change by another device, of the newest version."""
    hub.evaluate(
        """async ([path, body]) => {
            const version = (await (await fetch(path)).json()).version;
            const token = document.querySelector('meta[name="csrf-token"]').content;
            const headers = {"Content-Type": "application/json", "X-CSRF-Token": token, "If-Match": `"${version}"`};
            await fetch(path, {method: "PATCH", headers, body});
        }""",
        [f"/api/v1/bookmarks/{bookmark_id}", json.dumps(changes)],
    )


def _asked(extension: Extension) -> Any:
    """How many pages the extension remembers an answer about."""
    before = extension.worker.evaluate("async () => (await chrome.storage.session.get('known')).known ?? {}")

    def asked() -> int:
        now = extension.worker.evaluate("async () => (await chrome.storage.session.get('known')).known ?? {}")
        return len(set(now) - set(before))

    return asked


def _until_badge(extension: Extension, page: Page, text: str) -> None:
    until(lambda: extension.badge(page) == text, SOON_SECONDS, f"the badge {text!r}")
