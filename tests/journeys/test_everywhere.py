"""Ways in from elsewhere: bookmarklet and its window, the installed app with its offline page, chance."""

from collections.abc import Callable

from playwright.sync_api import BrowserContext, expect

from tests.journeys.extension import small_site
from tests.journeys.furnishing import call
from tests.journeys.people import Visitor, sign_in

# The window that was saved from says that it would go, and stays to be looked at.
STAYS = "window.close = () => sessionStorage.setItem('closed', 'yes')"
# Headless there are no windows of installed apps.
AS_INSTALLED = """const asked = window.matchMedia.bind(window);
window.matchMedia = (query) => (query.includes("standalone") ? {matches: true} : asked(query));"""


def test_the_bookmarklet_saves_and_its_window_goes(visitor: Visitor) -> None:
    page = visitor.page
    page.goto("/bookmarks/everywhere")
    link = page.get_by_role("link", name="Save to Trackeep")
    script = link.get_attribute("href")
    assert script
    assert script.startswith("javascript:")
    link.click()
    expect(page.locator("#bookmarklet-hint")).to_have_class("bookmarklet-hint script-only is-told")

    with small_site() as site:
        elsewhere = page.context.new_page()
        elsewhere.goto(f"{site}/oil")
        elsewhere.evaluate("() => getSelection().selectAllChildren(document.querySelector('#quote'))")
        with page.context.expect_page() as opened:
            elsewhere.evaluate(script.removeprefix("javascript:"))
        window = opened.value
        expect(window.get_by_label("Title")).to_have_value("How lighthouses were lit: oil")
        expect(window.get_by_label("Description")).to_have_value("First with wood, then with oil.")
        for begin in (window.evaluate, window.add_init_script):
            begin(STAYS)
        window.get_by_role("button", name="Save bookmark").click()
        expect(window.get_by_role("heading", name="Saved")).to_be_visible()
        window.wait_for_function("() => sessionStorage.getItem('closed') === 'yes'")
        with page.context.expect_page() as opened:
            elsewhere.evaluate(script.removeprefix("javascript:"))
        expect(opened.value.get_by_role("heading", name="You have this page already")).to_be_visible()
    assert [item["site"] for item in call(page, "GET", "/api/v1/bookmarks")["items"]] == ["127.0.0.1"]


def test_it_can_be_installed(visitor: Visitor) -> None:
    page = visitor.page
    page.goto("/bookmarks")
    devtools = page.context.new_cdp_session(page)
    found = devtools.send("Page.getAppManifest")
    assert found["errors"] == []
    errors = devtools.send("Page.getInstallabilityErrors")["installabilityErrors"]
    # A profile of a journey is a private one, and those install nothing.
    assert [error["errorId"] for error in errors if error["errorId"] != "in-incognito"] == []


def test_offline_it_says_so_and_keeps_nothing_of_anybody(
    visitor: Visitor, new_context: Callable[..., BrowserContext]
) -> None:
    context = new_context(reduced_motion="reduce")
    context.add_init_script(AS_INSTALLED)
    page = context.new_page()
    sign_in(page, visitor.name)
    page.wait_for_url("**/")
    call(page, "POST", "/api/v1/bookmarks", {"url": "http://127.0.0.1:9/secret", "title": "A secret of mine"})
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    page.goto("/bookmarks")
    expect(page.locator("#list")).to_contain_text("A secret of mine")
    kept = page.evaluate(
        """async () => {
            const found = [];
            for (const name of await caches.keys()) {
                const cache = await caches.open(name);
                for (const request of await cache.keys()) {
                    found.push([new URL(request.url).pathname, await (await cache.match(request)).text()]);
                }
            }
            return found;
        }"""
    )
    assert {path for path, _text in kept if not path.startswith("/static/")} == {"/offline"}
    assert not any("A secret of mine" in text for _path, text in kept)

    context.set_offline(True)
    page.goto("/bookmarks")
    expect(page.get_by_role("heading", name="Your server cannot be reached")).to_be_visible()
    assert page.evaluate("() => getComputedStyle(document.querySelector('.gate-box')).borderRadius") != "0px"
    context.set_offline(False)
    page.get_by_role("link", name="Try again").click()
    expect(page.locator("#list")).to_contain_text("A secret of mine")


def test_by_chance(visitor: Visitor) -> None:
    page = visitor.page
    call(page, "POST", "/api/v1/bookmarks", {"url": "http://127.0.0.1:9/only", "title": "The only one"})
    page.goto("/bookmarks")
    page.get_by_label("More").click()
    page.get_by_role("link", name="Open one by chance").click()
    expect(page.get_by_role("heading", name="The only one")).to_be_visible()
