"""The pages of accounts: first run, signing in, settings, administration."""

import io
import re
from datetime import timedelta

import pyotp
import pytest
from PIL import Image

from tests.accounts.conftest import Browsers
from tests.accounts.visitors import PASSWORD, Account, Browser
from trackeep.accounts import service as accounts
from trackeep.core import clock

SETTINGS = ("profile", "preferences", "security", "sessions", "tokens", "account")
ADMIN = ("people", "invitations", "outbox")
NEW_PERSON = {"username": "ada", "email": "ada@example.org", "password": PASSWORD}


def complaints(text: str) -> list[str]:
    return re.findall(r'class="field-error">.*?<span>(.*?)</span>', text, re.DOTALL)


def shown_secret(text: str) -> str:
    found = re.search(r'class="secret"><code>([^<]+)', text)
    assert found
    return found[1]


def picture() -> io.BytesIO:
    content = io.BytesIO()
    Image.new("RGB", (300, 200), "teal").save(content, "PNG")
    content.seek(0)
    return content


@pytest.mark.parametrize("path", ["/", "/sign-in", "/settings/profile", "/nothing-here", "/register"])
def test_on_the_first_run_all_ways_lead_to_the_set_up(browser: Browsers, path: str) -> None:
    assert browser().get(path).location == "/setup"


def test_first_run(browser: Browsers) -> None:
    visitor = browser()
    assert visitor.get("/setup").status_code == 200
    refused = visitor.post("/setup", {**NEW_PERSON, "password": "short"})
    assert refused.status_code == 422
    assert len(complaints(refused.text)) == 1
    assert 'value="ada@example.org"' in refused.text
    done = visitor.post("/setup", NEW_PERSON)
    assert (done.status_code, done.location) == (303, "/")
    assert visitor.get("/settings/profile").status_code == 200
    assert browser().get("/setup").location == "/sign-in"
    assert browser().post("/setup", {**NEW_PERSON, "username": "eve"}).location == "/sign-in"


def test_signing_in_leads_where_one_wanted_to_go(browser: Browsers, bob: Account) -> None:
    visitor = browser()
    assert visitor.get("/settings/sessions").location == "/sign-in?next=/settings/sessions"
    given = {"login": "bob", "password": PASSWORD, "next": "/settings/sessions"}
    done = visitor.post("/sign-in", given)
    assert (done.status_code, done.location) == (303, "/settings/sessions")
    assert visitor.get("/settings/sessions").status_code == 200
    assert visitor.get("/sign-in").location == "/"


@pytest.mark.parametrize("target", ["//evil.test", "/\\evil.test", "https://evil.test", "javascript:1", "/a\nb"])
def test_nobody_is_led_to_another_site(browser: Browsers, bob: Account, target: str) -> None:
    done = browser().post("/sign-in", {"login": "bob", "password": PASSWORD, "next": target})
    assert done.location == "/"


def test_wrong_passwords_say_the_same_and_are_limited(browser: Browsers, bob: Account) -> None:
    visitor = browser()
    answers = [visitor.post("/sign-in", {"login": login, "password": "wrong"}) for login in ("bob", "nobody")]
    assert [answer.status_code for answer in answers] == [401, 401]
    words = [re.findall(r"<p>(.*?)</p>", answer.text) for answer in answers]
    assert words[0] == words[1]
    assert PASSWORD not in answers[0].text
    for _time in range(3):
        visitor.post("/sign-in", {"login": "bob", "password": "wrong"})
    refused = visitor.post("/sign-in", {"login": "bob", "password": PASSWORD})
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) > 0


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(browser: Browsers, bob: Account) -> None:
    cookies = browser().post("/sign-in", {"login": "bob", "password": PASSWORD}).headers.getlist("Set-Cookie")
    assert {cookie.split("=")[0] for cookie in cookies} == {"trackeep", "trackeep_device"}
    assert all("HttpOnly" in cookie and "SameSite=Lax" in cookie for cookie in cookies)


def test_a_form_without_its_token_is_refused(browser: Browsers, bob: Account) -> None:
    answer = browser().client.post("/sign-in", data={"login": "bob", "password": PASSWORD})
    assert answer.status_code == 403


def test_signing_out(browser: Browsers, bob: Account) -> None:
    visitor = browser(bob)
    assert visitor.post("/sign-out").location == "/sign-in?left=1"
    assert visitor.cookie() is None
    assert Browser(visitor.app, bob.token).get("/settings/profile").status_code == 303


