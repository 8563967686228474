"""No change by another site: every route that changes something wants our token, our origin, and JSON where due."""

from collections.abc import Mapping

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.authorization.catalogue import sample_address, unsafe_routes
from tests.authorization.expectations import TABLE
from tests.authorization.requests import contents
from tests.authorization.visitors import Route
from tests.factories.accounts import Person
from trackeep.core.security import TOKEN_FIELD, TOKEN_HEADER

FOREIGN: Mapping[str, Mapping[str, str]] = {
    "another origin": {"Origin": "https://evil.example"},
    "a hidden origin": {"Origin": "null"},
    "an origin that ends like ours": {"Origin": "http://localhost.evil.example"},
    "our host by another scheme": {"Origin": "https://localhost"},
    "another site": {"Sec-Fetch-Site": "cross-site"},
    "a neighbour": {"Sec-Fetch-Site": "same-site", "Origin": "http://localhost"},
}
ROUTES = unsafe_routes()  # now, for the application that they are read from binds what the tests' own binds again
NOT_JSON = ("application/x-www-form-urlencoded", "text/plain", "application/octet-stream", "text/xml")


@pytest.fixture
def client(alice: Person) -> FlaskClient:
    return alice.client()


def _without_token(client: FlaskClient) -> FlaskClient:
    client.environ_base.pop(_environ_name(TOKEN_HEADER))
    return client


def _environ_name(header: str) -> str:
    return f"HTTP_{header.upper().replace('-', '_')}"


def _is_refused(response: TestResponse) -> bool:
    return response.status_code == 403 and response.is_json and response.get_json().get("reason") == "csrf"


def _refusals(client: FlaskClient, headers: Mapping[str, str], data: Mapping[str, str]) -> list[str]:
    """The routes that did not refuse. They are asked for words that say why: a page has none for programs."""
    headers = {"Accept": "application/json", **headers}
    before = contents()
    wrong = []
    for route in ROUTES:
        response = client.open(sample_address(route), method=route.method, headers=headers, data=data)
        if not _is_refused(response):
            wrong.append(f"{route.name} answered {response.status_code}")
    return wrong + ([] if contents() == before else ["something was changed"])


def test_no_change_without_the_token(client: FlaskClient) -> None:
    assert _refusals(_without_token(client), {}, {}) == []


@pytest.mark.parametrize("token", ["", "0" * 64, "é"])
def test_no_change_with_a_wrong_token(client: FlaskClient, token: str) -> None:
    assert _refusals(_without_token(client), {TOKEN_HEADER: token.encode().decode("latin-1")}, {}) == []
    assert _refusals(client, {}, {TOKEN_FIELD: token}) == []


def test_no_change_with_the_token_of_another_session(client: FlaskClient, alice: Person) -> None:
    other = alice.client().environ_base[_environ_name(TOKEN_HEADER)]
    assert _refusals(_without_token(client), {TOKEN_HEADER: other}, {}) == []


@pytest.mark.parametrize("headers", FOREIGN.values(), ids=FOREIGN.keys())
def test_no_change_from_elsewhere_even_with_the_token(client: FlaskClient, headers: Mapping[str, str]) -> None:
    assert _refusals(client, headers, {}) == []


def test_the_token_in_the_address_counts_for_nothing(client: FlaskClient) -> None:
    token = str(client.environ_base[_environ_name(TOKEN_HEADER)])
    client = _without_token(client)
    response = client.post(f"/settings/preferences?{TOKEN_FIELD}={token}", data={"theme": "dark"})
    assert response.status_code == 403


@pytest.mark.parametrize("mimetype", NOT_JSON)
def test_the_api_takes_json_only(client: FlaskClient, mimetype: str) -> None:
    accepted = [route.name for route in ROUTES if route.is_api and _send_as(client, route, mimetype).status_code != 415]
    assert accepted == []


def _send_as(client: FlaskClient, route: Route, mimetype: str) -> TestResponse:
    return client.open(
        sample_address(route), method=route.method, data=b'{"name": "x"}', headers={"Content-Type": mimetype}
    )


def test_a_form_never_stands_in_for_json(client: FlaskClient) -> None:
    """A multipart body passes the first door, since uploads need it; what takes JSON refuses it all the same."""
    accepted = [
        route.name
        for route in ROUTES
        if route.name in TABLE
        and TABLE[route.name].json is not None
        and _send_as(client, route, "multipart/form-data; boundary=x").status_code < 400
    ]
    assert accepted == []
