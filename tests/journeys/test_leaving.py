"""Leaving a page right after a change in it: what saves itself is saved, and Saved is said of nothing older."""

import itertools
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.journeys.furnishing import call
from tests.journeys.people import register
from tests.servers import until

SOON_SECONDS = 30.0
_numbers = itertools.count(1)
# A choice, and gone within the same turn of the page's script.
CHOOSE_AND_GO = """([name, value, address]) => {
    document.querySelector(`input[name="${name}"][value="${value}"]`).click();
    location.assign(address);
}"""


@pytest.fixture
def page(new_context: Callable[..., BrowserContext]) -> Page:
    return register(new_context(reduced_motion="reduce").new_page(), f"leaver{next(_numbers)}").page


def hold(page: Page, address: str) -> list[Route]:
    """The first change that is sent there waits, as if the network was slow; later ones pass."""
    held: list[Route] = []

    def meet(route: Route) -> None:
        if route.request.method == "POST" and not held:
            held.append(route)
        else:
            route.continue_()

    page.route(address, meet)
    return held


def looks(page: Page) -> tuple[str | None, ...]:
    """What the server has by now."""
    page.goto("/settings/preferences")
    html = page.locator("html")
    return tuple(html.get_attribute(f"data-{name}") for name in ("theme", "accent", "density"))


def test_a_choice_is_saved_though_its_page_goes_at_once(page: Page) -> None:
    page.goto("/settings/preferences")
    page.evaluate(CHOOSE_AND_GO, ["theme", "dark", page.url.replace("settings/preferences", "bookmarks")])
    page.wait_for_url("**/bookmarks")
    until(lambda: looks(page)[0] == "dark", SOON_SECONDS, "the choice")


def test_a_choice_that_waits_for_the_one_before_is_saved_too(page: Page) -> None:
    page.goto("/settings/preferences")
    held = hold(page, "**/settings/preferences")
    with page.expect_request(lambda request: request.method == "POST"):
        page.get_by_label("Dark", exact=True).check(force=True)
    page.get_by_label("Compact", exact=True).check(force=True)
    page.goto("/bookmarks")
    assert held
    until(lambda: looks(page)[::2] == ("dark", "compact"), SOON_SECONDS, "both choices")


def test_saved_is_said_of_the_last_choice_only(page: Page) -> None:
    page.goto("/settings/preferences")
    status = page.locator("[data-save-status]").first
    page.get_by_label("Dark", exact=True).check(force=True)
    expect(status).to_contain_text("Saved")
    held = hold(page, "**/settings/preferences")
    with page.expect_request(lambda request: request.method == "POST"):
        page.get_by_label("Violet", exact=True).check(force=True)
    assert "Saved" not in status.inner_text()
    page.get_by_label("Compact", exact=True).check(force=True)
    with page.expect_response(lambda response: response.request.method == "POST"):
        held[0].continue_()
    expect(status).to_contain_text("Saved")
    assert looks(page) == ("dark", "violet", "compact")


def test_a_number_that_was_just_typed_is_saved(page: Page) -> None:
    task = call(page, "POST", "/api/v1/tasks", {"title": "Paint"})["id"]
    page.goto(f"/tasks/{task}")
    estimate = page.get_by_label("Estimate")
    estimate.press_sequentially("45")
    page.goto("/tasks")
    until(lambda: kept(page, f"tasks/{task}", "estimate_minutes") == 45, SOON_SECONDS, "the estimate")


def test_a_note_whose_save_is_on_its_way_is_not_lost(page: Page) -> None:
    note = call(page, "POST", "/api/v1/notes", {"title": "Plan", "body": "start"})["id"]
    page.goto(f"/notes/{note}/edit")
    held = hold(page, f"**/notes/{note}")
    page.locator(".cm-content").click()
    page.keyboard.press("Control+End")
    with page.expect_request(f"**/notes/{note}"):
        page.keyboard.type(" and more")
    page.goto("/notes")
    assert held
    page.goto(f"/notes/{note}/edit")
    expect(page.locator(".cm-content")).to_have_text("start and more")
    until(lambda: kept(page, f"notes/{note}", "body") == "start and more", SOON_SECONDS, "the text")


def test_a_text_too_long_to_outlive_its_page_is_saved_with_the_next_visit(
    page: Page, allow: Callable[..., None]
) -> None:
    allow(page, 409)  # what was kept here may meet what arrived all the same
    text = "Words of a long note. " * 4_000
    note = call(page, "POST", "/api/v1/notes", {"title": "Long", "body": ""})["id"]
    page.goto(f"/notes/{note}/edit")
    page.locator(".cm-content").click()
    page.keyboard.insert_text(text)
    page.goto("/notes")
    page.goto(f"/notes/{note}/edit")
    until(lambda: kept(page, f"notes/{note}", "body").rstrip() == text.rstrip(), SOON_SECONDS, "the text")


def kept(page: Page, path: str, name: str) -> Any:
    return call(page, "GET", f"/api/v1/{path}")[name]
