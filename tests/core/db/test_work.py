"""Units of work: one commit, inner ones join, callbacks after it, and writers that wait for each other."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from trackeep.core import clock, db, versions
from trackeep.core.actor import Actor


@pytest.fixture(autouse=True)
def counting_versions() -> Iterator[None]:
    """In the first second of 1970 versions count from one."""
    with clock.freeze(datetime(1970, 1, 1, tzinfo=UTC)):
        yield


def _number(scope: str) -> int:
    return versions.current_versions([scope])[scope]


def test_an_inner_unit_joins_and_only_the_outer_commits(alice: Actor) -> None:
    with pytest.raises(RuntimeError, match="late"), db.unit_of_work() as outer:
        with db.unit_of_work() as inner:
            assert inner is outer
            versions.raise_versions("inner")
        raise RuntimeError("late")

    assert _number("inner") == 0
    assert not db.in_work()


def test_reads_inside_see_what_was_written_and_outside_do_not(alice: Actor) -> None:
    seen: list[int] = []

    def read_elsewhere() -> None:
        seen.append(_number("a"))
        db.release()

    with db.unit_of_work():
        versions.raise_versions("a")
        assert _number("a") == 1
        other = threading.Thread(target=read_elsewhere)
        other.start()
        other.join()

    assert seen == [0]
    assert _number("a") == 1


def test_callbacks_run_after_the_commit_or_not_at_all(alice: Actor) -> None:
    heard: list[str] = []

    with db.unit_of_work():
        db.after_commit(lambda: heard.append(f"committed {_number('a')}"))
        versions.raise_versions("a")
        assert heard == []
    with pytest.raises(RuntimeError, match="no"), db.unit_of_work():
        db.after_commit(lambda: heard.append("never"))
        raise RuntimeError("no")
    db.after_commit(lambda: heard.append("at once"))

    assert heard == ["committed 1", "at once"]


def test_a_callback_that_fails_undoes_nothing_and_stops_no_other(alice: Actor) -> None:
    heard: list[str] = []

    def fail() -> None:
        raise ValueError("the bell is broken")

    with db.unit_of_work():
        versions.raise_versions("a")
        db.after_commit(fail)
        db.after_commit(lambda: heard.append("rung"))

    assert heard == ["rung"]
    assert _number("a") == 1


def test_parallel_writers_lose_nothing(alice: Actor) -> None:
    failures: list[BaseException] = []

    def write() -> None:
        try:
            for _ in range(20):
                with db.unit_of_work():
                    versions.raise_versions("counter")
        except Exception as error:  # noqa: BLE001  # whatever it is, the test shall fail with it
            failures.append(error)

    threads = [threading.Thread(target=write) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    assert _number("counter") == 160


def test_a_reader_holds_no_transaction(alice: Actor) -> None:
    db.session().execute(text("SELECT 1"))
    connection = db.session().connection()

    if db.dialect() == "sqlite":
        assert connection.connection.dbapi_connection.in_transaction is False  # type: ignore[union-attr]  # sqlite3's
    else:
        state = connection.connection.dbapi_connection.info.transaction_status  # type: ignore[union-attr]  # psycopg's
        assert state.name == "IDLE"


def test_a_refused_attempt_leaves_the_rest_of_its_unit_standing(alice: Actor) -> None:
    """After an error PostgreSQL takes nothing more in the same transaction, not even a question."""
    done: list[str] = []
    with db.unit_of_work() as session:
        versions.raise_versions("a")
        with pytest.raises(IntegrityError), db.attempt():
            versions.raise_versions("b")
            db.after_commit(lambda: done.append("refused"))
            session.execute(text("INSERT INTO scope_versions (scope, number) VALUES ('a', 1)"))
        assert (_number("a"), _number("b")) == (1, 0)
        with db.attempt():
            versions.raise_versions("c")
            db.after_commit(lambda: done.append("kept"))
    assert (_number("a"), _number("b"), _number("c"), done) == (1, 0, 1, ["kept"])


def test_an_attempt_of_its_own_is_a_unit_of_work(alice: Actor) -> None:
    with db.attempt():
        assert db.in_work()
        versions.raise_versions("a")
    assert _number("a") == 1
    assert not db.in_work()
