"""The Markdown editor in a page of ours, under its policy: keys, suggestions, preview, and what the form sends."""

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.journeys.accessibility import violations
from tests.journeys.people import Visitor, register
from tests.journeys.server import ROOT
from tests.journeys.suggesting import offered

# The markup of the macro, in a page that already has the policy, the styles and the module loader.
MARKUP = """
<form id="trial" action="/trial/save" method="post" data-form><div class="field editor-field" data-field="body">
<div class="editor" data-module="{module}" data-mode="{mode}" data-links="/trial/links" data-tags="/trial/tags"
 data-preview="/trial/preview" data-phrases='{{"Find": "Look for"}}'>
<div class="editor-head"><label class="field-label" for="trial-body">Text</label>
<div class="segmented script-only" role="group" aria-label="How to show the text">
<button type="button" data-editor-mode="write" aria-pressed="true">Write</button>
<button type="button" class="editor-split" data-editor-mode="split" aria-pressed="false">Side by side</button>
<button type="button" data-editor-mode="read" aria-pressed="false">Read</button></div></div>
<div class="editor-sides"><div class="editor-write">
<textarea id="trial-body" name="body" class="form-control"></textarea></div>
<div class="editor-preview prose" data-preview-pane role="region" tabindex="0" aria-label="Preview"></div></div>
</div></div></form>
"""
PLACE = """async ([html, text]) => {
    document.querySelector("#content").innerHTML = html;
    document.querySelector("#trial-body").value = text;
    const host = document.querySelector("#trial .editor");
    (await import(host.dataset.module)).mount(host);
}"""
TEXT = "window.trialText = () => new FormData(document.querySelector('#trial')).get('body')"


def open_editor(page: Page, text: str = "", mode: str = "write") -> None:
    manifest = json.loads((ROOT / "trackeep" / "static" / "manifest.json").read_text())
    module = f"/static/{manifest['editor.js']}"
    page.evaluate(PLACE, [MARKUP.format(module=module, mode=mode), text])
    page.evaluate(TEXT)
    expect(page.locator(".cm-content")).to_be_visible()


def text_of(page: Page) -> str:
    # A form sends the ends of lines as Windows writes them; a script's FormData does not.
    return str(page.evaluate("trialText()")).replace("\r\n", "\n")


@pytest.fixture
def page(visitor: Visitor) -> Page:
    return visitor.page


def write(page: Page, text: str) -> None:
    page.locator(".cm-content").click()
    page.keyboard.type(text)


def test_keys_put_marks_around_words(page: Page) -> None:
    open_editor(page)
    write(page, "one two")
    page.keyboard.press("Control+b")
    assert text_of(page) == "one **two**"
    page.keyboard.press("Control+i")
    assert text_of(page) == "one ***two***"
    page.keyboard.press("Control+i")
    page.keyboard.press("Control+b")
    assert text_of(page) == "one two"
    page.keyboard.press("Control+k")
    assert text_of(page) == "one two[]()"
    expect(page.locator(".palette-input")).to_be_hidden()


def test_lists_go_on_and_move_in(page: Page) -> None:
    open_editor(page)
    write(page, "- [ ] first")
    page.keyboard.press("Enter")
    page.keyboard.type("second")
    page.keyboard.press("Tab")
    assert text_of(page) == "- [ ] first\n  - [ ] second"
    page.keyboard.press("Shift+Tab")
    assert text_of(page) == "- [ ] first\n- [ ] second"
    page.keyboard.press("Control+a")
    page.keyboard.type("plain")
    assert text_of(page) == "plain"
    page.keyboard.press("Tab")
    expect(page.locator(".cm-content")).not_to_be_focused()


def test_ctrl_enter_sends_what_was_typed(page: Page) -> None:
    sent: list[str] = []

    def take(route: Route) -> None:
        sent.append(route.request.post_data or "")
        route.fulfill(status=204)

    page.route("**/trial/save", take)
    open_editor(page, "kept")
    page.locator(".cm-content").click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" and more")
    with page.expect_response("**/trial/save"):
        page.keyboard.press("Control+Enter")
    assert "kept and more" in sent[0]


def test_suggestions_after_brackets_and_signs(page: Page) -> None:
    page.route(
        "**/trial/links?*", lambda route: route.fulfill(json={"items": [{"title": "Garden plan", "detail": "Home"}]})
    )
    page.route("**/trial/tags?*", lambda route: route.fulfill(json={"items": [{"name": "slow food"}]}))
    open_editor(page)
    page.locator(".cm-content").click()
    offered(page, "See [[gar", "gar", ["Garden plan"])
    page.keyboard.press("Enter")
    offered(page, " #slo", "slo", ["slow food"])
    page.keyboard.press("Enter")
    assert text_of(page) == "See [[Garden plan]] #slow-food "


def test_preview_follows_and_keeps_its_place(page: Page) -> None:
    asked: list[str] = []

    def draw(route: Route) -> None:
        asked.append(route.request.post_data or "")
        route.fulfill(content_type="text/html", body=f"<p>Drawn {len(asked)}</p>" + "<p>line</p>" * 300)

    page.route("**/trial/preview", draw)
    open_editor(page, "# Title")
    page.get_by_role("button", name="Side by side").click()
    pane = page.get_by_role("region", name="Preview")
    expect(pane).to_contain_text("Drawn 1")
    pane.evaluate("pane => { pane.scrollTop = 400 }")
    write(page, "x")
    expect(pane).to_contain_text("Drawn 2")
    assert pane.evaluate("pane => pane.scrollTop") == 400
    page.get_by_role("button", name="Read", exact=True).click()
    expect(page.locator(".cm-content")).to_be_hidden()
    expect(pane).to_be_visible()


def test_a_megabyte_stays_fluid(page: Page) -> None:
    """Measured by what few words take on the same machine, which may be busy."""
    line = "Some *words* of a long note, and a [[link]].\n\n"
    few, many = (typed_within(page, line * lines) for lines in (1, 22_000))
    assert many < 3 + 4 * few
    assert text_of(page).endswith("twenty letters typed")


def typed_within(page: Page, text: str) -> float:
    open_editor(page, text)
    page.locator(".cm-content").click()
    page.keyboard.press("Control+End")
    started = time.monotonic()
    page.keyboard.type("twenty letters typed")
    page.evaluate("() => new Promise((done) => requestAnimationFrame(done))")
    return time.monotonic() - started


def test_everybody_can_use_it(new_context: Callable[..., BrowserContext], screenshots: Path) -> None:
    context = new_context(bypass_csp=True, reduced_motion="reduce")
    register(context.new_page(), "editoruser")
    themes: tuple[Literal["light", "dark"], ...] = ("light", "dark")
    for theme in themes:
        page = context.new_page()
        page.emulate_media(color_scheme=theme)
        page.goto("/")
        open_editor(page, "# Title\n\nSome **bold** words, a [[Page]], `code` and #tag.\n\n> quoted\n\n- [ ] to do")
        page.screenshot(path=screenshots / f"editor-{theme}.png")
        assert violations(page) == []


def test_looking_for_words(page: Page) -> None:
    open_editor(page, "some words")
    page.locator(".cm-content").click()
    page.keyboard.press("Control+f")
    expect(page.get_by_placeholder("Look for")).to_be_focused()
