"""The API of accounts: the same verbs as the pages, as JSON and problem documents."""

from typing import Any

import pyotp
import pytest
from werkzeug.test import TestResponse

from tests.accounts.conftest import Browsers
from tests.accounts.visitors import PASSWORD, Account, Browser
from trackeep.accounts import service as accounts
from trackeep.core import clock, ext

API = "/api/v1/accounts"
NEW_PASSWORD = "five green kettles sing"
OWN = [
    ("GET", "/me", None),
    ("PATCH", "/me", {"name": "Robert"}),
    ("DELETE", "/me", {"username": "bob"}),
    ("PATCH", "/me/preferences", {"theme": "dark"}),
    ("POST", "/me/email", {"email": "robert@example.org"}),
    ("POST", "/me/password", {"current_password": PASSWORD, "new_password": NEW_PASSWORD}),
    ("POST", "/me/totp", None),
    ("POST", "/me/totp/confirm", {"code": "123456"}),
    ("POST", "/me/totp/backup-codes", None),
    ("DELETE", "/me/totp", None),
    ("GET", "/tokens", None),
    ("POST", "/tokens", {"name": "cli", "scopes": ["accounts:read"]}),
    ("DELETE", "/tokens/1", None),
    ("GET", "/sessions", None),
    ("DELETE", "/sessions", None),
    ("DELETE", "/sessions/1", None),
    ("DELETE", "/session", None),
    ("POST", "/session/password", {"password": PASSWORD}),
]
ADMIN = [
    ("GET", "/admin/users", None),
    ("POST", "/admin/users", {"username": "carl", "email": "carl@example.org"}),
    ("GET", "/admin/users/6401", None),
    ("POST", "/admin/users/6401/disable", None),
    ("POST", "/admin/users/6401/enable", None),
    ("PUT", "/admin/users/6401/role", {"role": "user"}),
    ("POST", "/admin/users/6401/reset-link", None),
    ("DELETE", "/admin/users/6401/totp", None),
    ("DELETE", "/admin/users/6401/sessions", None),
    ("GET", "/admin/invitations", None),
    ("POST", "/admin/invitations", {"email": "eve@example.org"}),
    ("DELETE", "/admin/invitations/1", None),
    ("GET", "/admin/registration", None),
    ("PUT", "/admin/registration", {"mode": "closed"}),
    ("GET", "/admin/outbox", None),
]


def call(browser: Browser, method: str, path: str, json: object = None, **options: Any) -> TestResponse:
    body = {} if json is None else {"json": json}
    return browser.change(method, API + path, **body, **options)


def with_token(browser: Browser, token: str, method: str, path: str, json: object = None) -> TestResponse:
    body: dict[str, Any] = {} if json is None else {"json": json}
    return browser.client.open(API + path, method=method, headers={"Authorization": f"Bearer {token}"}, **body)


@pytest.mark.parametrize(("method", "path", "json"), [*OWN, *ADMIN])
def test_nobody_gets_401(browser: Browsers, ada: Account, method: str, path: str, json: object) -> None:
    answer = call(browser(), method, path, json)
    assert answer.status_code == 401
    assert answer.mimetype == "application/problem+json"


@pytest.mark.parametrize(("method", "path", "json"), ADMIN)
def test_administration_does_not_exist_for_others(
    browser: Browsers, bob: Account, method: str, path: str, json: object
) -> None:
    assert call(browser(bob), method, path, json).status_code == 404


@pytest.mark.parametrize(("method", "path", "json"), [entry for entry in (*OWN, *ADMIN) if entry[:2] != ("GET", "/me")])
def test_a_token_reads_the_profile_and_no_more(
    browser: Browsers, ada: Account, method: str, path: str, json: object
) -> None:
    both = accounts.create_token(ada.actor, name="cli", scopes=["accounts:read", "accounts:write"]).token
    answer = with_token(browser(), both, method, path, json)
    assert answer.status_code == (404 if path.startswith("/admin") else 403)
    other = accounts.create_token(ada.actor, name="other", scopes=["home:read", "home:write"]).token
    assert with_token(browser(), other, method, path, json).status_code == 403


def test_a_token_opens_no_pages(browser: Browsers, bob: Account) -> None:
    token = accounts.create_token(bob.actor, name="cli", scopes=["accounts:read"]).token
    header = {"Authorization": f"Bearer {token}"}
    assert browser().get("/settings/profile", headers=header).status_code == 403
    assert browser().get(f"{API}/me", headers=header).get_json()["username"] == "bob"


@pytest.mark.parametrize("blank", ["  ", "\t", " \t"])
def test_a_bearer_request_never_takes_the_cookie_however_it_is_spaced(
    browser: Browsers, bob: Account, blank: str
) -> None:
    signed_in = browser(bob)
    assert signed_in.get(f"{API}/me", headers={"Authorization": f"Bearer{blank}tk_wrong"}).status_code == 401
    assert signed_in.get(f"{API}/me").status_code == 200


