"""The session cookie carries every protection that the address allows."""

import pytest
from flask import Request, Response
from werkzeug.test import create_environ

from extensions.sessions import SessionCookie


def sent(cookie: SessionCookie, max_age: int | None = None) -> str:
    response = Response()
    cookie.start(response, "token", max_age)
    return response.headers["Set-Cookie"]


def test_over_https_the_cookie_belongs_to_this_very_host() -> None:
    header = sent(SessionCookie(https=True))
    assert header.startswith("__Host-trackeep=token;")
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(header.split("; "))
    assert "Domain" not in header


def test_below_a_path_the_host_prefix_is_not_allowed() -> None:
    header = sent(SessionCookie(https=True, path="/keep"))
    assert header.startswith("trackeep=token;")
    assert {"Secure", "Path=/keep"} <= set(header.split("; "))


def test_over_http_the_cookie_is_not_secure_but_closed_to_scripts() -> None:
    header = sent(SessionCookie(https=False, path=""))
    assert header.startswith("trackeep=token;")
    assert "Secure" not in header
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(header.split("; "))


@pytest.mark.parametrize(("max_age", "lasts"), [(None, False), (3600, True)])
def test_only_staying_signed_in_outlives_the_browser(max_age: int | None, lasts: bool) -> None:
    assert ("Max-Age=3600" in sent(SessionCookie(https=True), max_age)) is lasts


def test_clearing_ends_the_same_cookie() -> None:
    cookie, response = SessionCookie(https=True), Response()
    cookie.clear(response)
    header = response.headers["Set-Cookie"]
    assert header.startswith(f"{cookie.name}=;")
    assert {"Max-Age=0", "Secure", "Path=/"} <= set(header.split("; "))


def test_an_empty_cookie_is_none() -> None:
    cookie = SessionCookie(https=False)
    for header, token in (("trackeep=", None), ("trackeep=abc", "abc"), ("other=x", None)):
        assert cookie.read(Request(create_environ(headers=[("Cookie", header)]))) == token
