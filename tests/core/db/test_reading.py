"""A cut connection: reads outside a unit of work go on, a unit of work does not, and nothing of it remains."""

from collections.abc import Iterator

import psycopg
import pytest
from apiflask import APIFlask
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from tests.people import People
from trackeep.accounts.models import User
from trackeep.core import db, versions
from trackeep.core.db import patience
from trackeep.core.db.patience import PatientConnection

PID = text("SELECT pg_backend_pid()")


@pytest.fixture(autouse=True)
def only_on_a_server(app: APIFlask) -> None:
    if db.dialect() == "sqlite":
        pytest.skip("SQLite has no connections that could be cut")


@pytest.fixture
def operator(app: APIFlask) -> Iterator[Connection]:
    """A connection that cuts others."""
    with db.database.engine.connect() as connection:
        yield connection.execution_options(isolation_level="AUTOCOMMIT")


def _cut(operator: Connection, pid: object) -> None:
    operator.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": pid})


def test_a_read_is_run_again_on_another_connection(operator: Connection) -> None:
    first = db.rows(PID)[0][0]
    _cut(operator, first)
    assert db.rows(PID)[0][0] != first


@pytest.mark.parametrize("verb", ["execute", "scalar", "scalars"])
def test_a_read_by_the_session_is_run_again(verb: str, operator: Connection) -> None:
    first = db.session().scalar(PID)
    _cut(operator, first)
    found = getattr(db.session(), verb)(PID)
    second = found if verb == "scalar" else next(iter(found))
    assert second != first


def test_things_that_were_loaded_before_are_still_there(people: People, operator: Connection) -> None:
    alice = people.add("alice")
    user = db.session().get_one(User, alice.user_id)
    _cut(operator, db.session().scalar(PID))
    assert db.rows(PID)
    assert user.username == "alice"


def test_a_unit_of_work_fails_and_leaves_nothing(operator: Connection) -> None:
    with pytest.raises(DBAPIError), db.unit_of_work() as session:
        versions.raise_versions("a")
        _cut(operator, session.scalar(PID))
        versions.raise_versions("b")
    assert versions.current_versions(["a", "b"]) == {"a": 0, "b": 0}


def test_a_cut_connection_can_be_given_back(operator: Connection) -> None:
    _cut(operator, db.session().scalar(PID))
    db.release()
    assert db.session().scalar(PID)


def test_an_answer_that_does_not_come_is_not_waited_for(operator: Connection) -> None:
    raw = operator.connection.driver_connection
    assert isinstance(raw, PatientConnection)
    raw.patience = 0.1
    with pytest.raises(DBAPIError) as caught:
        operator.execute(text("SELECT pg_sleep(5)"))
    assert caught.value.connection_invalidated


def test_patience_is_for_statements_and_not_for_the_greeting(app: APIFlask) -> None:
    with db.database.engine.connect() as connection:
        raw = connection.connection.driver_connection
        seen = [getattr(raw, "patience", 0)]
        patience.wait_for_ever(connection)
        seen.append(getattr(raw, "patience", 0))
    seen.append(getattr(raw, "patience", 0))
    assert seen == [patience.STATEMENT_SECONDS, None, patience.GREETING_SECONDS]


def test_a_connection_that_was_cut_while_it_was_made_is_made_again(
    app: APIFlask, monkeypatch: pytest.MonkeyPatch
) -> None:
    failures = [psycopg.OperationalError("server closed the connection unexpectedly")]
    make = PatientConnection.connect

    def connect(*arguments: object, **options: object) -> object:
        if failures:
            raise failures.pop()
        return make(*arguments, **options)  # type: ignore[arg-type]  # passed on as they came

    db.database.engine.dispose()
    monkeypatch.setattr(PatientConnection, "connect", connect)
    assert db.rows(PID)
    assert not failures


def test_a_server_that_does_not_answer_is_not_waited_for_twice(app: APIFlask, monkeypatch: pytest.MonkeyPatch) -> None:
    tries: list[object] = []

    def connect(*arguments: object, **options: object) -> None:
        tries.append(options)
        raise psycopg.errors.ConnectionTimeout("connection timeout expired")

    db.database.engine.dispose()
    monkeypatch.setattr(PatientConnection, "connect", connect)
    with pytest.raises(DBAPIError):
        db.rows(PID)
    assert len(tries) == 1
