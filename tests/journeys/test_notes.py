"""Notes in a browser: writing that saves by itself, boxes that tick, links that make notes, moving in the tree."""

import itertools
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import APIResponse, BrowserContext, Page, Route, expect

from tests.journeys.accessibility import violations
from tests.journeys.furnishing import call
from tests.journeys.people import register, told, undo
from tests.journeys.server import Gunicorn
from tests.journeys.suggesting import offered

_numbers = itertools.count(1)
BODY = "Intro\n\n## First part\n\n- [ ] Order seeds\n- [x] Measure\n\n[[Missing one]]"


def make(page: Page, title: str, body: str = "", **more: Any) -> int:
    return int(call(page, "POST", "/api/v1/notes", {"title": title, "body": body, **more})["id"])


def body_of(page: Page, note_id: int) -> str:
    return str(call(page, "GET", f"/api/v1/notes/{note_id}")["body"])


def write(page: Page, text: str) -> None:
    """At once: between letters a busy machine may make pauses in which the note saves itself."""
    page.locator(".cm-content").click()
    page.keyboard.press("Control+End")
    page.keyboard.insert_text(text)


@pytest.fixture
def page(new_context: Callable[..., BrowserContext]) -> Page:
    """Without motion: on a busy machine the browser complains of transitions that it gave up."""
    return register(new_context(reduced_motion="reduce").new_page(), f"noter{next(_numbers)}").page


def test_a_note_is_made_by_keyboard_and_saves_by_itself(page: Page) -> None:
    page.goto("/notes")
    page.keyboard.press("c")
    page.get_by_label("Title").fill("Garden plan")
    page.keyboard.press("Enter")
    expect(page.locator(".cm-content")).to_be_focused()
    page.keyboard.type("Where it should be")
    status = page.locator("[data-save-status]")
    expect(status).to_contain_text("Saved ")
    page.locator("[data-note-done]").click()
    expect(page.locator("[data-text]")).to_have_text("Where it should be")
    expect(page.locator(".notes-tree [aria-current=page]")).to_have_text("Garden plan")


def test_leaving_at_once_saves(page: Page, allow: Callable[..., None]) -> None:
    allow(page, 409)  # what was kept here may meet what was sent on the way, and be the same
    note = make(page, "Plan")
    page.goto(f"/notes/{note}/edit")
    write(page, "typed and gone")
    page.goto("/notes")
    page.goto(f"/notes/{note}/edit")
    expect(page.locator(".cm-content")).to_have_text("typed and gone")


def test_a_new_title_is_saved_and_shown_in_the_tree(page: Page) -> None:
    note, other = make(page, "Old"), make(page, "Other", "[[Old]]")
    page.goto(f"/notes/{note}/edit")
    page.locator("#note-title").fill("New")
    page.keyboard.press("Enter")
    expect(page.locator(f'.notes-tree [data-note="{note}"]')).to_have_text("New")
    expect(page.locator("[data-toast]")).to_contain_text("follows")
    assert body_of(page, other) == "[[New]]"


def test_a_title_that_is_changed_while_a_text_is_on_its_way_is_saved_next(page: Page) -> None:
    note = make(page, "Old")
    page.goto(f"/notes/{note}/edit")
    held: list[Route] = []
    page.route(f"**/notes/{note}", lambda route: route.continue_() if held else held.append(route))
    page.locator(".cm-content").click()
    with page.expect_request(f"**/notes/{note}"):
        page.keyboard.type("Words")
    page.locator("#note-title").fill("New")
    page.keyboard.press("Enter")
    held[0].continue_()
    expect(page.locator(f'.notes-tree [data-note="{note}"]')).to_have_text("New")
    expect(page.locator("#note-title")).to_have_value("New")
    assert body_of(page, note) == "Words"