def test_wrong_tokens_are_counted(browser: Browsers, bob: Account) -> None:
    statuses = [with_token(browser(), "tk_wrong", "GET", "/me").status_code for _time in range(7)]
    assert statuses == [401] * 5 + [429] * 2
    good = accounts.create_token(bob.actor, name="cli", scopes=["accounts:read"]).token
    assert with_token(browser(), good, "GET", "/me").status_code == 200


def test_sign_in_and_out(browser: Browsers, bob: Account) -> None:
    visitor = browser()
    wrong = [call(visitor, "POST", "/session", {"login": login, "password": "wrong"}) for login in ("bob", "nobody")]
    assert [answer.status_code for answer in wrong] == [401, 401]
    documents = [{**answer.get_json(), "request_id": ""} for answer in wrong]
    assert documents[0] == documents[1]
    done = call(visitor, "POST", "/session", {"login": "bob", "password": PASSWORD})
    assert done.get_json() == {"stage": "full"}
    assert call(visitor, "GET", "/me").get_json()["id"] == bob.id
    assert call(visitor, "DELETE", "/session").status_code == 204
    assert call(visitor, "GET", "/me").status_code == 401


def test_each_guess_tells_how_many_are_left_and_a_right_password_is_none(browser: Browsers, bob: Account) -> None:
    visitor = browser()
    wrong = call(visitor, "POST", "/session", {"login": "bob", "password": "wrong"})
    assert (wrong.headers["RateLimit-Limit"], wrong.headers["RateLimit-Remaining"]) == ("5", "4")
    assert 0 < int(wrong.headers["RateLimit-Reset"]) <= 300
    right = call(visitor, "POST", "/session", {"login": "bob", "password": PASSWORD})
    assert (right.status_code, right.headers["RateLimit-Remaining"]) == (200, "4")
    # What is no guess tells how many requests are left.
    assert call(visitor, "GET", "/me").headers["RateLimit-Limit"] == str(ext.settings().page_limit)


def test_whose_tries_by_another_name_are_used_up_is_not_told_by_a_header(browser: Browsers, bob: Account) -> None:
    told = []
    for login in ("bob", "bob", bob.email, "nobody@example.org"):
        answer = call(browser(), "POST", "/session", {"login": login, "password": "wrong"})
        told.append(answer.headers["RateLimit-Remaining"])
    assert told == ["4", "3", "2", "1"], "the address has used them, whoever is asked for"


def test_six_guesses_answer_429_with_the_time_to_wait(browser: Browsers, bob: Account) -> None:
    visitor = browser()
    answers = [call(visitor, "POST", "/session", {"login": "bob", "password": "wrong"}) for _time in range(6)]
    assert [answer.status_code for answer in answers] == [401] * 5 + [429]
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert [answer.headers["RateLimit-Remaining"] for answer in answers] == ["4", "3", "2", "1", "0", "0"]


@pytest.mark.parametrize(
    ("method", "path", "json", "field"),
    [
        ("POST", "/session", {"login": "bob"}, "password"),
        ("POST", "/session", {"login": "bob", "password": "x", "admin": True}, "admin"),
        ("PATCH", "/me", {"role": "admin"}, "role"),
        ("PATCH", "/me", {"username": "a b"}, "username"),
        ("PATCH", "/me", {"time_zone": "Mars/Olympus"}, "time_zone"),
        ("PATCH", "/me", {"time_zone": "localtime"}, "time_zone"),
        ("PATCH", "/me/preferences", {"accent": "plaid"}, "accent"),
        ("PATCH", "/me/preferences", {"week_start": 3}, "week_start"),
        ("POST", "/tokens", {"name": "", "scopes": ["accounts:read"]}, "name"),
        ("POST", "/tokens", {"name": "cli", "scopes": ["all"]}, "scopes"),
        ("POST", "/me/password", {"current_password": PASSWORD, "new_password": "short"}, "new_password"),
        ("POST", "/me/email", {"email": "nothing"}, "email"),
        ("DELETE", "/me", {"username": "ada"}, "username"),
    ],
)
def test_bad_input_is_told_by_field(
    browser: Browsers, bob: Account, method: str, path: str, json: object, field: str
) -> None:
    answer = call(browser(bob), method, path, json)
    assert answer.status_code == 422
    assert field in answer.get_json()["errors"]


