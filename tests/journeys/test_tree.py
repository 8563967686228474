"""The tree of collections in the sidebar: folding by mouse and keyboard, remembered, and without scripts."""

from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.furnishing import call
from tests.journeys.people import Visitor, sign_in


def grow(page: Page) -> list[int]:
    """Kitchen / Bread / Rye, and Travel with nothing inside."""
    ids: list[int] = []
    for name in ("Kitchen", "Bread", "Rye"):
        body = {"name": name, "parent_id": ids[-1] if ids else None}
        ids.append(call(page, "POST", "/api/v1/bookmarks/collections", body)["id"])
    call(page, "POST", "/api/v1/bookmarks/collections", {"name": "Travel"})
    return ids


def test_branches_fold_and_are_remembered(visitor: Visitor) -> None:
    page = visitor.page
    grow(page)
    page.goto("/bookmarks")
    tree = page.locator("#sidebar nav[aria-label=Collections]")
    bread, rye = tree.get_by_role("link", name="Bread"), tree.get_by_role("link", name="Rye")
    expect(tree.get_by_role("link", name="Kitchen")).to_be_visible()
    expect(bread).not_to_be_visible()

    tree.get_by_role("button", name="Inside Kitchen").click()
    tree.get_by_role("button", name="Inside Bread").click()
    expect(rye).to_be_visible()
    page.goto("/tags")
    expect(rye).to_be_visible()

    tree.get_by_role("button", name="Inside Kitchen").click()
    expect(bread).not_to_be_visible()
    page.goto("/bookmarks")
    expect(tree.get_by_role("link", name="Kitchen")).to_be_visible()
    expect(bread).not_to_be_visible()


def test_the_tree_by_keyboard(visitor: Visitor) -> None:
    page = visitor.page
    grow(page)
    page.goto("/bookmarks")
    tree = page.locator("#sidebar nav[aria-label=Collections]")
    kitchen, bread = tree.get_by_role("link", name="Kitchen"), tree.get_by_role("link", name="Bread")
    kitchen.focus()
    page.keyboard.press("ArrowRight")
    expect(bread).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(bread).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(tree.get_by_role("link", name="Travel")).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowLeft")
    expect(kitchen).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(bread).not_to_be_visible()


def test_without_scripts_a_collection_opens_by_going_to_it(
    visitor: Visitor, new_context: Callable[..., BrowserContext]
) -> None:
    rye = grow(visitor.page)[-1]
    page = new_context(java_script_enabled=False).new_page()
    sign_in(page, visitor.name)
    page.wait_for_url("**/")
    tree = page.locator("#sidebar nav[aria-label=Collections]")
    expect(tree.get_by_role("button")).to_have_count(0)
    tree.get_by_role("link", name="Kitchen").click()
    tree.get_by_role("link", name="Bread").click()
    expect(tree.get_by_role("link", name="Rye")).to_be_visible()
    page.goto(f"/bookmarks?collection={rye}")
    expect(tree.locator("[aria-current=page]")).to_have_text("Rye")
