"""Settings: looks, picture, time zone, the second factor with its backup codes, API tokens, other devices."""

import json
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pyotp
from playwright.sync_api import BrowserContext, Page, expect

from tests.authorization.things import picture
from tests.journeys.people import PASSWORD, Visitor, sign_in
from tests.servers import Gunicorn


def test_looks_and_profile(visitor: Visitor, tmp_path: Path) -> None:
    page = visitor.page
    page.goto("/settings/preferences")
    for name in ("Dark", "Violet", "Compact"):
        page.get_by_label(name, exact=True).check(force=True)
        # What is said of the choice before goes as soon as there is another.
        expect(page.locator("[data-save-status]").first).to_contain_text("Saved")
    html = page.locator("html")
    page.goto("/bookmarks")
    for name, value in (("theme", "dark"), ("accent", "violet"), ("density", "compact")):
        expect(html).to_have_attribute(f"data-{name}", value)

    page.goto("/settings/profile")
    page.get_by_label("Time zone").select_option("Asia/Tokyo")
    page.get_by_label("About you").fill("Collects lighthouses")
    with page.expect_navigation():
        page.get_by_role("button", name="Save", exact=True).click()
    page.goto("/settings/profile")
    expect(page.get_by_label("Time zone")).to_have_value("Asia/Tokyo")
    expect(page.get_by_label("About you")).to_have_value("Collects lighthouses")

    file = tmp_path / "me.png"
    file.write_bytes(picture())
    page.set_input_files("input[name=avatar]", file)
    page.get_by_role("button", name="Use this picture").click()
    expect(page.locator(".topbar img")).to_be_visible()
    page.wait_for_function("() => document.querySelector('.topbar img')?.naturalWidth > 0")


def test_second_factor(
    visitor: Visitor, new_context: Callable[..., BrowserContext], allow: Callable[..., None]
) -> None:
    page = visitor.page
    page.goto("/settings/security")
    page.get_by_role("button", name="Set up").click()
    page.wait_for_url("**/settings/security/totp")
    secret = page.locator(".secret code, .secret").first.inner_text().split()[0]
    codes = pyotp.TOTP(secret)
    allow(page, 422)
    page.get_by_label("Code", exact=True).fill("000000")
    page.get_by_role("button", name="Turn on").click()
    expect(page.locator("[data-field=code] .field-error, [role=alert]").first).to_be_visible()
    page.get_by_label("Code", exact=True).fill(codes.now())
    page.get_by_role("button", name="Turn on").click()
    backup = page.locator(".codes code")
    expect(backup.first).to_be_visible()
    spare = backup.first.inner_text()

    other = new_context().new_page()
    sign_in(other, visitor.name)
    other.wait_for_url("**/sign-in/code*")
    other.goto("/bookmarks")
    assert "/sign-in" in other.url, "the password alone must not open anything"
    sign_in(other, visitor.name)
    other.get_by_label("Code", exact=True).fill(spare)
    other.get_by_role("button", name="Continue").click()
    other.wait_for_url("**/")

    again = new_context().new_page()
    sign_in(again, visitor.name)
    allow(again, 401, 422)
    again.get_by_label("Code", exact=True).fill(spare)
    again.get_by_role("button", name="Continue").click()
    expect(again.get_by_role("alert").or_(again.locator(".field-error")).first).to_be_visible()
    assert "/sign-in" in again.url, "a backup code works once"


def test_tokens(visitor: Visitor, server: Gunicorn) -> None:
    page = visitor.page
    page.goto("/settings/tokens")
    page.get_by_label("Name", exact=True).fill("my phone")
    page.get_by_label("bookmarks:read", exact=True).check()
    page.get_by_role("button", name="Create the token").click()
    token = page.locator(".notice-good code, .notice-good .secret").first.inner_text().split()[0]
    assert _status(server, "GET", "/api/v1/bookmarks", token) == 200
    assert _status(server, "POST", "/api/v1/bookmarks", token) == 403
    assert _status(server, "GET", "/api/v1/tags", token) == 403
    page.goto("/settings/tokens")
    row = page.locator("tr", has_text="my phone")
    expect(row).to_contain_text("127.0.0.1")
    row.get_by_role("button", name="Revoke").click()
    expect(row).to_have_count(0)
    assert _status(server, "GET", "/api/v1/bookmarks", token) == 401


def test_another_device_is_signed_out(visitor: Visitor, new_context: Callable[..., BrowserContext]) -> None:
    other = new_context().new_page()
    sign_in(other, visitor.name)
    other.wait_for_url("**/")
    page = visitor.page
    page.goto("/settings/sessions")
    page.get_by_role("table").get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("table").get_by_role("button", name="Sign out")).to_have_count(0)
    other.goto("/bookmarks")
    assert "/sign-in" in other.url


def test_a_new_password_signs_others_out(visitor: Visitor, new_context: Callable[..., BrowserContext]) -> None:
    other = new_context().new_page()
    sign_in(other, visitor.name)
    other.wait_for_url("**/")
    page, new = visitor.page, f"{PASSWORD} changed"
    page.goto("/settings/security")
    page.get_by_label("Current password").fill(PASSWORD)
    page.get_by_label("New password").fill(new)
    _and_wait(page, "Change the password")
    other.goto("/bookmarks")
    assert "/sign-in" in other.url
    sign_in(other, visitor.name, new)
    other.wait_for_url("**/")


def _and_wait(page: Page, button: str) -> None:
    with page.expect_response(lambda response: response.request.method == "POST"):
        page.get_by_role("button", name=button, exact=True).click()


def _status(server: Gunicorn, method: str, path: str, token: str) -> int:
    body = json.dumps({"url": "http://127.0.0.1:9/by-api"}).encode() if method == "POST" else None
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    request = urllib.request.Request(server.url + path, method=method, data=body, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
