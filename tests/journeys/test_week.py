"""A week of one person's use: planned on Monday, worked and written through the days, looked over on Friday.

Everything is done on the pages, as she would; the API is only asked at the end, whether it says the same.
"""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.journeys.furnishing import call
from tests.journeys.people import ready, register, undo
from tests.journeys.test_task_boards import drag, lane, live, titles


def test_a_week(new_context: Callable[..., BrowserContext]) -> None:
    page = register(new_context(reduced_motion="reduce").new_page(), "weekly").page
    plan_on_monday(page)
    work_on_tuesday(page)
    write_on_wednesday(page)
    link_on_thursday(page)
    look_back_on_friday(page)
    agree_with_the_api(page)


def plan_on_monday(page: Page) -> None:
    """What is in her head goes into home's field; what belongs together gets a project with sections."""
    for line, told in (
        ("Call the council today #garden p1", "task"),
        ("Water the seedlings every day #garden", "task"),
        ("http://127.0.0.1:9/compost", "bookmark"),
        ("Monday's thoughts\n\nStart small.", "note"),
    ):
        capture(page, line, told)
    expect(page.locator("#home")).to_contain_text("Call the council")

    page.goto("/tasks/projects/new")
    page.get_by_label("Name").fill("Garden")
    page.get_by_role("button", name="Make project").click()
    page.get_by_role("link", name="Sections").click()
    for name in ("Now", "Later"):
        field = page.get_by_placeholder("Add a section")
        field.fill(name)
        field.press("Enter")
        expect(lane(page, name)).to_be_visible()
    for title in ("Order seeds", "Build the bed", "Mark the beds"):
        field = lane(page, "Later").get_by_placeholder("Add a task")
        field.fill(title)
        field.press("Enter")
        expect(titles(page, "Later").filter(has_text=title)).to_have_count(1)
    page.reload()
    drag(page, titles(page, "Later").first, lane(page, "Now").locator("[data-cards]"))
    expect(titles(page, "Now")).to_have_text(["Order seeds"])


def work_on_tuesday(page: Page) -> None:
    """Details, what waits for what, and a day's list that empties; what comes again stands there for tomorrow."""
    titles(page, "Later").filter(has_text="Build the bed").click()
    panel = page.locator("#panel-body")
    expect(panel.get_by_role("heading", name="Build the bed")).to_be_visible()
    ready(page)
    for title in ("Buy boards", "Saw"):
        field = panel.locator("#subtask-line")
        field.fill(title)
        field.press("Enter")
        expect(panel.locator(".task-line").filter(has_text=title)).to_be_visible()
    panel.get_by_label("Find a task that comes first").fill("Mark the")
    panel.get_by_role("button", name="Mark the beds").click()
    expect(panel.get_by_text("Waits for another task")).to_be_visible()
    panel.get_by_label("Write a comment").fill("Two metres by one")
    panel.get_by_role("button", name="Comment", exact=True).click()
    expect(panel.locator(".task-comment")).to_contain_text("Two metres by one")

    page.goto("/tasks")
    expect(row(page, "Call the council")).to_be_visible()
    tick(page, "Call the council")
    tick(page, "Water the seedlings")
    page.goto("/tasks?view=upcoming")
    expect(row(page, "Water the seedlings")).to_be_visible()
    page.goto("/tasks?view=finished")
    expect(row(page, "Call the council")).to_be_visible()


def write_on_wednesday(page: Page) -> None:
    """The day's note names a page that is not there yet; the page is written, and renamed."""
    page.goto("/notes/daily")
    page.get_by_role("button", name="Begin this day").click()
    expect(page.locator(".cm-content")).to_be_visible()
    ready(page)
    page.locator(".cm-content").click()
    page.keyboard.type("Spoke with the council. See [[Allotment rules")
    page.locator(".cm-tooltip-autocomplete li").filter(has_text="New note").click()
    page.keyboard.press("Control+End")
    page.keyboard.type("\n\n- [ ] Ask for water")
    expect(page.locator("[data-save-status]")).to_contain_text("Saved ")
    page.locator("[data-note-done]").click()

    expect(page.locator("[data-text]")).to_contain_text("Allotment rules")
    ready(page)
    page.locator("[data-text] .wikilink-missing, [data-text] .wikilink").filter(has_text="Allotment rules").click()
    expect(page.locator("#note-title")).to_have_value("Allotment rules")
    ready(page)
    page.locator(".cm-content").click()
    page.keyboard.type("No fires. Paths stay free.")
    title = page.locator("#note-title")
    title.fill("Rules of the allotment")
    title.press("Enter")
    expect(page.locator("[data-toast]").filter(has_text="follows")).to_be_visible()
    expect(page.locator("[data-save-status]")).to_contain_text("Saved ")

    page.goto("/notes/daily")
    expect(page.locator("[data-text]")).to_contain_text("Rules of the allotment")
    with page.expect_response("**/tick"):
        page.get_by_role("checkbox", name="Ask for water").check()


