"""A page of a team's handbook: written as a draft, published when it is ready, and only then there for who reads."""

from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.accessibility import violations
from tests.journeys.furnishing import call
from tests.journeys.people import ready, register, undo
from tests.journeys.server import Gunicorn
from tests.journeys.teaming import together
from trackeep.core.actor import Role


def titles(page: Page) -> list[str]:
    page.goto("/notes?sort=title")
    expect(page.locator("#results")).to_be_visible()
    return page.locator("#results .row-title").all_inner_texts()


def test_a_draft_is_published(new_context: Callable[..., BrowserContext], server: Gunicorn) -> None:
    writer, reader = (
        register(new_context(bypass_csp=True, reduced_motion="reduce").new_page(), name).page
        for name in ("drafter", "draftreader")
    )
    team = together(server, "drafter", "draftreader", role=Role.VIEWER)
    rules = call(writer, "POST", "/api/v1/notes", {"title": "Rules", "body": "See [[Salaries]].", "space_id": team})[
        "id"
    ]

    writer.goto(f"/notes/new?parent={rules}")
    writer.get_by_label("Title").fill("Salaries")
    writer.get_by_label("Draft").check()
    writer.get_by_role("button", name="Write").click()
    expect(writer.locator(".cm-content")).to_be_focused()
    expect(writer.locator(".note-draft")).to_contain_text("Only those who may write here see it.")
    writer.keyboard.type("All the same.")
    expect(writer.locator("[data-save-status]")).to_contain_text("Saved ")
    writer.locator("[data-note-done]").click()
    expect(writer.locator(".note-text")).to_have_text("All the same.")
    assert violations(writer) == []
    draft = writer.url

    assert titles(reader) == ["Rules"]
    assert reader.request.get(draft).status == 404
    reader.goto(f"/notes/{rules}")
    expect(reader.locator(".note-text")).to_have_text("See Salaries.")
    expect(reader.locator(".note-text a")).to_have_count(0)
    expect(reader.locator(".notes-tree .note-link")).to_have_text(["Rules"])

    writer.get_by_role("button", name="Publish").first.click()
    expect(writer.locator(".note-draft")).to_have_count(0)
    assert titles(reader) == ["Rules", "Salaries"]
    reader.goto(f"/notes/{rules}")
    reader.locator(".note-text a").click()
    expect(reader.locator(".note-title")).to_contain_text("Salaries")
    expect(reader.get_by_role("button", name="Publish")).to_have_count(0)


def test_many_become_drafts_and_are_published(new_context: Callable[..., BrowserContext]) -> None:
    page = register(new_context(reduced_motion="reduce").new_page(), "draftmany").page
    for title in ("One", "Two", "Three"):
        call(page, "POST", "/api/v1/notes", {"title": title})
    page.goto("/notes?sort=title")
    for title in ("One", "Three"):
        page.get_by_role("checkbox", name=f"Mark {title}").check()
    page.get_by_role("button", name="Make drafts of them").click()
    expect(page.locator("[data-toast]")).to_contain_text("2 notes were changed.")
    expect(page.locator("#results .chip", has_text="Draft")).to_have_count(2)
    page.get_by_role("link", name="Drafts").click()
    expect(page.locator("#results .row-title")).to_have_text(["One", "Three"])
    ready(page)
    page.get_by_role("checkbox", name="Mark One").check()
    page.get_by_role("button", name="Publish").click()
    expect(page.locator("#results .row-title")).to_have_text(["Three"])
    undo(page, "1 note was changed.")
    expect(page.locator("#results .row-title")).to_have_text(["One", "Three"])