def test_a_title_that_was_ended_before_the_script_came_is_saved(page: Page) -> None:
    note = make(page, "Old")
    held: list[Route] = []
    page.route("**/notes/writing-*", lambda route: held.append(route))
    with page.expect_request("**/notes/writing-*"):
        page.goto(f"/notes/{note}/edit", wait_until="commit")
    page.locator("#note-title").fill("New")
    page.locator("#note-title").press("Enter")
    held[0].continue_()
    expect(page.locator(f'.notes-tree [data-note="{note}"]')).to_have_text("New")


def test_marked_notes_go_below_another_and_come_back(page: Page) -> None:
    for title in ("Home", "One", "Two"):
        make(page, title)
    page.goto("/notes?sort=title")
    for title in ("One", "Two"):
        page.get_by_role("checkbox", name=f"Mark {title}").check()
    page.get_by_role("button", name="Move below …").click()
    dialog = page.get_by_role("dialog", name="Move the marked notes below")
    expect(dialog.get_by_role("button", name="To the top of the tree")).to_be_visible()
    dialog.get_by_label("Find a note").fill("ho")
    expect(dialog.locator(".palette-option")).to_have_text(["Home"])
    dialog.get_by_role("button", name="Home").press("Enter")
    toast = told(page, "2 notes were moved.")
    expect(dialog).to_be_hidden()
    home = page.locator(".notes-tree .note-top > .note-branch", has_text="Home")
    expect(home.locator("[data-fold]").first).to_be_visible()
    toast.get_by_role("button", name="Undo").click()
    expect(page.locator("[data-toast]", has_text="2 notes are as before.")).to_be_visible()


def test_without_a_connection_the_text_is_kept(page: Page, server: Gunicorn) -> None:
    note = make(page, "Plan", "start")
    page.goto(f"/notes/{note}/edit")
    expect(page.locator(".cm-content")).to_be_visible()
    page.route(f"**/notes/{note}", lambda route: route.abort("aborted"))
    write(page, " and more")
    expect(page.locator("[data-save-status]")).to_contain_text("kept in this browser")
    page.unroute(f"**/notes/{note}")
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("[data-save-status]")).to_contain_text("Saved ")
    assert body_of(page, note) == "start and more"


def test_a_text_that_was_not_saved_goes_with_its_writer(page: Page, allow: Callable[..., None]) -> None:
    note = make(page, "Plan", "start")
    page.goto(f"/notes/{note}/edit")
    expect(page.locator(".cm-content")).to_be_visible()
    page.route(f"**/notes/{note}", lambda route: route.abort("aborted"))
    write(page, " a secret of mine")
    expect(page.locator("[data-save-status]")).to_contain_text("kept in this browser")
    other = page.context.new_page()
    other.goto("/notes")
    kept = "() => JSON.stringify({...localStorage})"
    assert "a secret of mine" in other.evaluate(kept)
    other.locator(".account > summary").click()
    other.get_by_role("button", name="Sign out").click()
    other.wait_for_url("**/sign-in?left=1")
    other.wait_for_function("() => !JSON.stringify({...localStorage}).includes('secret')")
    # The page that is still open keeps nothing any more, however often it tries.
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("[data-save-status]")).to_contain_text("cannot keep the text")
    page.goto("/sign-in")
    assert "a secret of mine" not in page.evaluate(kept)


def test_two_who_write_at_once_lose_nothing(page: Page, allow: Callable[..., None]) -> None:
    allow(page, 409)
    note = make(page, "Plan", "start")
    page.goto(f"/notes/{note}/edit")
    expect(page.locator(".cm-content")).to_be_visible()
    page.evaluate(
        """(id) => fetch(`/api/v1/notes/${id}`, {method: "PATCH", body: JSON.stringify({body: "theirs"}),
            headers: {"Content-Type": "application/json", "If-Match": '"1"',
                      "X-CSRF-Token": document.querySelector('meta[name="csrf-token"]').content}})""",
        note,
    )
    write(page, " and mine")
    merging = page.locator("[data-note-conflict]")
    expect(merging).to_contain_text("start and mine")
    expect(merging).to_contain_text("theirs")
    assert body_of(page, note) == "theirs"


