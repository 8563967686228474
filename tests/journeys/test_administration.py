"""What an administrator does: accounts, invitations, the switch of registration, letters that no SMTP server took."""

import re
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.people import PASSWORD, Visitor, sign_in
from tests.servers import until

MAILED_SECONDS = 60.0


def test_make_an_account_and_disable_it(
    administrator: Page, new_context: Callable[..., BrowserContext], allow: Callable[..., None]
) -> None:
    page = administrator
    page.goto("/admin/people")
    page.get_by_label("User name").fill("colleague")
    page.get_by_label("E-mail address").fill("colleague@example.org")
    page.get_by_role("button", name="Make the account").click()
    once = page.locator(".notice-good code, .notice-good .secret").first.inner_text().split()[0]

    other = new_context().new_page()
    sign_in(other, "colleague", once)
    other.wait_for_url("**/sign-in/new-password*")
    other.get_by_label("New password").fill(PASSWORD)
    other.locator("main button[type=submit], form button[type=submit]").first.click()
    other.wait_for_url("**/")

    page.goto("/admin/people")
    page.get_by_role("link", name="colleague", exact=True).click()
    page.get_by_role("button", name="Disable").click()
    expect(page.get_by_role("button", name="Enable")).to_be_visible()
    other.goto("/bookmarks")
    assert "/sign-in" in other.url
    allow(other, 401, 403)
    sign_in(other, "colleague")
    expect(other.get_by_role("alert").first).to_be_visible()


def test_invitation_and_closed_registration(administrator: Page, new_context: Callable[..., BrowserContext]) -> None:
    page = administrator
    page.goto("/admin/invitations")
    page.get_by_label("E-mail address").fill("guest@example.org")
    page.get_by_role("button", name="Invite").click()
    link = page.locator(".notice-good code, .notice-good .secret").first.inner_text().split()[0]
    _switch_registration(page, "Nobody")
    try:
        guest = new_context().new_page()
        guest.goto("/sign-in")
        expect(guest.get_by_role("link", name="Create an account")).to_have_count(0)
        guest.goto(re.sub(r"^https?://[^/]+", "", link))
        guest.get_by_label("User name").fill("guest")
        guest.get_by_label("Password", exact=True).fill(PASSWORD)
        guest.get_by_role("button", name="Create the account").click()
        guest.wait_for_url("**/")
    finally:
        _switch_registration(page, "Everybody")


def test_a_reset_link_waits_in_the_outbox(
    administrator: Page, visitor: Visitor, new_context: Callable[..., BrowserContext]
) -> None:
    forgetful = new_context().new_page()
    forgetful.goto("/forgot")
    forgetful.get_by_label("E-mail address or user name").fill(visitor.name)
    forgetful.get_by_role("button", name="Send the link").click()
    expect(forgetful.get_by_role("heading", name="Look into your mail")).to_be_visible()

    page, letter = administrator, administrator.locator("details", has_text=f"{visitor.name}@example.org")

    def is_there() -> bool:
        page.goto("/admin/outbox")
        return letter.count() > 0

    until(is_there, MAILED_SECONDS, "the letter")
    letter.first.locator("summary").click()
    found = re.search(r"/reset/\S+", letter.first.locator("pre").inner_text())
    assert found
    forgetful.goto(found[0])
    forgetful.get_by_label("New password").fill(f"{PASSWORD} anew")
    forgetful.get_by_role("button", name="Save").click()
    expect(forgetful.get_by_role("heading", name="Your password was changed")).to_be_visible()
    visitor.page.goto("/bookmarks")
    assert "/sign-in" in visitor.page.url, "all devices are signed out"
    sign_in(forgetful, visitor.name, f"{PASSWORD} anew")
    forgetful.wait_for_url("**/")


def _switch_registration(page: Page, mode: str) -> None:
    page.goto("/admin/invitations")
    page.get_by_label(mode, exact=False).first.check(force=True)
    with page.expect_navigation():
        page.get_by_role("button", name="Save", exact=True).click()
