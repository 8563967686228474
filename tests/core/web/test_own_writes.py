"""A browser that has written says so for two seconds; a token always asks SQL; one process alone needs neither."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from apiflask import APIFlask
from werkzeug.test import TestResponse

from extensions.sessions import COOKIE_NAME
from tests.factories.accounts import Person, make_person
from trackeep.core import ext
from trackeep.core.web import own_writes

NAME = {"name": "Alice"}


@pytest.fixture
def alice(app: APIFlask) -> Person:
    return make_person(app, "alice")


@pytest.fixture
def several(app: APIFlask) -> Iterator[None]:
    """As where several processes serve; what they use is another matter."""
    before = ext.settings()
    ext.settings.bind(replace(before, database_url="postgresql+psycopg://elsewhere/trackeep"))
    yield
    ext.settings.bind(before)


def marked(answer: TestResponse) -> str:
    return next((line for line in answer.headers.getlist("Set-Cookie") if own_writes.COOKIE in line), "")


def wants_exact(app: APIFlask, **headers: str) -> bool:
    with app.test_request_context(headers={name.capitalize(): value for name, value in headers.items()}):
        return own_writes.wants_exact()


@pytest.mark.usefixtures("several")
def test_a_browser_that_has_written_is_marked_for_two_seconds(alice: Person) -> None:
    answer = alice.client().patch("/api/v1/accounts/me", json=NAME)
    assert answer.status_code == 200
    assert {"trackeep_wrote=1", "Max-Age=2", "HttpOnly", "SameSite=Lax"} <= set(marked(answer).split("; "))


@pytest.mark.usefixtures("several")
def test_so_is_one_whose_write_was_refused_or_led_elsewhere(alice: Person) -> None:
    client = alice.client()
    assert marked(client.patch("/api/v1/accounts/me", json={"nonsense": 1}))
    assert marked(client.post("/settings/profile", data=NAME))


@pytest.mark.usefixtures("several")
def test_reading_marks_nobody(alice: Person) -> None:
    assert not marked(alice.client().get("/api/v1/accounts/me"))


@pytest.mark.usefixtures("several")
def test_the_mark_and_a_token_want_what_sql_says_now(app: APIFlask) -> None:
    assert wants_exact(app, cookie=f"{own_writes.COOKIE}=1; {COOKIE_NAME}=x")
    assert wants_exact(app, authorization="Bearer tk_x")
    assert not wants_exact(app, cookie=f"{COOKIE_NAME}=x")
    assert not own_writes.wants_exact(), "a job has no author who waits"


def test_one_process_alone_knows_its_writes(app: APIFlask, alice: Person) -> None:
    if not ext.settings().is_sqlite:
        pytest.skip("on PostgreSQL several serve")
    assert not marked(alice.client().patch("/api/v1/accounts/me", json=NAME))
    assert not wants_exact(app, authorization="Bearer tk_x")