def test_reading_ticks_makes_tasks_and_follows_names(page: Page) -> None:
    note = make(page, "Plan", BODY)
    page.goto(f"/notes/{note}")
    box = page.get_by_role("checkbox", name="Order seeds")
    with page.expect_response("**/tick"):
        box.check()
    assert "- [x] Order seeds" in body_of(page, note)
    with page.expect_response("**/tick"):
        box.uncheck()
    assert "- [ ] Order seeds" in body_of(page, note)
    page.locator("li.task").first.hover()
    page.get_by_role("button", name="Make a task of it: Order seeds").click()
    expect(page.locator("[data-toast]")).to_contain_text("Order seeds")
    expect(page.locator(".linked-title")).to_have_text("Order seeds")
    page.locator("[data-text] .wikilink-missing").click()
    expect(page.locator("#note-title")).to_have_value("Missing one")
    expect(page.locator(".note-mentions")).to_contain_text("Plan")


def test_a_box_that_was_ticked_before_the_script_came_is_ticked(page: Page) -> None:
    note = make(page, "Plan", BODY)
    held: list[Route] = []
    page.route("**/notes/reading-*", lambda route: held.append(route))
    with page.expect_request("**/notes/reading-*"):
        page.goto(f"/notes/{note}", wait_until="commit")
    page.get_by_role("checkbox", name="Order seeds").check()
    with page.expect_response("**/tick"):
        held[0].continue_()
    assert "- [x] Order seeds" in body_of(page, note)


def test_brackets_offer_titles_and_a_new_one(page: Page) -> None:
    make(page, "Garden plan")
    note = make(page, "Other")
    page.goto(f"/notes/{note}/edit")
    page.locator(".cm-content").click()
    offered(page, "See [[gard", "gard", ["Garden plan", "New note"])
    page.keyboard.press("Enter")
    expect(page.locator("[data-save-status]")).to_contain_text("Saved ")
    assert body_of(page, note) == "See [[Garden plan]]"


def test_the_tree_by_keyboard(page: Page) -> None:
    one, two = make(page, "One"), make(page, "Two")
    make(page, "Leaf", parent_id=one)
    page.goto("/notes")
    tree = page.locator(".notes-tree")
    link = {note: tree.locator(f'[data-note="{note}"] > .note-link') for note in (one, two)}
    link[one].focus()
    page.keyboard.press("ArrowRight")
    expect(tree.get_by_role("link", name="Leaf")).to_be_visible()
    page.reload()
    expect(tree.get_by_role("link", name="Leaf")).to_be_visible()
    link[two].focus()
    page.keyboard.press("Alt+ArrowRight")
    expect(tree.locator(f"#inside-{one} [data-note='{two}']")).to_be_visible()
    expect(link[two]).to_be_focused()
    page.keyboard.press("Alt+ArrowUp")
    expect(tree.locator(f"#inside-{one} > .note-branch").first).to_have_attribute("data-note", str(two))
    expect(link[two]).to_be_focused()
    page.keyboard.press("Alt+ArrowLeft")
    expect(tree.locator(f"#note-tree > [data-note='{two}']")).to_be_visible()


def test_a_late_answer_leaves_the_tree_as_it_is_by_now(page: Page) -> None:
    make(page, "One")
    page.goto("/notes")
    late: list[tuple[Route, APIResponse]] = []

    def meet(route: Route) -> None:
        if late:
            return route.continue_()
        late.append((route, route.fetch()))
        return None

    page.route("**/notes/tree?*", meet)
    redraw = "htmx.trigger(document.body, 'list-changed')"
    with page.expect_request("**/notes/tree?*"):
        page.evaluate(redraw)
    make(page, "Two")
    page.evaluate(redraw)
    two = page.locator(".notes-tree").get_by_role("link", name="Two")
    expect(two).to_be_visible()
    (route, before), *_more = late
    route.fulfill(response=before)
    page.wait_for_timeout(300)
    expect(two).to_be_visible()


