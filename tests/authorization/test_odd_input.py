"""What nobody sends by accident: fields that nobody asked for, numbers beyond any row, NUL bytes."""

import json
from typing import Any

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient

from tests.authorization.cases import Case, filled
from tests.authorization.catalogue import all_routes, has_number, sample_address
from tests.authorization.expectations import TABLE
from tests.authorization.requests import address, path_values
from tests.authorization.things import Things
from tests.authorization.visitors import SAFE, Route
from tests.authorization.world import World
from trackeep.core.openapi.views import document_of

BEYOND = (2**63, 2**64, 10**30)
ODD = "a\x00b\ud800\u202e\u0600\U0001f469\u200d"
ODD_TEXTS = {"odd characters": ODD, "long": "x" * 100_000}
# What the pages read from an address, beside what the API's document names.
PAGE_PARAMETERS = (
    "q",
    "text",
    "cursor",
    "kind",
    "state",
    "next",
    "space",
    "view",
    "tag",
    "sort",
    "site",
    "after",
    "open",
)


@pytest.fixture
def world(app: APIFlask) -> World:
    return World(app)


@pytest.fixture
def administrator(world: World) -> FlaskClient:
    """Reaches the most routes."""
    return world.admin.client()


def _json_routes() -> list[Route]:
    return [route for route in all_routes() if route.name in TABLE and TABLE[route.name].json is not None]


@pytest.mark.parametrize("route", _json_routes(), ids=lambda route: route.name)
def test_unknown_fields_are_refused(world: World, route: Route) -> None:
    case, things = TABLE[route.name], Things(world, world.team)
    person = world.admin if "admin" in route.name else world.alice
    body = {**(filled(case.json, things) or {}), "is_admin": True}
    path = address(world.app, route, path_values(route, case, things))
    response = person.client().open(path, method=route.method, json=body)
    assert response.status_code == 422, response.get_data(as_text=True)
    assert "is_admin" in response.get_json()["errors"]


def test_every_route_that_takes_json_is_asked_with_unknown_fields(app: APIFlask) -> None:
    asked = {(route.method.lower(), _document_path(route)) for route in _json_routes()}
    with app.test_request_context():
        paths: dict[str, dict[str, Any]] = document_of(app)["paths"]
    takes_json = {
        (method, path)
        for path, methods in paths.items()
        for method, operation in methods.items()
        if "application/json" in operation.get("requestBody", {}).get("content", {})
    }
    assert takes_json <= asked


def _document_path(route: Route) -> str:
    return route.rule.rule.replace("<int:", "{").replace("<", "{").replace(">", "}")


@pytest.mark.parametrize("number", BEYOND)
def test_numbers_beyond_any_row_are_nothing(administrator: FlaskClient, number: int) -> None:
    statuses = {
        route.name: administrator.open(sample_address(route, number), method=route.method).status_code
        for route in all_routes()
        if has_number(route)
    }
    assert {name: status for name, status in statuses.items() if status not in (404, 405)} == {}


def test_odd_texts_in_addresses_are_no_error(administrator: FlaskClient, app: APIFlask) -> None:
    broken = []
    for route in all_routes():
        if route.method in SAFE:
            for name in _query_names(app, route) if route.is_api else PAGE_PARAMETERS:
                # An export is a stream that goes on until somebody hangs up.
                with administrator.get(sample_address(route), query_string={name: _encoded(ODD)}) as response:
                    if response.status_code >= 500:
                        broken.append(f"{route.name} with {name}: {response.status_code}")
    assert broken == []


def _query_names(app: APIFlask, route: Route) -> list[str]:
    with app.test_request_context():
        paths: dict[str, dict[str, Any]] = document_of(app)["paths"]
    operation = paths.get(_document_path(route), {}).get(route.method.lower(), {})
    return [entry["name"] for entry in operation.get("parameters", []) if entry["in"] == "query"]


@pytest.mark.parametrize("text", ODD_TEXTS.values(), ids=ODD_TEXTS.keys())
def test_odd_texts_in_bodies_are_no_error(world: World, administrator: FlaskClient, text: str) -> None:
    broken, things = [], Things(world, world.team)
    for route in all_routes():
        case = TABLE.get(route.name)
        if case is None or route.method in SAFE or _ends_the_session(route):
            continue
        status = _send_odd(administrator, route, case, things, text)
        if status >= 500:
            broken.append(f"{route.name}: {status}")
    assert broken == []


def _ends_the_session(route: Route) -> bool:
    return "sign_out" in route.name or "end_all" in route.name


def _send_odd(client: FlaskClient, route: Route, case: Case, things: Things, text: str) -> int:
    fields = {**(filled(case.form, things) or {}), **(filled(case.json, things) or {})}
    odd = {name: text if isinstance(value, str) else value for name, value in fields.items()}
    if case.json is not None:
        # Written by hand: a lone surrogate is fine in JSON as an escape.
        body: dict[str, Any] = {"data": json.dumps(odd), "content_type": "application/json"}
    else:
        body = {"data": {name: _encoded(value) for name, value in odd.items()}}
    return client.open(sample_address(route), method=route.method, **body).status_code


def _encoded(value: object) -> object:
    return value.encode("utf-8", "surrogatepass") if isinstance(value, str) else value


@pytest.mark.parametrize("text", ["%00", "a%00b", "%ed%a0%80", "%ff", "x" * 5_000], ids=["nul", "b", "c", "d", "long"])
def test_odd_texts_in_paths_are_no_error(administrator: FlaskClient, text: str) -> None:
    routes = [route for route in all_routes() if "sample" in sample_address(route)]
    statuses = {
        route.name: administrator.open(sample_address(route).replace("sample", text), method=route.method).status_code
        for route in routes
    }
    assert {name: status for name, status in statuses.items() if status >= 500} == {}
