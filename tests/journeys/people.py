"""People in a browser: the first one who sets the server up, and those who register."""

import re
from dataclasses import dataclass

from playwright.sync_api import Page

PASSWORD = "violet harbour lantern 42"  # opens nothing outside of these journeys


@dataclass(frozen=True)
class Visitor:
    name: str
    page: Page


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
