"""An encrypted note in a browser: sealed, locked, opened, written, made plain; nothing plain is sent or kept."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import BrowserContext, Dialog, Page, Request, Route, expect

from tests.journeys.accessibility import violations
from tests.journeys.furnishing import call
from tests.journeys.people import register

# A passphrase becomes a key by 600,000 rounds, which a busy machine takes its time for.
SLOW_MS = 30_000
CANARY = "canaryword9317"
PHRASE, OTHER_PHRASE = "violet harbour lantern", "seven quiet engines"
STORES = """async (word) => JSON.stringify([
    Object.entries(localStorage), Object.entries(sessionStorage), location.href, history.state,
    await Promise.all((await caches.keys()).map(async (name) => {
        const kept = await (await caches.open(name)).keys();
        return kept.map((each) => each.url);
    })),
    (await indexedDB.databases()).map((each) => each.name),
]).includes(word)"""


class Ear:
    """Listens to all that a page sends."""

    def __init__(self, page: Page) -> None:
        self.heard: list[str] = []
        self.urls: list[str] = []
        self.count = 0
        page.on("request", self._listen)

    def _listen(self, request: Request) -> None:
        self.count += 1
        self.urls.append(request.url)
        sent = [request.url, request.post_data or "", *request.headers.values()]
        if any(word in text for text in sent for word in (CANARY, PHRASE, OTHER_PHRASE)):
            self.heard.append(f"{request.method} {request.url}")


def encrypt(page: Page, passphrase: str = PHRASE) -> None:
    page.locator("#sealed-new").fill(passphrase)
    page.locator("#sealed-new-again").fill(passphrase)
    page.get_by_label("I have understood").check()
    page.get_by_role("button", name="Encrypt the note").click()
    expect(page.get_by_role("button", name="Open the note")).to_be_visible(timeout=SLOW_MS)


def unlock(page: Page, passphrase: str = PHRASE) -> None:
    """What says something is opened to be read; here it is written on."""
    page.locator("#sealed-passphrase").fill(passphrase)
    page.get_by_role("button", name="Open the note").click()
    expect(page.get_by_role("button", name="Lock", exact=True)).to_be_visible(timeout=SLOW_MS)
    page.get_by_role("button", name="Write").click()
    expect(page.locator(".cm-content")).to_be_visible()


def saved(page: Page) -> None:
    expect(page.locator("[data-sealed-status]")).to_have_attribute("data-kind", "good", timeout=SLOW_MS)


def new_note(page: Page, body: str) -> int:
    return int(call(page, "POST", "/api/v1/notes", {"title": "Diary", "body": body})["id"])


def test_nothing_plain_leaves_the_browser(new_context: Callable[..., BrowserContext], screenshots: Path) -> None:
    page = register(new_context(bypass_csp=True).new_page(), "sealer").page
    page.goto("/notes")
    note_id = new_note(page, "begun in the open")
    ear = Ear(page)
    page.goto(f"/notes/{note_id}/sealed")
    assert violations(page) == []
    page.locator("#sealed-new").fill("short")
    page.get_by_role("button", name="Encrypt the note").click()
    page.get_by_label("I have understood").check()
    page.get_by_role("button", name="Encrypt the note").click()
    expect(page.get_by_text("Take at least 8 characters")).to_be_visible()
    encrypt(page)
    assert violations(page) == []
    page.screenshot(path=screenshots / "sealed-locked.png")

    page.locator("#sealed-passphrase").fill("not this one")
    page.get_by_role("button", name="Open the note").click()
    expect(page.get_by_text("This passphrase does not open the note.")).to_be_visible(timeout=SLOW_MS)
    unlock(page)
    expect(page.locator(".cm-content")).to_have_text("begun in the open")
    page.locator(".cm-content").click()
    page.keyboard.press("Control+End")
    page.keyboard.type(f" {CANARY}")
    page.keyboard.press("Control+s")
    saved(page)
    assert violations(page) == []
    page.screenshot(path=screenshots / "sealed-open.png")
    assert not page.evaluate(STORES, CANARY)

    page.get_by_role("button", name="Lock", exact=True).click()
    expect(page.locator(".cm-content")).to_have_count(0)
    assert CANARY not in page.content()
    found = call(page, "GET", f"/api/v1/notes/{note_id}")
    assert (found["body"], found["encrypted"]) == ("", True)
    assert call(page, "GET", f"/api/v1/notes/{note_id}/versions")["items"] == []
    assert len(call(page, "GET", f"/api/v1/notes/{note_id}/sealed/versions")["items"]) == 1
    assert call(page, "GET", "/api/v1/notes?text=begun")["items"] == []
    page.reload()
    unlock(page)
    expect(page.locator(".cm-content")).to_contain_text(CANARY)

    page.get_by_label("More", exact=True).click()
    page.get_by_role("button", name="Change the passphrase").click()
    dialog = page.locator("#sealed-change")
    dialog.get_by_label("Passphrase", exact=True).fill(OTHER_PHRASE)
    dialog.get_by_label("The same once more").fill(OTHER_PHRASE)
    dialog.get_by_role("button", name="Change the passphrase").click()
    expect(page.get_by_text("From now on the new passphrase")).to_be_visible()
    page.reload()
    unlock(page, OTHER_PHRASE)
    expect(page.locator(".cm-content")).to_contain_text(CANARY)
    assert ear.heard == []
    assert ear.count > 20

    page.get_by_label("More", exact=True).click()
    page.get_by_role("button", name="Make it a plain note").click()
    page.get_by_role("button", name="Make it plain").click()
    page.wait_for_url(f"**/notes/{note_id}")
    assert CANARY in call(page, "GET", f"/api/v1/notes/{note_id}")["body"]


def test_it_locks_when_nobody_is_there(new_context: Callable[..., BrowserContext]) -> None:
    page = register(new_context().new_page(), "idler").page
    page.goto("/notes")
    note_id = new_note(page, "")
    page.clock.install()
    page.goto(f"/notes/{note_id}/sealed")
    encrypt(page)
    unlock(page)
    page.locator(".cm-content").click()
    page.keyboard.type(CANARY)
    page.clock.fast_forward(310_000)
    expect(page.get_by_role("button", name="Open the note")).to_be_visible(timeout=SLOW_MS)
    assert CANARY not in page.content()
    unlock(page)
    expect(page.locator(".cm-content")).to_have_text(CANARY)


def test_leaving_asks_while_a_save_has_no_answer(new_context: Callable[..., BrowserContext]) -> None:
    page = register(new_context().new_page(), "sealleaver").page
    page.goto("/notes")
    note_id = new_note(page, "")
    page.goto(f"/notes/{note_id}/sealed")
    encrypt(page)
    unlock(page)
    held: list[Route] = []
    page.route(f"**/api/v1/notes/{note_id}/**", lambda route: held.append(route))
    page.locator(".cm-content").click()
    page.keyboard.type("on its way")
    with page.expect_request(lambda request: request.method == "PUT", timeout=SLOW_MS):
        page.keyboard.press("Control+s")
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    with page.expect_event("dialog"):
        page.evaluate("setTimeout(() => location.assign('/notes'))")
    held[0].continue_()
    saved(page)
    assert asked == ["beforeunload"]


def test_two_windows_overwrite_nothing(new_context: Callable[..., BrowserContext], allow: Callable[..., None]) -> None:
    context = new_context()
    page = register(context.new_page(), "twice").page
    page.goto("/notes")
    note_id = new_note(page, "")
    page.goto(f"/notes/{note_id}/sealed")
    encrypt(page)
    other = context.new_page()
    other.goto(f"/notes/{note_id}/sealed")
    unlock(page)
    unlock(other)
    page.locator(".cm-content").click()
    page.keyboard.type("first window")
    saved(page)
    allow(other, 409)
    other.locator(".cm-content").click()
    other.keyboard.type("second window")
    expect(other.locator("[data-sealed-clash] pre")).to_have_text("first window")
    other.get_by_role("button", name="Save mine").click()
    saved(other)
    page.reload()
    unlock(page)
    expect(page.locator(".cm-content")).to_have_text("second window")
    # What the first one said is a version, though both saved within minutes.
    assert len(call(page, "GET", f"/api/v1/notes/{note_id}/sealed/versions")["items"]) == 2
