"""People in a browser: the first one who sets the server up, and those who register."""

import re
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Locator, Page, Response

PASSWORD = "violet harbour lantern 42"  # opens nothing outside of these journeys


# Parts of a page load their scripts by themselves; until then keys and pointer find nobody there.
ALL_MOUNTED = "() => document.readyState === 'complete' && !document.querySelector('[data-module]:not([data-mounted])')"


@dataclass(frozen=True)
class Visitor:
    name: str
    page: Page


def ready(page: Page) -> None:
    """All scripts of the page that is shown now listen."""
    page.wait_for_function(ALL_MOUNTED)


def patient(page: Page) -> None:
    """From now on this page is only there with all its scripts, unless a call says itself what it waits for. Who
    follows a link, or sends a form, asks ``ready`` for it."""
    goto, reload = page.goto, page.reload

    def patient_goto(url: str, **more: Any) -> Response | None:
        response = goto(url, **more)
        if not more:
            ready(page)
        return response

    def patient_reload(**more: Any) -> Response | None:
        response = reload(**more)
        if not more:
            ready(page)
        return response

    page.goto, page.reload = patient_goto, patient_reload  # type: ignore[method-assign]  # the same for all journeys


def told(page: Page, words: str) -> Locator:
    """The message that says so. With the pointer on it it stays: on a busy machine it might be gone before somebody
    has pressed its Undo."""
    message = page.locator("[data-toast]").filter(has_text=words).last
    message.hover()
    return message


def undo(page: Page, words: str) -> None:
    """Takes back what this message tells of."""
    told(page, words).get_by_role("button", name="Undo").click()


def set_up(page: Page, name: str = "admin") -> None:
    """The first visitor of a new server makes the administrator's account."""
    page.goto("/")
    fill_person(page, name)
    page.get_by_role("button", name="Create the account").click()
    page.wait_for_url("**/")


def register(page: Page, name: str) -> Visitor:
    """By the API: each journey begins with somebody new, and the form takes twice as long as this and the home page."""
    asking = page.context.request
    token = re.search(r'name="csrf-token" content="([^"]+)"', asking.get("/sign-in").text())
    assert token
    card = {"username": name, "email": f"{name}@example.org", "name": name.title(), "password": PASSWORD}
    answer = asking.post("/api/v1/accounts/registrations", data=card, headers={"X-CSRF-Token": token[1]})
    assert answer.status == 201, answer.text()
    page.goto("/")
    return Visitor(name, page)


def register_by_form(page: Page, name: str) -> None:
    page.goto("/register")
    fill_person(page, name)
    page.locator("form button[type=submit]").first.click()
    page.wait_for_url("**/")
    ready(page)


def fill_person(page: Page, name: str) -> None:
    page.get_by_label("User name").fill(name)
    page.get_by_label("E-mail address").fill(f"{name}@example.org")
    page.get_by_label("Your name").fill(name.title())
    page.get_by_label("Password", exact=True).fill(PASSWORD)


def sign_in(page: Page, name: str, password: str = PASSWORD) -> None:
    page.goto("/sign-in")
    page.get_by_label("E-mail address or user name").fill(name)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in").click()