def test_second_factor_from_set_up_to_sign_in(browser: Browsers, bob: Account) -> None:
    visitor = browser(bob)
    assert visitor.get("/settings/security/totp").status_code == 404
    shown = visitor.get(visitor.post("/settings/security/totp/begin").location or "")
    secret = shown_secret(shown.text)
    assert "<svg" in shown.text
    assert visitor.post("/settings/security/totp", {"code": "000000"}).status_code == 422
    codes = visitor.post("/settings/security/totp", {"code": pyotp.TOTP(secret).at(clock.now())})
    backup = re.findall(r"<li><code>([^<]+)", codes.text)
    assert len(backup) == 10
    other = browser()
    half = other.post("/sign-in", {"login": "bob", "password": PASSWORD, "next": "/settings/tokens"})
    assert half.location == "/sign-in/code?next=/settings/tokens"
    assert other.get("/settings/tokens").location == "/sign-in?next=/settings/tokens"
    assert other.get(half.location).status_code == 200
    assert other.post("/sign-in/code", {"code": "000000"}).status_code == 401
    done = other.post("/sign-in/code", {"code": backup[0], "next": "/settings/tokens"})
    assert done.location == "/settings/tokens"
    assert other.get("/settings/tokens").status_code == 200
    assert visitor.post("/settings/security/backup-codes").status_code == 200
    assert visitor.post("/settings/security/totp/off").location == "/settings/security"


def test_the_code_page_without_a_sign_in_leads_back(browser: Browsers, bob: Account) -> None:
    assert (browser().get("/sign-in/code").location or "").startswith("/sign-in")
    assert (browser().get("/sign-in/new-password").location or "").startswith("/sign-in")


@pytest.mark.parametrize("name", SETTINGS)
def test_settings_pages_are_for_who_is_signed_in(browser: Browsers, bob: Account, name: str) -> None:
    assert browser(bob).get(f"/settings/{name}").status_code == 200
    assert browser().get(f"/settings/{name}").location == f"/sign-in?next=/settings/{name}"


@pytest.mark.parametrize("name", ADMIN)
def test_administrators_pages_do_not_exist_for_others(browser: Browsers, ada: Account, bob: Account, name: str) -> None:
    assert browser(ada).get(f"/admin/{name}").status_code == 200
    assert browser(bob).get(f"/admin/{name}").status_code == 404
    assert browser().get(f"/admin/{name}").status_code == 303


def test_profile(browser: Browsers, bob: Account) -> None:
    visitor, given = browser(bob), {"username": "bob", "name": "<b>Bob</b>", "bio": "", "time_zone": "Europe/Berlin"}
    assert visitor.post("/settings/profile", given).status_code == 303
    assert "&lt;b&gt;Bob&lt;/b&gt;" in visitor.get("/settings/profile").text
    refused = visitor.post("/settings/profile", {**given, "username": "ADA", "time_zone": "UTC"})
    assert refused.status_code == 422
    assert len(complaints(refused.text)) == 1
    assert visitor.post("/settings/profile", {**given, "role": "admin"}).status_code == 422


def test_preferences(browser: Browsers, bob: Account) -> None:
    visitor = browser(bob)
    given = {"theme": "dark", "accent": "teal", "density": "compact", "week_start": "6", "visibility": "members"}
    assert visitor.post("/settings/preferences", given).status_code == 303
    text = visitor.get("/settings/preferences").text
    assert 'data-theme="dark"' in text
    assert 'data-accent="teal"' in text
    assert visitor.post("/settings/preferences", {"theme": "neon"}).status_code == 422


def test_avatar(browser: Browsers, ada: Account, bob: Account) -> None:
    visitor = browser(bob)
    assert visitor.get(f"/people/{bob.id}/avatar").status_code == 404
    refused = visitor.post("/settings/avatar", {"avatar": (io.BytesIO(b"<svg/>"), "x.png")})
    assert refused.status_code == 422
    assert visitor.post("/settings/avatar", {"avatar": (picture(), "x.png")}).status_code == 303
    served = browser(ada).get(f"/people/{bob.id}/avatar")
    assert (served.status_code, served.mimetype) == (200, "image/webp")
    assert browser().get(f"/people/{bob.id}/avatar").status_code == 303
    assert visitor.post("/settings/avatar", {"remove": "1"}).status_code == 303
    assert visitor.get(f"/people/{bob.id}/avatar").status_code == 404


def test_password_change_keeps_this_browser_signed_in(browser: Browsers, bob: Account) -> None:
    visitor = browser(bob)
    given = {"current_password": "wrong", "new_password": "five green kettles sing"}
    assert visitor.post("/settings/security/password", given).status_code == 422
    assert visitor.post("/settings/security/password", {**given, "current_password": PASSWORD}).status_code == 303
    assert visitor.cookie() != bob.token
    assert visitor.get("/settings/profile").status_code == 200