def test_own_account(browser: Browsers, bob: Account) -> None:
    visitor = browser(bob)
    assert call(visitor, "PATCH", "/me", {"name": "Robert", "bio": "  x\x00y  "}).get_json()["bio"] == "xy"
    assert call(visitor, "PATCH", "/me/preferences", {"theme": "dark"}).get_json()["theme"] == "dark"
    assert call(visitor, "PATCH", "/me/preferences", {"density": "compact"}).get_json()["theme"] == "dark"
    assert call(visitor, "POST", "/me/email", {"email": "robert@example.org"}).status_code == 204
    made = call(visitor, "POST", "/tokens", {"name": "cli", "scopes": ["accounts:read"], "days": 7})
    assert made.status_code == 201
    listed = call(visitor, "GET", "/tokens").get_json()
    assert [token["name"] for token in listed["items"]] == ["cli"]
    assert "accounts:write" in listed["scopes"]
    assert call(visitor, "DELETE", f"/tokens/{made.get_json()['id']}").status_code == 204
    changed = call(visitor, "POST", "/me/password", {"current_password": PASSWORD, "new_password": NEW_PASSWORD})
    assert changed.status_code == 204
    assert len(call(visitor, "GET", "/sessions").get_json()["items"]) == 1
    assert call(visitor, "DELETE", "/me", {"username": "bob"}).status_code == 204
    assert call(visitor, "GET", "/me").status_code == 401


def test_second_factor(browser: Browsers, bob: Account) -> None:
    visitor = browser(bob)
    secret = call(visitor, "POST", "/me/totp").get_json()["secret"]
    codes = call(visitor, "POST", "/me/totp/confirm", {"code": pyotp.TOTP(secret).at(clock.now())}).get_json()
    other = browser()
    half = call(other, "POST", "/session", {"login": "bob", "password": PASSWORD})
    assert half.get_json() == {"stage": "second_factor"}
    assert call(other, "GET", "/me").status_code == 401
    assert call(other, "POST", "/session/second-factor", {"code": "000000"}).status_code == 401
    done = call(other, "POST", "/session/second-factor", {"code": codes["backup_codes"][0]})
    assert done.get_json() == {"stage": "full"}
    assert call(visitor, "POST", "/me/totp/backup-codes").status_code == 200
    assert call(visitor, "DELETE", "/me/totp").status_code == 204


def test_administration(browser: Browsers, ada: Account, bob: Account) -> None:
    visitor = browser(ada)
    made = call(visitor, "POST", "/admin/users", {"username": "carl", "email": "carl@example.org"}).get_json()
    guest = browser()
    assert call(guest, "POST", "/session", {"login": "carl", "password": made["password"]}).get_json() == {
        "stage": "new_password"
    }
    assert call(guest, "POST", "/session/new-password", {"password": PASSWORD}).get_json() == {"stage": "full"}
    page = call(visitor, "GET", "/admin/users?limit=2").get_json()
    assert [user["username"] for user in page["items"]] == ["ada", "bob"]
    assert call(visitor, "GET", f"/admin/users?cursor={page['next_cursor']}").get_json()["items"][0]["id"] == made["id"]
    assert call(visitor, "PUT", f"/admin/users/{bob.id}/role", {"role": "admin"}).status_code == 204
    assert call(visitor, "PUT", f"/admin/users/{bob.id}/role", {"role": "owner"}).status_code == 422
    for verb in ("disable", "enable"):
        assert call(visitor, "POST", f"/admin/users/{bob.id}/{verb}").status_code == 204
    assert "/reset/" in call(visitor, "POST", f"/admin/users/{bob.id}/reset-link").get_json()["link"]
    assert call(visitor, "DELETE", f"/admin/users/{bob.id}/sessions").status_code == 204
    assert call(visitor, "DELETE", f"/admin/users/{bob.id}/totp").status_code == 204
    assert call(visitor, "PUT", "/admin/registration", {"mode": "closed"}).get_json() == {"mode": "closed"}
    assert call(visitor, "GET", "/admin/outbox").get_json()["items"][0]["recipient"] == "bob@example.org"


def test_invitations_and_resets(browser: Browsers, ada: Account, bob: Account) -> None:
    visitor = browser(ada)
    invited = call(visitor, "POST", "/admin/invitations", {"email": "eve@example.org"}).get_json()
    secret = invited["link"].rsplit("/", 1)[1]
    accepted = call(browser(), "POST", f"/invitations/{secret}/accept", {"username": "eve", "password": PASSWORD})
    assert (accepted.status_code, accepted.get_json()) == (201, {"stage": "full"})
    assert call(browser(), "POST", f"/invitations/{secret}/decline").status_code == 410
    assert call(visitor, "DELETE", f"/admin/invitations/{invited['id']}").status_code == 404
    assert call(browser(), "POST", "/password-resets", {"login": "nobody"}).status_code == 204
    assert call(browser(), "POST", "/password-resets/nothing", {"password": NEW_PASSWORD}).status_code == 410
    assert call(browser(), "POST", "/email-confirmations/nothing").status_code == 410
    made = call(
        browser(), "POST", "/registrations", {"username": "zoe", "email": "z@example.org", "password": PASSWORD}
    )
    assert made.status_code == 201
    assert call(browser(), "POST", "/registrations/by-mail", {"email": "z@example.org"}).status_code == 403


def test_json_is_demanded_and_the_forgery_token_too(browser: Browsers, bob: Account) -> None:
    visitor = browser(bob)
    assert visitor.change("PATCH", f"{API}/me", data={"name": "x"}).status_code == 415
    assert visitor.client.patch(f"{API}/me", json={"name": "x"}).status_code == 403
