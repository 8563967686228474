"""PostgreSQL's connections are cut, it is killed, it freezes: what requests see, and what is there afterwards."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import psycopg
import pytest

from tests.drills.application import Person, new_key
from tests.drills.conftest import OnPostgresql
from tests.drills.length import LENGTH
from tests.drills.load import Load, Report, Request
from tests.drills.truth import Truth
from tests.drills.writers import writing
from tests.servers.programs import pause, until

RATE = 25.0
REFUSAL_MS = 2_000.0
BACK_SECONDS = 2.0
SETTLE_SECONDS = 20.0
# What the log says of a read that met a cut; most cuts meet none, for connections idle most of the time.
RUN_AGAIN = "database_connection_cut"
MISSES = 30
# Waiting for a connection from the pool, and then for a server that does not answer.
FROZEN_MS = 8_500.0
RATE_WHILE_FROZEN = 6.0


@pytest.fixture(scope="module")
def reader(on_postgresql: OnPostgresql) -> Person:
    person = on_postgresql.server.add_person()
    with on_postgresql.server.browser(person) as client:
        page = {"url": "http://127.0.0.1:1/read", "title": "To be read", "tags": ["red"]}
        assert client.post("/api/v1/bookmarks", json=page).status_code == httpx.codes.CREATED
    return person


@contextmanager
def reading(on_postgresql: OnPostgresql, reader: Person, rate: float) -> Iterator[Load]:
    """Reads of a list as JSON and as a page, for a while when all is well."""

    def has_it(body: bytes) -> str:
        return "" if b"To be read" in body else "the bookmark is not in it"

    def make(number: int) -> Request:
        if number % 4:
            return Request("/api/v1/bookmarks", headers=reader.token, check=has_it)
        return Request("/bookmarks", headers=reader.session, check=has_it)

    with Load([on_postgresql.server.port], make, rate) as running:
        pause(LENGTH.seconds)
        yield running


@pytest.fixture
def load(on_postgresql: OnPostgresql, reader: Person) -> Iterator[Load]:
    with reading(on_postgresql, reader, RATE) as running:
        yield running


def test_no_read_fails_when_connections_are_cut(on_postgresql: OnPostgresql, load: Load) -> None:
    load.phase("cut")
    before = on_postgresql.server.log.count(RUN_AGAIN)
    for number in range(MISSES * LENGTH.cuts):
        cut(on_postgresql, number)
        load.settle(SETTLE_SECONDS)
        assert load.report("cut").failed == 0, load.report("cut")
        if on_postgresql.server.log.count(RUN_AGAIN) - before >= LENGTH.cuts:
            return
        pause(0.1)
    raise AssertionError("hardly a read was cut")


def test_a_write_in_flight_answers_503_and_its_repetition_has_one_effect(
    on_postgresql: OnPostgresql, reader: Person
) -> None:
    database, answers = on_postgresql.database, []
    page, key = {"url": f"http://127.0.0.1:1/{time.time_ns()}", "title": "In flight"}, new_key()

    def send() -> None:
        with on_postgresql.server.browser(reader) as client:
            answers.append(client.post("/api/v1/bookmarks", json=page, headers=key))

    waiting = "SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE 'INSERT INTO bookmarks %'"
    with psycopg.connect(database.url.replace("+psycopg", "")) as holder:
        holder.execute("LOCK TABLE bookmarks IN SHARE MODE")
        sender = threading.Thread(target=send)
        sender.start()
        until(lambda: bool(database.ask(waiting)), SETTLE_SECONDS, "the write waits for the lock")
        database.ask(waiting.replace("SELECT pid", "SELECT pg_terminate_backend(pid)"))
        sender.join()
        holder.rollback()
    send()
    send()
    assert [answer.status_code for answer in answers] == [503, 201, 201]
    assert answers[0].headers["Retry-After"]
    assert answers[2].headers["Idempotency-Replayed"] == "true"
    assert answers[1].json() == answers[2].json()
    assert database.ask(f"SELECT count(*) FROM bookmarks WHERE url = '{page['url']}'") == [(1,)]


def test_writes_have_one_effect_when_connections_are_cut(on_postgresql: OnPostgresql) -> None:
    with writing(on_postgresql.server, 4) as writers:
        for number in range(LENGTH.cuts):
            pause(0.3)
            cut(on_postgresql, number)
    assert Truth(on_postgresql.server).complaints(writers) == []
    assert sum(writer.lost for writer in writers) == 0
    assert sum(writer.refused for writer in writers) > 0


def test_a_killed_server_loses_nothing_and_is_missed_politely(on_postgresql: OnPostgresql, load: Load) -> None:
    with writing(on_postgresql.server, 2) as writers:
        pause(LENGTH.seconds)
        load.phase("killed")
        on_postgresql.database.kill()
        load.phase("away")
        pause(2 * LENGTH.seconds)
        load.phase("starting")
        on_postgresql.database.start()
        back = until(on_postgresql.server.answers, BACK_SECONDS, "the application is back")
        pause(max(0.0, BACK_SECONDS - back))
        load.phase("back")
        pause(LENGTH.seconds)
    assert Truth(on_postgresql.server).complaints(writers) == []
    slowest = max(writer.slowest_refusal for writer in writers) * 1000
    assert slowest <= REFUSAL_MS + load.report("first").p99
    assert load.report("back").failed == 0, load.report("back")
    check_refusals(load, "killed", "away", "starting", slowest=REFUSAL_MS)
    # At first what was kept a moment ago is still believed.
    away = load.report("away").statuses
    assert 503 in away, away
    assert set(away) <= {200, 503}, away


def test_a_frozen_server_is_not_waited_for(on_postgresql: OnPostgresql, reader: Person) -> None:
    with reading(on_postgresql, reader, RATE_WHILE_FROZEN) as load:
        load.settle(SETTLE_SECONDS)
        on_postgresql.database.freeze()
        load.phase("frozen")
        pause(FROZEN_MS / 1000 + 2.5)
        on_postgresql.database.thaw()
        load.phase("thawing")
        load.settle(SETTLE_SECONDS)
        load.phase("back")
        pause(LENGTH.seconds)
        load.settle(SETTLE_SECONDS)
    check_refusals(load, "frozen", "thawing", slowest=FROZEN_MS)
    assert load.report("frozen").statuses.get(503), load.report("frozen")
    assert load.report("back").failed == 0, load.report("back")


def cut(on_postgresql: OnPostgresql, number: int) -> None:
    """In turn by the server and on the way to it."""
    if number % 2:
        on_postgresql.wire.reset()
    else:
        on_postgresql.database.terminate_backends()


def check_refusals(load: Load, *phases: str, slowest: float) -> None:
    """Whatever was not answered well was refused with the moment to come again, and nothing waited longer than this
    and what such a request takes on this machine when all is well."""
    answers = [answer for answer in load.answers if answer.phase in phases]
    bad = [answer for answer in answers if not answer.is_good]
    assert {answer.status for answer in bad} <= {503}, Report.of(bad)
    assert all("Retry-After" in answer.headers for answer in bad)
    assert max(answer.ms for answer in answers) <= slowest + load.report("first").p99, Report.of(answers)
