"""From an empty folder to a signed-in administrator, out again and in again; then somebody else registers."""

from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.journeys.people import PASSWORD, register_by_form, set_up, sign_in
from tests.journeys.server import running_server
from tests.journeys.watching import Watch


def test_first_run(browser: Browser, tmp_path: Path) -> None:
    with running_server(tmp_path) as server:
        context = browser.new_context(base_url=server.url)
        watch = Watch(context)
        page = context.new_page()
        set_up(page, "founder")
        expect(page.get_by_role("heading", level=1)).to_contain_text("Founder")
        expect(page.get_by_text("Import", exact=False).first).to_be_visible()

        page.get_by_label("Account", exact=True).click()
        page.get_by_role("button", name="Sign out").click()
        page.wait_for_url("**/sign-in?left=1")

        watch.allow(401)
        sign_in(page, "founder", "not the password 1")
        expect(page.get_by_role("alert")).to_contain_text("is not right")
        expect(page.get_by_label("E-mail address or user name")).to_have_value("founder")
        expect(page.get_by_label("E-mail address or user name")).to_be_focused()
        sign_in(page, "founder", PASSWORD)
        page.wait_for_url(f"{server.url}/")
        expect(page.get_by_role("heading", level=1)).to_contain_text("Founder")
        other = browser.new_context(base_url=server.url)
        watch_other = Watch(other)
        page = other.new_page()
        register_by_form(page, "follower")
        expect(page.get_by_role("heading", level=1)).to_contain_text("Follower")
        assert [*watch.take(), *watch_other.take()] == []
        other.close()
        context.close()
