"""Typing on while an answer is still on its way: the newest text counts, and nothing is complained about."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.furnishing import call
from tests.journeys.people import Visitor

# From now on the text of every answer takes half a second, or waits until it is let go, so that typing on comes between
# its head and its end.
HELD_TEXTS = """() => {
    const text = Response.prototype.text;
    const let_go = new Promise((resolve) => { window.letGo = resolve; });
    Response.prototype.text = async function () {
        await let_go;
        return text.call(this);
    };
}"""
SLOW_TEXTS = """() => {
    const text = Response.prototype.text;
    Response.prototype.text = async function () {
        await new Promise((done) => setTimeout(done, 500));
        return text.call(this);
    };
}"""


def test_enter_waits_for_the_answer_to_what_was_typed(visitor: Visitor) -> None:
    """Somebody who types quicker than the network does not land on what was on show before."""
    page = visitor.page
    for name in ("Old thing", "Wanted thing"):
        body = {"url": f"http://127.0.0.1:9/{name[:3]}", "title": name}
        call(page, "POST", "/api/v1/bookmarks", body)
    call(page, "POST", "/api/v1/bookmarks", {"url": "http://127.0.0.1:9/newest", "title": "Newest of all"})
    open_palette(page)
    expect(page.locator("#palette-list [role=option]").first).to_contain_text("Newest of all")
    page.evaluate(SLOW_TEXTS)
    page.keyboard.type("wanted")
    page.keyboard.press("Enter")
    page.wait_for_url("**/bookmarks/*")
    expect(page.get_by_role("heading", name="Wanted thing")).to_be_visible()


def open_quick_add(page: Page) -> None:
    page.keyboard.press("n")
    expect(page.locator("#quick-add textarea")).to_be_focused()


def open_palette(page: Page) -> None:
    page.keyboard.press("Control+k")
    expect(page.locator(".palette-input")).to_be_focused()


@pytest.mark.parametrize(
    ("begin", "place", "last"),
    [(open_quick_add, "/quick-add/preview", "#quick-add-preview"), (open_palette, "/palette", "#palette-list")],
)
def test_an_answer_that_is_overtaken(visitor: Visitor, begin: Callable[[Page], None], place: str, last: str) -> None:
    page = visitor.page
    page.evaluate(HELD_TEXTS)
    begin(page)
    for words in ("http://127.0.0.1:9/first", "-second", "-third"):
        with page.expect_response(lambda answer: f"{place}?" in answer.url):
            page.keyboard.type(words)
    page.evaluate(f"document.querySelector('{last}').textContent = 'before the last answer'")
    page.evaluate("letGo()")
    expect(page.locator(last)).not_to_contain_text("before the last answer")