def test_tokens(browser: Browsers, bob: Account) -> None:
    visitor = browser(bob)
    made = visitor.post("/settings/tokens", {"name": "cli", "scopes": ["accounts:read"], "days": "30"})
    token = shown_secret(made.text)
    assert token not in visitor.get("/settings/tokens").text
    header = {"Authorization": f"Bearer {token}"}
    assert browser().client.get("/api/v1/accounts/me", headers=header).status_code == 200
    (kept,) = accounts.own_tokens(bob.actor)
    assert visitor.post(f"/settings/tokens/{kept.id}/revoke").status_code == 303
    assert browser().client.get("/api/v1/accounts/me", headers=header).status_code == 401


def test_devices(browser: Browsers, bob: Account) -> None:
    visitor = browser(bob)
    other = browser()
    other.post("/sign-in", {"login": "bob", "password": PASSWORD})
    latest = max(session.id for session in accounts.own_sessions(bob.actor))
    assert visitor.post(f"/settings/sessions/{latest}/end").status_code == 303
    assert other.get("/settings/profile").status_code == 303
    assert visitor.post("/settings/sessions/end-all").location == "/sign-in?left=1"
    assert visitor.get("/settings/profile").status_code == 303


def test_a_dangerous_change_asks_for_the_password_first(browser: Browsers, bob: Account) -> None:
    visitor = browser(bob)
    with clock.freeze(clock.now() + timedelta(minutes=11)):
        asked = visitor.post("/settings/account", {"username": "bob"})
        assert asked.location == "/confirm-password?next=/settings/account"
        assert visitor.get(asked.location).status_code == 200
        assert visitor.post("/confirm-password", {"password": "wrong"}).status_code == 422
        confirmed = visitor.post("/confirm-password", {"password": PASSWORD, "next": "/settings/account"})
        assert confirmed.location == "/settings/account"
        assert visitor.post("/settings/account", {"username": "ada"}).status_code == 422
        assert visitor.post("/settings/account", {"username": "bob"}).location == "/sign-in?left=1"
    assert visitor.get("/settings/profile").status_code == 303


def test_administrator_makes_and_changes_people(browser: Browsers, ada: Account, bob: Account) -> None:
    visitor = browser(ada)
    made = visitor.post("/admin/people", {"username": "carl", "email": "carl@example.org"})
    assert shown_secret(made.text)
    assert visitor.post("/admin/people", {"username": "carl", "email": "c@example.org"}).status_code == 422
    page = f"/admin/people/{bob.id}"
    for verb in ("disable", "enable", "sign-out", "totp-off"):
        assert visitor.post(f"{page}/{verb}").location == page
    assert visitor.post(f"{page}/role", {"role": "admin"}).location == page
    assert "/reset/" in shown_secret(visitor.post(f"{page}/reset-link").text)
    assert visitor.get(page).status_code == 200
    assert visitor.post(f"/admin/people/{ada.id}/role", {"role": "user"}).status_code == 303
    assert visitor.get("/admin/people?q=carl").status_code == 404


def test_invitation_from_letter_to_account(browser: Browsers, ada: Account) -> None:
    visitor = browser(ada)
    link = shown_secret(visitor.post("/admin/invitations", {"email": "eve@example.org"}).text)
    path = link.removeprefix("http://localhost")
    assert "eve@example.org" in visitor.get("/admin/outbox").text
    guest = browser()
    assert "eve@example.org" in guest.get(path).text
    assert guest.post(path, {"username": "eve", "password": "short"}).status_code == 422
    assert guest.post(path, {"username": "eve", "password": PASSWORD}).location == "/"
    assert browser().get(path).status_code == 410
    visitor.post("/admin/registration", {"mode": "closed"})
    assert browser().post("/register", {**NEW_PERSON, "username": "mallory"}).status_code == 403


def test_forgotten_password_says_the_same_to_everybody(browser: Browsers, bob: Account) -> None:
    answers = [browser().post("/forgot", {"login": login}) for login in ("bob", "nobody")]
    assert [answer.status_code for answer in answers] == [200, 200]
    bodies = [re.sub(r'nonce="[^"]+"|content="[^"]+"|Request \w+', "", answer.text) for answer in answers]
    assert bodies[0] == bodies[1]
    assert browser().get("/reset/nothing").status_code == 410
    assert browser().get("/invitation/nothing").status_code == 410
    assert browser().post("/confirm-email/nothing").status_code == 410


@pytest.mark.parametrize("path", ["/confirm-password", *(f"/settings/{name}" for name in SETTINGS)])
def test_a_page_without_a_part_of_its_own_is_given_whole(browser: Browsers, ada: Account, path: str) -> None:
    answer = browser(ada).get(path, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert answer.text.startswith("<!doctype html>")
