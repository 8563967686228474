"""A full disk and a database that is away are told as what they are, whoever notices it."""

import errno
from unittest.mock import patch

import pytest
from apiflask import APIFlask
from sqlalchemy.exc import OperationalError

from tests.factories.accounts import make_person
from tests.people import People
from tests.servers import free_port
from trackeep.core import db

FULL = {
    "a file": OSError(errno.ENOSPC, "No space left on device"),
    "a quota": OSError(errno.EDQUOT, "Disk quota exceeded"),
    "sqlite": OperationalError("INSERT", {}, Exception("database or disk is full")),
    "postgresql": OperationalError(
        "INSERT", {}, Exception('could not extend file "base/1/2": No space left on device')
    ),
}


def _answer(app: APIFlask, error: Exception) -> tuple[int, str]:
    def fail() -> str:
        raise error

    with patch.dict(app.view_functions, health_live=fail):
        answer = app.test_client().get("/health/live", headers={"Accept": "application/json"})
    return answer.status_code, answer.get_json()["type"]


@pytest.mark.parametrize("error", FULL.values(), ids=FULL)
def test_a_full_disk_is_told(app: APIFlask, error: Exception) -> None:
    assert _answer(app, error) == (507, "about:blank#no-room")


def test_other_trouble_is_not_taken_for_a_full_disk(app: APIFlask) -> None:
    assert _answer(app, OSError(errno.EIO, "Input/output error")) == (500, "about:blank#internal")
    gone = OperationalError("SELECT", {}, Exception("connection refused"))
    assert _answer(app, gone) == (503, "about:blank#unavailable")


@pytest.mark.parametrize("path", ["/bookmarks", "/api/v1/bookmarks", "/sign-in"])
def test_a_database_that_is_away_is_told_without_asking_it(path: str, app: APIFlask) -> None:
    client = make_person(app, "alice").client()
    db.release()
    db.database.bind(f"postgresql+psycopg://nobody@127.0.0.1:{free_port()}/nothing")
    answer = client.get(path)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "2")


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_who_comes_with_a_token_is_told_without_a_frame(method: str, app: APIFlask, people: People) -> None:
    people.add("alice")
    headers = people.holder("alice", "home:read")
    answer = app.test_client().open("/bookmarks", method=method, headers=headers)
    assert (answer.status_code, answer.mimetype) == (403, "application/problem+json")