def test_the_tree_by_pointer(page: Page) -> None:
    one, two = make(page, "One"), make(page, "Two")
    page.goto("/notes")
    tree = page.locator(".notes-tree")
    tree.locator(f'[data-note="{two}"] > .note-link').drag_to(tree.locator(f'[data-note="{one}"] > .note-link'))
    expect(tree.locator(f"#inside-{one} [data-note='{two}']")).to_be_visible()


def test_on_a_phone_the_tree_is_a_drawer(page: Page) -> None:
    note = make(page, "Plan", BODY)
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"/notes/{note}")
    tree = page.locator("#notes-tree")
    expect(tree).to_be_hidden()
    page.get_by_role("link", name="Tree of notes").click()
    expect(tree.get_by_role("link", name="Plan")).to_be_visible()
    tree.get_by_role("link", name="Close the tree").click()
    expect(tree).to_be_hidden()


def test_pinning_and_the_trash_from_the_list(page: Page) -> None:
    note = make(page, "Plan")
    page.goto("/notes")
    row = page.locator(f"#row-{note}")
    page.keyboard.press("j")
    page.keyboard.press("p")
    expect(row.get_by_label("Pinned", exact=True)).to_be_attached()
    row.hover()
    row.get_by_role("button", name="Move to the trash").click()
    expect(row).to_have_count(0)
    undo(page, "trash")
    expect(row).to_be_visible()


def test_everybody_can_use_it(new_context: Callable[..., BrowserContext]) -> None:
    page = register(new_context(bypass_csp=True, reduced_motion="reduce").new_page(), "noteuser").page
    note = make(page, "Plan", BODY)
    make(page, "Inside", parent_id=note)
    for path in ("/notes", f"/notes/{note}", f"/notes/{note}/edit", "/notes/daily", "/notes/new"):
        page.goto(path)
        expect(page.locator("#note-tree")).to_be_visible()
        assert violations(page) == [], path


def test_without_scripts_one_reads_and_writes(new_context: Callable[..., BrowserContext], server: Gunicorn) -> None:
    page = register(new_context().new_page(), "plainnoter").page
    note = make(page, "Plan", BODY)
    plain = new_context(java_script_enabled=False, storage_state=page.context.storage_state()).new_page()
    plain.goto(f"/notes/{note}/edit")
    plain.locator("textarea[name=body]").fill("by hand")
    plain.get_by_role("button", name="Save", exact=True).first.click()
    expect(plain.locator("[data-text]")).to_have_text("by hand")


def test_a_hash_offers_tags(page: Page) -> None:
    make(page, "Tagged", tags=["garden plan"])
    note = make(page, "Other")
    page.goto(f"/notes/{note}/edit")
    page.locator(".cm-content").click()
    offered(page, "Look #gard", "gard", ["garden"])
    page.keyboard.press("Enter")
    expect(page.locator("[data-save-status]")).to_contain_text("Saved ")
    assert body_of(page, note) == "Look #garden-plan "


def test_a_title_is_changed_where_it_is_read(page: Page) -> None:
    note, other = make(page, "Old", "- [ ] seeds"), make(page, "Other", "[[Old]]")
    page.goto(f"/notes/{note}")
    with page.expect_response("**/tick"):
        page.get_by_role("checkbox", name="seeds").check()
    page.locator("h1.note-title").hover()
    page.get_by_role("button", name="Change the title").click()
    field = page.get_by_role("textbox", name="Title", exact=True)
    expect(field).to_be_focused()
    field.fill("Thrown away")
    field.press("Escape")
    expect(page.locator("h1.note-title")).to_have_text("Old")
    page.get_by_role("button", name="Change the title").click()
    field.fill("New")
    field.press("Enter")
    expect(page.locator("h1.note-title")).to_have_text("New")
    expect(page.locator(f'.notes-tree [data-note="{note}"]')).to_have_text("New")
    expect(page.locator("[data-toast]")).to_contain_text("follows")
    assert body_of(page, other) == "[[New]]"
    expect(page.get_by_role("button", name="Change the title")).to_be_focused()
