"""What is ended stays ended: refused at once by the instance that ended it and by all others within a second, also with
a request in flight and with Redis dead or frozen at that moment."""

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack

import httpx
import psycopg
import pytest

from tests.drills.application import PASSWORD, Person
from tests.drills.doors import knocking
from tests.drills.site import Furnished, Site, log, site
from tests.servers import RedisServer, redis_server
from tests.servers.programs import pause, until

ACCOUNTS = "/api/v1/accounts"
WAIT_SECONDS = 10.0
WAITING = "SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = 'trackeep'"
SESSIONS = "SELECT count(*) FROM sessions JOIN users ON users.id = user_id WHERE username = '{}'"


def do_nothing(_redis: RedisServer) -> None:
    """All is well."""


HARMS: Mapping[str, Callable[[RedisServer], None]] = {
    "well": do_nothing,
    "killed": RedisServer.kill,
    "frozen": RedisServer.freeze,
    "flushed": RedisServer.flush,
}


@pytest.fixture(scope="module")
def redis() -> Iterator[RedisServer]:
    with redis_server() as server:
        yield server


@pytest.fixture(scope="module")
def place(furnished: Furnished, redis: RedisServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with site(furnished, tmp_path_factory.mktemp("sessions"), redis.url) as made:
        yield made


@pytest.fixture(params=HARMS)
def harm(request: pytest.FixtureRequest, place: Site, redis: RedisServer) -> Iterator[Callable[[], None]]:
    """What happens to Redis at that moment; it is well before and afterwards."""
    place.await_redis(place.lines(), WAIT_SECONDS)
    yield lambda: HARMS[request.param](redis)
    redis.start()


def ask(place: Site, method: str, path: str, headers: Mapping[str, str], **content: object) -> httpx.Response:
    """Of the first instance."""
    url = f"{place.servers[0].url}{ACCOUNTS}{path}"
    answer = httpx.request(method, url, headers=dict(headers), timeout=20, **content)  # type: ignore[arg-type]  # httpx's own options
    assert answer.is_success, answer.text
    return answer


def sign_out(place: Site, person: Person) -> None:
    ask(place, "DELETE", "/session", person.session)


def end_session(place: Site, person: Person) -> None:
    """From another browser."""
    other = place.servers[0].sign_in(person)
    listed = ask(place, "GET", "/sessions", other).json()["items"]
    ended = next(each["id"] for each in listed if not each["is_current"])
    ask(place, "DELETE", f"/sessions/{ended}", other)


def change_password(place: Site, person: Person) -> None:
    """From another browser."""
    other = place.servers[0].sign_in(person)
    given = {"current_password": PASSWORD, "new_password": "a short walk in the sun 8"}
    ask(place, "POST", "/me/password", other, json=given)


def disable(place: Site, person: Person) -> None:
    user_id = ask(place, "GET", "/me", person.session).json()["id"]
    ask(place, "POST", f"/admin/users/{user_id}/disable", place.admin.session)


def revoke_token(place: Site, person: Person) -> None:
    token_id = ask(place, "GET", "/tokens", person.session).json()["items"][0]["id"]
    ask(place, "DELETE", f"/tokens/{token_id}", person.session)


# What each of them ends.
ENDINGS: Mapping[Callable[[Site, Person], None], tuple[str, ...]] = {
    sign_out: ("session",),
    end_session: ("session",),
    change_password: ("session",),
    disable: ("session", "token"),
    revoke_token: ("token",),
}


def test_what_is_ended_is_refused(place: Site, harm: Callable[[], None]) -> None:
    people = {end: place.servers[0].add_person() for end in ENDINGS}
    closed_at: dict[str, float] = {}
    keys = {f"{end.__name__} {kind}": getattr(people[end], kind) for end, kinds in ENDINGS.items() for kind in kinds}
    with knocking(place, keys) as doors:
        pause(0.5)
        harm()
        for end, kinds in ENDINGS.items():
            end(place, people[end])
            closed_at.update((f"{end.__name__} {kind}", time.monotonic()) for kind in kinds)
        pause(1.6)
    complaints = [each for door in doors for each in door.complaints(closed_at[door.name])]
    log.info("opened last %.2f s later", max(door.opened_last(closed_at[door.name]) for door in doors))
    assert complaints == []
    assert place.surprises() == []


def test_a_request_in_flight_does_not_bring_a_session_back(place: Site, harm: Callable[[], None]) -> None:
    person, answers = place.servers[0].add_person(), []

    def save(port: int) -> None:
        page = {"url": f"http://127.0.0.1:1/{port}", "title": "In flight"}
        url = f"http://127.0.0.1:{port}/api/v1/bookmarks"
        answers.append(httpx.post(url, json=page, headers=person.session, timeout=20))

    senders = [threading.Thread(target=save, args=(port,)) for port in place.ports]
    with ExitStack() as ending, knocking(place, {"session": person.session}) as doors:
        holder = ending.enter_context(psycopg.connect(place.database.url.replace("+psycopg", "")))
        holder.execute("LOCK TABLE bookmarks IN SHARE MODE")
        for sender in senders:
            sender.start()
        until(lambda: len(place.database.ask(WAITING)) == len(senders), WAIT_SECONDS, "the writes wait for the lock")
        harm()
        sign_out(place, person)
        closed_at = time.monotonic()
        pause(0.3)
        holder.rollback()
        for sender in senders:
            sender.join()
        pause(1.3)
    assert [each for door in doors for each in door.complaints(closed_at)] == []
    assert [answer.status_code for answer in answers] == [201, 201]
    assert not any("trackeep=" in answer.headers.get("Set-Cookie", "") for answer in answers)
    assert place.database.ask(SESSIONS.format(person.name)) == [(0,)]
    assert place.surprises() == []
