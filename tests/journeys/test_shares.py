"""A tree of notes shared by a link: made in a note's details, read by a visitor without scripts, revoked."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import BrowserContext, expect

from tests.journeys.accessibility import violations
from tests.journeys.furnishing import call
from tests.journeys.people import register
from tests.journeys.test_pages import Sweep

LONG = "Unbreakable" * 18


def test_a_link_is_made_read_and_revoked(
    new_context: Callable[..., BrowserContext], allow: Callable[..., None], screenshots: Path
) -> None:
    page = register(new_context(bypass_csp=True, reduced_motion="reduce").new_page(), "sharer").page
    page.goto("/notes")
    body = (
        f"# Soil\n\nSee [[Compost]] and [[Elsewhere]].\n\n## {LONG}\n\n- [x] Dig\n- [ ] Sow\n\n```python\nprint(1)\n```"
    )
    root = call(page, "POST", "/api/v1/notes", {"title": "Garden handbook", "body": body})["id"]
    for title in ("Compost", LONG, "Seeds"):
        call(page, "POST", "/api/v1/notes", {"title": title, "body": "Words", "parent_id": root})

    page.goto(f"/notes/{root}")
    page.locator(".shares").get_by_text("Create a link").click()
    page.get_by_label("With the notes below it").check()
    page.get_by_label("May be downloaded").check()
    page.get_by_role("button", name="Create the link").click()
    link = page.locator(".share-url")
    expect(link).to_be_visible()
    assert violations(page) == []
    page.locator(".shares").screenshot(path=screenshots / "shares.section.png")
    url = link.get_attribute("href") or ""

    visitor = new_context(java_script_enabled=False).new_page()
    visitor.goto(url)
    expect(visitor.get_by_role("heading", name="Garden handbook")).to_be_visible()
    visitor.locator(".shared-note .prose").get_by_role("link", name="Compost").click()
    expect(visitor.get_by_role("heading", name="Compost")).to_be_visible()

    looking = Sweep(new_context(bypass_csp=True, reduced_motion="reduce").new_page(), screenshots)
    allow(looking.page, 404)
    looking.visit(url, "shares.read")
    looking.visit("/s/nothing", "shares.gone")
    looking.judge()
    own = Sweep(page, screenshots)
    own.visit("/settings/shares", "shares.own")
    own.judge()
    page.get_by_role("button", name="Revoke").click()
    expect(page.get_by_text("You share nothing by a link.")).to_be_visible()
    allow(visitor, 404)
    visitor.goto(url)
    expect(visitor.get_by_role("heading", name="This link leads nowhere")).to_be_visible()
