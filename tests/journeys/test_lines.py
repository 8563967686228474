"""A line names a project that is not there: the preview says so, and makes it with one press."""

from collections.abc import Callable

from playwright.sync_api import BrowserContext, Locator, Request, Route, expect

from tests.journeys.accessibility import violations
from tests.journeys.people import register

LOOKS, PAUSE_MS = 75, 200


def test_a_missing_project_is_told_and_made(new_context: Callable[..., BrowserContext]) -> None:
    page = register(new_context(bypass_csp=True, reduced_motion="reduce").new_page(), "lineliner").page
    page.goto("/tasks?view=inbox")
    page.keyboard.press("q")
    field, hint = page.locator("#task-line"), page.locator(".task-add-hint")
    expect(field).to_be_focused()
    page.keyboard.type("Buy eggs +Errands")
    expect(hint).to_contain_text("No project named “Errands”: it stays in the title")
    assert violations(page) == []
    hint.get_by_role("button", name="Make it").click()
    expect(page.locator("[data-toast]")).to_contain_text("The project “Errands” is there now.")
    expect(page.locator("[data-line-facts] .token-project")).to_have_text("Errands")
    expect(hint).to_have_count(0)
    expect(field).to_be_focused()
    field.press("Enter")
    expect(field).to_have_value("")
    page.goto("/tasks?view=all")
    row = page.locator("[data-task]").filter(has_text="Buy eggs")
    expect(row.locator(".task-project").last).to_have_text("Errands")


def test_pressing_enter_again_while_it_is_sent_makes_it_once(new_context: Callable[..., BrowserContext]) -> None:
    """A form sends one thing at a time, and nothing more once its answer leads to another page."""
    page = register(new_context().new_page(), "impatient").page
    held: list[Route] = []
    page.route("**/*", lambda route: held.append(route) if _is_sent(route.request) else route.fallback())

    def press(field: Locator, text: str) -> None:
        field.fill(text)
        for _again in range(3):
            field.press("Enter")
        let_go("POST")

    def let_go(method: str) -> None:
        """One request alone is on its way by then, and goes on."""
        for _look in range(LOOKS):
            if held:
                break
            page.wait_for_timeout(PAUSE_MS)
        page.wait_for_timeout(PAUSE_MS)
        assert [route.request.method for route in held] == [method]
        held.pop().continue_()

    page.goto("/tasks?view=inbox")
    for text in ("Buy eggs", "Buy bread"):
        press(page.locator("#task-line"), text)
        expect(page.locator("#task-line")).to_have_value("")
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    press(page.locator("#quick-add textarea"), "Buy salt")
    expect(page.locator("#quick-add")).to_be_hidden()
    page.goto("/tasks/projects/new")
    with page.expect_request("**/board"):
        press(page.get_by_label("Name"), "Errands")
    page.keyboard.press("Enter")
    let_go("GET")
    page.wait_for_url("**/board")


def _is_sent(request: Request) -> bool:
    return request.method == "POST" or (request.is_navigation_request() and request.url.endswith("/board"))
