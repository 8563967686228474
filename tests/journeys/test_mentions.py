"""Somebody is mentioned in a comment: found while one types, put in by keys or pointer, and marked once it is said."""

import re
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.accessibility import violations
from tests.journeys.furnishing import call
from tests.journeys.people import register
from tests.journeys.server import Gunicorn
from tests.journeys.teaming import together

NAMES = ("mentioner", "mentionmila", "mentionmoritz")
FIELD = "Write a comment"


def test_people_are_offered_behind_an_at(new_context: Callable[..., BrowserContext], server: Gunicorn) -> None:
    pages = [register(new_context(bypass_csp=True, reduced_motion="reduce").new_page(), name).page for name in NAMES]
    page = pages[0]
    space_id = together(server, *NAMES)
    task = call(page, "POST", "/api/v1/tasks", {"title": "Plan the fair", "space_id": space_id})["id"]
    page.goto(f"/tasks/{task}")
    form = page.locator(".task-comment-form")
    field, options = form.get_by_label(FIELD), form.locator("[role=option]")
    expect(form.locator("[role=listbox]")).to_be_attached()

    field.press_sequentially("Hello @")
    expect(options).to_have_count(3)
    expect(options.last).to_contain_text("@mentioner")
    expect(field).to_have_attribute("aria-expanded", "true")
    assert violations(page) == []
    chosen = form.locator("[role=option][aria-selected=true]")
    expect(chosen).to_contain_text("@mentionmila")
    field.press("ArrowDown")
    expect(chosen).to_contain_text("@mentionmoritz")
    expect(field).to_have_attribute("aria-activedescendant", chosen.get_attribute("id") or "")
    field.press("Enter")
    expect(field).to_have_value("Hello @mentionmoritz ")
    expect(options).to_have_count(3)
    expect(form.get_by_role("listbox")).to_be_hidden()
    expect(field).not_to_have_attribute("role", "combobox")

    # Put in at once: an answer for the first letters would be taken for that of all.
    field.fill("Hello @mentionmoritz and @MILA")
    expect(form.get_by_role("listbox")).to_be_visible()
    expect(options).to_have_count(1)
    field.press("Tab")
    expect(field).to_have_value("Hello @mentionmoritz and @mentionmila ")
    expect(field).to_be_focused()

    field.fill("Hello @mentionmoritz and @mentionmila @mention")
    expect(form.get_by_role("listbox")).to_be_visible()
    expect(options).to_have_count(3)
    field.press("Escape")
    expect(form.get_by_role("listbox")).to_be_hidden()
    field.press_sequentially("er")
    expect(field).to_have_value("Hello @mentionmoritz and @mentionmila @mentioner")
    expect(form.get_by_role("listbox")).to_be_hidden()
    field.fill("Hello @mentionmoritz and @")
    expect(form.get_by_role("listbox")).to_be_visible()
    expect(options).to_have_count(3)
    options.first.click()
    expect(field).to_have_value("Hello @mentionmoritz and @mentionmila ")
    expect(field).to_be_focused()

    form.get_by_role("button", name="Comment").click()
    said = page.locator(".task-comment .mention")
    expect(said).to_have_text(["@mentionmoritz", "@mentionmila"])
    expect(said.first).to_have_attribute("title", "Mentionmoritz")
    assert violations(page) == []
    change_it(page)
    for text, found in (("mention", 3), ("nobody", 0)):
        page.goto(f"/tasks/{task}/mentionable?text={text}")
        expect(page.locator("[role=option]")).to_have_count(found)
        assert violations(page) == []


def change_it(page: Page) -> None:
    page.locator(".task-comment").get_by_text("Change").click()
    form = page.locator(".task-comment-edit form")
    field = form.get_by_label("Your comment")
    expect(form.locator("[role=listbox]")).to_be_attached()
    field.fill("Hello @mentionmoritz and @mentionmila @er")
    expect(form.get_by_role("listbox")).to_be_visible()
    expect(form.locator("[role=option]")).to_have_count(1)
    field.press("Enter")
    expect(field).to_have_value("Hello @mentionmoritz and @mentionmila @mentioner ")


def test_nobody_is_offered_where_nobody_listens(new_context: Callable[..., BrowserContext]) -> None:
    page = register(new_context().new_page(), "mentionmonk").page
    task = call(page, "POST", "/api/v1/tasks", {"title": "Alone"})["id"]
    page.goto(f"/tasks/{task}")
    form = page.locator(".task-comment-form")
    expect(form.get_by_label(FIELD)).to_have_attribute("placeholder", FIELD)
    expect(form).not_to_have_attribute("data-module", re.compile("."))
