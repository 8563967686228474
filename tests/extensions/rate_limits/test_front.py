"""Flask-Limiter in front of named limits, in an application that is not Trackeep."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from flask import Flask, request
from flask.testing import FlaskClient

from extensions.rate_limits import Algorithm, Limit, Limiter, Permits, UnnamedSubject, Verdict
from extensions.redis_client import RedisClient
from tests.extensions.rate_limits.server import RedisServer, limits_of

SEARCH = Limit("search", 2, 60.0, Algorithm.FIXED_WINDOW)
CHAT = Limit("chat", 20, 60.0, Algorithm.TOKEN_BUCKET)


@dataclass
class Shop:
    """A small application, and what its limiter told."""

    limiter: Limiter
    client: FlaskClient
    told: list[Verdict] = field(default_factory=list)

    def ask(self, path: str, who: str = "alice") -> int:
        return self.client.get(path, headers={"X-Who": who}).status_code


def open_shop(permits: Permits) -> Shop:
    told: list[Verdict] = []
    limiter = Limiter(lambda: request.headers.get("X-Who", ""), told.append)
    limiter.bind([SEARCH, CHAT], permits)
    app = Flask(__name__)
    app.testing = True
    limiter.init_app(app)

    def view() -> str:
        return "found"

    app.add_url_rule("/plain", "plain", view)
    app.add_url_rule("/one", "one", limiter.named("search")(named_view("one")))
    app.add_url_rule("/other", "other", limiter.named("search")(named_view("other")))
    app.add_url_rule("/chat", "chat", limiter.named("chat")(named_view("chat")))
    return Shop(limiter, app.test_client(), told)


def named_view(name: str) -> Callable[[], str]:
    """Flask-Limiter knows views by their qualified names."""

    def view() -> str:
        return name

    view.__name__ = view.__qualname__ = name
    return view


@pytest.fixture
def shop() -> Shop:
    return open_shop(Permits(None))


def test_views_of_one_name_share_a_limit_and_others_have_none(shop: Shop) -> None:
    assert [shop.ask(path) for path in ("/one", "/other", "/one", "/other")] == [200, 200, 429, 429]
    assert {shop.ask("/plain") for _ in range(5)} == {200}
    assert shop.ask("/one", who="bob") == 200
    assert [verdict.remaining for verdict in shop.told] == [1, 0, 0, 0, 1]


def test_what_is_exempt_is_not_counted(shop: Shop) -> None:
    assert shop.told == []


def test_each_request_is_counted_once(shop: Shop) -> None:
    shop.ask("/one")
    shop.ask("/chat")
    assert [(verdict.limit, verdict.remaining) for verdict in shop.told] == [(SEARCH, 1), (CHAT, 19)]


def test_no_hook_runs_around_other_requests(shop: Shop) -> None:
    app = shop.client.application
    assert (app.before_request_funcs, app.after_request_funcs, app.teardown_request_funcs) == ({}, {}, {})


def test_a_subject_without_a_name_is_refused_loudly_and_not_let_through(shop: Shop) -> None:
    with pytest.raises(UnnamedSubject):
        shop.ask("/one", who="")


def test_a_limit_that_nobody_has_named_is_refused(shop: Shop) -> None:
    with shop.client.application.test_request_context(headers={"X-Who": "alice"}), pytest.raises(KeyError):
        shop.limiter.take("unknown")


def test_a_limited_request_is_one_round_trip_with_its_headers(client: RedisClient) -> None:
    shop = open_shop(Permits(client))
    shop.ask("/chat")
    before = client.calls
    shop.ask("/chat")
    assert client.calls == before + 1


@pytest.fixture
def own_server() -> Iterator[RedisServer]:
    server = RedisServer()
    server.start()
    yield server
    server.thaw()
    server.remove()


@pytest.mark.parametrize("trouble", [RedisServer.kill, RedisServer.freeze])
def test_no_request_fails_when_redis_does(own_server: RedisServer, trouble: Callable[[RedisServer], None]) -> None:
    clients = own_server.clients(read=0.1)
    shop = open_shop(Permits(limits_of(clients)))
    statuses = [shop.ask("/chat") for _ in range(10)]
    trouble(own_server)
    statuses += [shop.ask("/chat") for _ in range(12)]
    assert statuses == [200] * 20 + [429] * 2
    clients.close()