def link_on_thursday(page: Page) -> None:
    """A line of a note becomes a task, a page of the web gets one, and what is needed is found by any of its words."""
    page.goto("/notes/daily")
    page.locator("li.task").first.hover()
    page.get_by_role("button", name="Make a task of it: Ask for water").click()
    expect(page.locator(".linked-title")).to_have_text("Ask for water")

    page.goto("/bookmarks")
    page.locator("[data-row] [data-open]").first.click()
    linked = page.locator("#panel-body .linked, .linked").first
    expect(linked.locator("summary").first).to_be_visible()
    ready(page)
    linked.locator("summary").filter(has_text="New task").click()
    about = linked.get_by_role("textbox", name="New task")
    about.fill("Read about compost tomorrow")
    about.press("Control+Enter")
    expect(linked.locator(".linked-title")).to_have_text("Read about compost")

    page.goto("/")
    page.keyboard.press("Control+k")
    expect(page.locator(".palette-input")).to_be_focused()
    page.locator(".palette-input").fill("compost")
    expect(page.locator("#palette-list [role=option]").filter(has_text="Read about compost")).to_be_visible()
    expect(page.locator("#palette-list [role=option]").filter(has_text="127.0.0.1:9/compost")).to_be_visible()
    page.locator(".palette-input").fill("no fires")
    page.locator("#palette-list [role=option]").filter(has_text="Rules of the allotment").click()
    expect(page.locator("[data-text]")).to_contain_text("Paths stay free")


def look_back_on_friday(page: Page) -> None:
    """What was left over goes to another day and back, the project is moved on, all of it is taken home as files."""
    page.goto("/tasks?view=inbox")
    row(page, "Ask for water").hover()
    row(page, "Ask for water").locator("[data-select]").check()
    page.keyboard.press("t")
    page.locator("#bulk-due").get_by_role("button", name="Tomorrow").click()
    expect(row(page, "Ask for water").locator(".task-due")).to_contain_text("Tomorrow")
    undo(page, "1 task")
    expect(row(page, "Ask for water").locator(".task-due")).to_have_count(0)

    page.goto("/tasks/projects")
    page.get_by_role("link", name="Garden").first.click()
    live(page)
    titles(page, "Now").filter(has_text="Order seeds").focus()
    with page.expect_response("**/place"):
        page.keyboard.press("Shift+ArrowRight")
    expect(titles(page, "Later").filter(has_text="Order seeds")).to_have_count(1)

    page.goto("/notes/export")
    names = zipfile.ZipFile(
        io.BytesIO(downloaded(page, page.get_by_role("link", name="Markdown, as a zip file")))
    ).namelist()
    assert "Rules of the allotment.md" in names
    page.goto("/tasks/export")
    table = downloaded(page, page.get_by_role("main").get_by_role("link", name="CSV").first).decode()
    assert "Build the bed" in table
    assert "Read about compost" in table


def agree_with_the_api(page: Page) -> None:
    found = call(page, "GET", "/api/v1/tasks?view=all&limit=100")["items"]
    tasks = {each["title"]: each for each in found}
    assert tasks["Call the council"]["status"] == "done"
    assert tasks["Call the council"]["priority"] == "urgent"
    assert tasks["Build the bed"]["open_subtasks"] == 2
    assert sorted(each["status"] for each in found if each["title"] == "Water the seedlings") == ["done", "open"]
    notes = {each["title"] for each in call(page, "GET", "/api/v1/notes?limit=100")["items"]}
    assert {"Monday's thoughts", "Rules of the allotment"} <= notes


def capture(page: Page, text: str, told: str) -> None:
    page.goto("/")
    field = page.locator("#home-capture-text")
    field.fill(text)
    expect(page.locator(".home-capture-preview")).to_contain_text(told, ignore_case=True)
    page.locator(".home-capture").get_by_role("button", name="Add").click()
    expect(field).to_have_value("")


def row(page: Page, title: str) -> Locator:
    return page.locator("[data-task]").filter(has_text=title)


def tick(page: Page, title: str) -> None:
    row(page, title).locator("[data-tick]").first.click()
    expect(row(page, title)).to_have_count(0)


def downloaded(page: Page, button: Locator) -> bytes:
    with page.expect_download() as coming:
        button.click()
    return Path(coming.value.path()).read_bytes()
