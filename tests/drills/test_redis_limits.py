"""Of many requests at once never more than the limit pass over two instances, and guesses are counted exactly whatever
is killed."""

import itertools
from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection

import httpx
import pytest

from tests.drills.application import Person
from tests.drills.load import Request, exchange
from tests.drills.site import Furnished, Site, log, site
from tests.servers import RedisServer, redis_server, until
from tests.servers.programs import pause

# Below half of it permits are leased; a limit of less than twenty leases none.
API_LIMIT, SEARCH_LIMIT, SIGN_IN_LIMIT = 100, 15, 5
LIST = "/api/v1/bookmarks"
CROWD = 150
THREADS = 50
LEASE_SECONDS = 1.1
WORKER_SECONDS = 20.0
PASSED, TOO_MANY = 200, 429
WRONG = 401
TRIES = "SELECT tries FROM guess_counts JOIN users ON subject = 'sign-in:person:' || users.id WHERE username = '{}'"


@pytest.fixture(scope="module")
def redis() -> Iterator[RedisServer]:
    with redis_server() as server:
        yield server


@pytest.fixture(scope="module")
def place(furnished: Furnished, redis: RedisServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    limits = {
        "API_LIMIT": str(API_LIMIT),
        "SEARCH_LIMIT": str(SEARCH_LIMIT),
        "SIGN_IN_LIMIT": str(SIGN_IN_LIMIT),
        # So that the drill can come from several addresses.
        "PROXY_HOPS": "1",
    }
    with site(furnished, tmp_path_factory.mktemp("limits"), redis.url, limits) as made:
        yield made


def newcomer(place: Site) -> Person:
    """Everybody comes from this machine, so what was counted of its address is forgotten."""
    place.database.ask("DELETE FROM guess_counts")
    return place.servers[0].add_person()


def ask_at_once(place: Site, person: Person, path: str = LIST) -> Counter[int]:
    """The statuses by number, of requests that are sent to the instances in turn."""

    def ask(number: int) -> int:
        connection = HTTPConnection("127.0.0.1", place.ports[number % len(place.ports)], timeout=20)
        status, _wrong, _headers = exchange(connection, Request(path, headers=person.token))
        connection.close()
        return status

    with ThreadPoolExecutor(THREADS) as people:
        return Counter(people.map(ask, range(CROWD)))


def test_exactly_the_limit_passes_where_nothing_is_leased(place: Site) -> None:
    found = ask_at_once(place, newcomer(place), f"{LIST}?text=word")
    assert found == {PASSED: SEARCH_LIMIT, TOO_MANY: CROWD - SEARCH_LIMIT}


def test_never_more_than_the_limit_passes_and_what_was_leased_comes_back(place: Site) -> None:
    person = newcomer(place)
    passed = 0
    for _ in range(3):
        found = ask_at_once(place, person)
        assert set(found) <= {PASSED, TOO_MANY}
        passed += found[PASSED]
        log.info("%d of %d have passed", passed, API_LIMIT)
        assert passed <= API_LIMIT
        pause(LEASE_SECONDS)
    assert passed == API_LIMIT


def test_each_instance_keeps_the_limit_when_redis_goes_away(place: Site, redis: RedisServer) -> None:
    person = newcomer(place)
    with ThreadPoolExecutor(1) as other:
        asked = other.submit(ask_at_once, place, person)
        redis.kill()
        found = asked.result() + ask_at_once(place, person)
    redis.start()
    assert set(found) <= {PASSED, TOO_MANY}
    assert API_LIMIT <= found[PASSED] <= len(place.servers) * API_LIMIT


class Guesser:
    """Tries wrong passwords, each from another address, at the instances in turn."""

    def __init__(self, place: Site, person: Person) -> None:
        self._place, self._person = place, person
        self._numbers = itertools.count(1)
        self._keys = httpx.get(f"{place.servers[0].url}/sign-in")

    def guess(self) -> int:
        """The status of the answer; 0 for none."""
        number = next(self._numbers)
        headers = {**self._form(), "X-Forwarded-For": f"10.1.{number // 250}.{number % 250 + 1}"}
        given = {"login": self._person.name, "password": "not the right one"}
        url = f"{self._place.servers[number % 2].url}/api/v1/accounts/session"
        try:
            return httpx.post(url, json=given, headers=headers, timeout=20).status_code
        except httpx.TransportError:
            return 0

    def _form(self) -> Mapping[str, str]:
        """As a guest's page sends it."""
        token = self._keys.text.partition('name="csrf-token" content="')[2].partition('"')[0]
        cookies = "; ".join(f"{name}={value}" for name, value in self._keys.cookies.items())
        return {"X-CSRF-Token": token, "Cookie": cookies}


def test_guesses_are_counted_through_the_death_of_redis_and_of_a_worker(place: Site, redis: RedisServer) -> None:
    person = newcomer(place)
    guesser = Guesser(place, person)
    assert [guesser.guess() for _ in range(2)] == [WRONG] * 2
    redis.kill()
    assert [guesser.guess() for _ in range(2)] == [WRONG] * 2
    restart_workers(place)
    assert [guesser.guess() for _ in range(3)] == [WRONG, TOO_MANY, TOO_MANY]
    redis.start()
    assert guesser.guess() == TOO_MANY
    assert place.database.ask(TRIES.format(person.name)) == [(SIGN_IN_LIMIT,)]


def test_guesses_at_once_are_not_more_than_the_limit_when_redis_and_a_worker_die(
    place: Site, redis: RedisServer
) -> None:
    person = newcomer(place)
    guesser = Guesser(place, person)
    with ThreadPoolExecutor(20) as people:
        asked = [people.submit(guesser.guess) for _ in range(40)]
        until(lambda: any(each.done() for each in asked), WORKER_SECONDS, "a first answer")
        redis.kill()
        place.servers[0].kill_worker()
        found = Counter(each.result() for each in asked)
    redis.start()
    log.info("guesses: %s", dict(found))
    assert set(found) <= {WRONG, TOO_MANY, 0}
    assert found[TOO_MANY] > 0
    assert found[WRONG] <= SIGN_IN_LIMIT <= found[WRONG] + found[0]
    assert place.database.ask(TRIES.format(person.name)) == [(SIGN_IN_LIMIT,)]


def restart_workers(place: Site) -> None:
    """Kill all of them, and wait for others."""
    former = [pid for server in place.servers for pid in server.workers()]
    for server in place.servers:
        server.kill_worker()

    def are_new() -> bool:
        now = [pid for server in place.servers for pid in server.workers()]
        return not set(now) & set(former) and all(server.answers() for server in place.servers)

    until(are_new, WORKER_SECONDS, "other workers")
