"""The session cookie carries every protection that the address allows."""

from collections.abc import Callable

import pytest
from flask import Flask

from extensions.sessions import BrowserSession, ServerSessions, browser_session


def sent(change: Callable[[BrowserSession], None], *, https: bool = True, path: str = "") -> str:
    """The cookie that a request sets which does this to its session."""
    app = Flask(__name__)
    app.session_interface = ServerSessions(app, https=https, path=path)

    @app.get("/")
    def view() -> str:
        change(browser_session())
        return ""

    return app.test_client().get("/").headers["Set-Cookie"]


def begun(max_age: int | None = None) -> Callable[[BrowserSession], None]:
    return lambda session: session.begin("secret", max_age)


def test_over_https_the_cookie_belongs_to_this_very_host() -> None:
    header = sent(begun())
    assert header.startswith("__Host-trackeep=secret;")
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(header.split("; "))
    assert "Domain" not in header


def test_below_a_path_the_host_prefix_is_not_allowed() -> None:
    header = sent(begun(), path="/keep")
    assert header.startswith("trackeep=secret;")
    assert {"Secure", "Path=/keep"} <= set(header.split("; "))


def test_over_http_the_cookie_is_not_secure_but_closed_to_scripts() -> None:
    header = sent(begun(), https=False)
    assert header.startswith("trackeep=secret;")
    assert "Secure" not in header
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(header.split("; "))


@pytest.mark.parametrize(("max_age", "lasts"), [(None, False), (3600, True)])
def test_only_staying_signed_in_outlives_the_browser(max_age: int | None, lasts: bool) -> None:
    assert ("Max-Age=3600" in sent(begun(max_age))) is lasts


def test_ending_clears_the_same_cookie() -> None:
    header = sent(BrowserSession.end)
    assert header.startswith("__Host-trackeep=;")
    assert {"Max-Age=0", "Secure", "Path=/"} <= set(header.split("; "))


def test_an_empty_cookie_is_none() -> None:
    app = Flask(__name__)
    app.session_interface = ServerSessions(app, https=False)
    for header, secret in (("trackeep=", None), ("trackeep=abc", "abc"), ("other=x", None)):
        with app.test_request_context(headers={"Cookie": header}):
            assert browser_session().sid == secret


def test_a_request_that_changes_nothing_sets_no_cookie() -> None:
    app = Flask(__name__)
    app.session_interface = ServerSessions(app, https=False)
    app.add_url_rule("/", view_func=lambda: str(browser_session().sid))
    client = app.test_client()
    client.set_cookie("trackeep", "abc")
    answer = client.get("/")
    assert (answer.text, "Set-Cookie" in answer.headers) == ("abc", False)
