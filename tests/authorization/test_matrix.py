"""Every route by every kind of visitor: who gets through, who is told what, and that a refusal changes nothing."""

from collections.abc import Mapping

import pytest
from apiflask import APIFlask
from flask import Response
from flask.testing import FlaskClient

from tests.authorization.cases import Access, Case
from tests.authorization.catalogue import all_routes
from tests.authorization.expectations import TABLE
from tests.authorization.requests import contents, differences, prepare, send
from tests.authorization.things import Things
from tests.authorization.visitors import Answer, Route, Visitor, browser, expected, given
from tests.authorization.world import World
from trackeep.core import templating

Clients = dict[Visitor, tuple[FlaskClient, Mapping[str, str]]]
IN_SPACES = (Access.READ, Access.WRITE, Access.EDITORS, Access.AUTHOR)


def known_routes() -> list[Route]:
    return [route for route in all_routes() if route.name in TABLE]


@pytest.fixture
def world(app: APIFlask) -> World:
    return World(app)


@pytest.fixture
def bare_refusals(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a refusal only the status counts here; to draw its page, with all the frame, took a fifth of the time."""
    whole = templating.page

    def page(template: str, *, status: int = 200, **context: object) -> Response:
        if template == "error.html":
            return Response(status=status)
        return whole(template, status=status, **context)  # type: ignore[arg-type]  # the page's own keywords

    monkeypatch.setattr(templating, "page", page)


def test_every_route_has_an_expectation() -> None:
    missing = [f"{route.name}  ({route.rule.rule})" for route in all_routes() if route.name not in TABLE]
    assert not missing, "no expectation in tests/authorization/expectations:\n" + "\n".join(missing)


def test_every_expectation_has_a_route() -> None:
    assert set(TABLE) <= {route.name for route in all_routes()}


@pytest.mark.usefixtures("bare_refusals")
@pytest.mark.parametrize("route", known_routes(), ids=lambda route: route.name)
def test_a_route_lets_through_whom_it_should(world: World, route: Route) -> None:
    case = TABLE[route.name]
    refused: Clients = {}
    problems = _problems(world, route, case, refused, is_shared=True)
    if case.access in IN_SPACES:
        problems += _problems(world, route, case, refused, is_shared=False)
    assert not problems, "\n".join(problems)


def _problems(world: World, route: Route, case: Case, clients: Clients, *, is_shared: bool) -> list[str]:
    """``clients`` are of those who were refused before: a refusal leaves them as they were."""
    space_id = world.team if is_shared else world.alice.space_id
    answers = {visitor: expected(route, case, visitor, is_shared=is_shared) for visitor in Visitor}
    refused = [visitor for visitor, answer in answers.items() if answer is not Answer.WELCOME]
    clients.update({each: browser(world, each, route) for each in refused if each not in clients})
    who = {each: (answers[each], *clients[each]) for each in refused}
    problems = _refusals(route, case, Things(world, space_id), who)
    for visitor in _worth_letting_in(case, [visitor for visitor in Visitor if visitor not in refused]):
        problems += _welcome(world, route, case, Things(world, space_id), visitor)
    return problems


def _refusals(
    route: Route, case: Case, things: Things, who: Mapping[Visitor, tuple[Answer, FlaskClient, Mapping[str, str]]]
) -> list[str]:
    prepare(route, case, things)
    before = contents()
    problems = []
    for visitor, (answer, client, headers) in who.items():
        told = given(send(client, route, case, things, headers))
        if told != answer:
            problems.append(f"{route.name}: {visitor} should be {answer}, but was {told}")
    changed = differences(before, contents())
    return problems + [f"{route.name}: a refused request changed {', '.join(changed)}" for _ in changed[:1]]


def _welcome(world: World, route: Route, case: Case, things: Things, visitor: Visitor) -> list[str]:
    client, headers = browser(world, visitor, route)
    if route.method == "GET":
        send(client, route, case, things, headers)
    before = contents()
    response = send(client, route, case, things, headers)
    told = given(response)
    if told != Answer.WELCOME and response.status_code not in case.refusals:
        return [f"{route.name}: {visitor} should be let through, but was {told}"]
    changed = differences(before, contents()) if route.method == "GET" else []
    return [f"{route.name}: reading changed {', '.join(changed)}" for _ in changed[:1]]


def _worth_letting_in(case: Case, visitors: list[Visitor]) -> list[Visitor]:
    """For what everybody does for themselves, one person and one token stand for all."""
    if case.access in (Access.PERSON, Access.OPEN):
        return [each for each in visitors if each in (Visitor.STRANGER, Visitor.TOKEN_OF_STRANGER, Visitor.ANONYMOUS)]
    return visitors
