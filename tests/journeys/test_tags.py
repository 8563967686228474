"""Tags: renamed in place, merged, and the merge taken back."""

from collections.abc import Callable

from playwright.sync_api import BrowserContext, Locator, Page, Route, expect

from tests.journeys.furnishing import call
from tests.journeys.people import Visitor, register, told


def test_rename_and_merge(visitor: Visitor) -> None:
    page = visitor.page
    for number, tags in enumerate((["recipe"], ["recipes"], ["music"])):
        call(
            page, "POST", "/api/v1/bookmarks", {"url": f"http://127.0.0.1:9/{number}", "title": "A page", "tags": tags}
        )
    page.goto("/tags")
    expect(page.locator("#list [data-row]")).to_have_count(3)

    _row(page, "music").get_by_role("link").first.focus()
    page.keyboard.press("e")
    name = page.get_by_label("Name of the tag")
    name.fill("songs")
    name.press("Enter")
    expect(_row(page, "songs")).to_be_visible()
    expect(_row(page, "music")).to_have_count(0)

    for tag in ("recipe", "recipes"):
        _row(page, tag).get_by_role("checkbox").check(force=True)
    page.get_by_role("button", name="Merge").click()
    dialog = page.get_by_role("dialog", name="Merge tags")
    dialog.get_by_text("recipes", exact=True).click()
    dialog.get_by_role("button", name="Merge").click()
    toast = told(page, "recipes")
    expect(_row(page, "recipe")).to_have_count(0)
    expect(_row(page, "recipes")).to_contain_text("2")
    toast.get_by_role("button", name="Undo").click()
    expect(_row(page, "recipe")).to_be_visible()


def test_a_late_answer_leaves_the_suggestion_that_was_moved_to(new_context: Callable[..., BrowserContext]) -> None:
    page = register(new_context(reduced_motion="reduce").new_page(), "latetagger").page
    for name in ("lighthouses", "lightning"):
        call(page, "POST", "/api/v1/notes", {"title": name, "tags": [name]})
    note = call(page, "POST", "/api/v1/notes", {"title": "A walk"})["id"]
    page.goto(f"/notes/{note}")
    field = page.locator(".note-tags [role=combobox]")
    options = page.locator(".note-tags [role=option]")
    field.click()
    expect(options).to_have_count(2)
    held: list[Route] = []
    page.route("**/suggestions?*", lambda route: held.append(route))
    # A busy machine may make pauses between the letters, and ask for some of them alone.
    with page.expect_request(lambda request: "text=ligh" in request.url.split("&")[0]):
        field.press_sequentially("ligh")
    field.press("ArrowDown")
    field.press("ArrowDown")
    chosen = page.locator(".note-tags [role=option][aria-selected=true]")
    name = chosen.get_attribute("data-name") or ""
    assert name == options.last.get_attribute("data-name")
    with page.expect_response(held[-1].request.url):
        held[-1].continue_()
    expect(chosen).to_have_attribute("data-name", name)
    field.press("Enter")
    expect(page.locator(".note-tags .tag-chip")).to_have_text([name])


def _row(page: Page, tag: str) -> Locator:
    return page.locator("#list [data-row]").filter(has=page.get_by_text(tag, exact=True))
