"""Copies of sessions are believed under the version of their person's scope only."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import pytest

from extensions import events, keys
from extensions.freshness import Freshness
from extensions.redis_client import RedisClient
from extensions.sessions import SessionCopies
from tests.extensions.conftest import MakeClient
from tests.servers import RedisServer

NOW = 1_000.0


@dataclass(frozen=True)
class Held:
    user: int
    ends_at: float = NOW + 60
    seen: int = 0
    rights: int = 1

    @property
    def depends_on(self) -> Sequence[str]:
        return [f"user:{self.user}", "space:1"]


class World:
    """Rows of sessions and versions, as SQL has them."""

    def __init__(self) -> None:
        self.rows = {"hash": Held(3)}
        self.version = 5
        self.read = 0

    def versions(self, scopes: Sequence[str]) -> dict[str, int]:
        return {scope: self.version for scope in scopes if scope == "user:3"}

    def row(self, token_hash: str) -> tuple[Held, int] | None:
        self.read += 1
        held = self.rows.get(token_hash)
        return None if held is None else (held, self.version)

    def end(self) -> None:
        self.rows.clear()
        self.version += 1

    def process(
        self, client: RedisClient | None, *, key: bytes = b"key", name: str = "session"
    ) -> tuple[SessionCopies[Held], Freshness]:
        freshness = Freshness(self.versions, client)
        return SessionCopies(Held, self.row, freshness, client, key=key, name=name, clock=lambda: NOW), freshness


@pytest.fixture
def world() -> World:
    return World()


Process = Callable[[], tuple[SessionCopies[Held], Freshness]]


@pytest.fixture(params=["alone", "redis"])
def process(request: pytest.FixtureRequest, world: World) -> Process:
    if request.param == "alone":
        return lambda: world.process(None)
    make: MakeClient = request.getfixturevalue("make_client")
    return lambda: world.process(make())


def test_the_row_is_read_once(world: World, process: Process) -> None:
    copies, _ = process()
    assert [copies.find("hash") for _ in range(3)] == [Held(3)] * 3
    assert world.read == 1


def test_an_unknown_secret_is_nobody(process: Process) -> None:
    copies, _ = process()
    assert copies.find("other") is None


def test_whoever_ended_it_refuses_it_at_once(world: World, process: Process) -> None:
    copies, freshness = process()
    copies.find("hash")
    world.end()
    freshness.learned({"user:3": world.version})
    assert copies.find("hash") is None


def test_exact_asks_for_the_version_in_sql(world: World, process: Process) -> None:
    copies, _ = process()
    copies.find("hash")
    world.end()
    assert copies.find("hash", exact=True) is None


def test_other_processes_take_the_copy(world: World, make_client: MakeClient) -> None:
    world.process(make_client())[0].find("hash")
    told: list[str] = []

    def note(_name: str, *, outcome: str) -> None:
        told.append(outcome)

    with events.session_asked.connected_to(note):
        assert world.process(make_client())[0].find("hash") == Held(3)
    assert (world.read, told) == (1, ["hit"])


def test_a_late_copy_is_not_believed(world: World, server: RedisServer, make_client: MakeClient) -> None:
    """A slow process writes what it read before the sign-out."""
    slow, _ = world.process(make_client())
    world.end()
    slow.keep("hash", Held(3), 5)
    server.ask("DEL", keys.version("user:3"))
    assert world.process(make_client())[0].find("hash") is None


def test_the_secret_itself_is_not_in_redis_and_its_copy_ends(
    world: World, server: RedisServer, make_client: MakeClient
) -> None:
    world.process(make_client())[0].find("hash")
    assert sorted(server.ask("KEYS", "tk:session:*")) == ["tk:session:hash"]
    assert 59_000 < server.ask("PTTL", "tk:session:hash") <= 60_000


def test_a_copy_of_what_never_ends_is_kept_for_a_day(
    world: World, server: RedisServer, make_client: MakeClient
) -> None:
    world.process(make_client())[0].keep("hash", Held(3, ends_at=4e9), 5)
    assert 0 < server.ask("PTTL", "tk:session:hash") <= 24 * 3600 * 1000


def test_a_copy_past_its_end_is_looked_up_in_the_row(world: World, process: Process) -> None:
    """Another process has prolonged it."""
    world.rows["hash"] = Held(3, ends_at=NOW)
    copies, _ = process()
    copies.find("hash")
    world.rows["hash"] = Held(3, ends_at=NOW + 60)
    assert copies.find("hash") == Held(3, ends_at=NOW + 60)


def test_a_change_without_a_new_version(world: World, process: Process) -> None:
    copies, _ = process()
    found = copies.find("hash")
    assert found is not None
    copies.change("hash", found, Held(3, seen=1))
    assert copies.find("hash") == Held(3, seen=1)
    assert world.read == 1


def test_a_change_of_what_has_lost_rights_meanwhile_brings_none_back(world: World, process: Process) -> None:
    """One request found the person before they left a space, and notes afterwards that it has seen them."""
    copies, freshness = process()
    former = copies.find("hash")
    assert former is not None
    world.rows["hash"], world.version = Held(3, rights=0), world.version + 1
    freshness.learned({"user:3": world.version})
    assert copies.find("hash") == Held(3, rights=0)
    copies.change("hash", former, replace(former, seen=1))
    assert copies.find("hash") == Held(3, rights=0)


def test_a_change_of_what_has_ended_meanwhile_brings_nothing_back(world: World, process: Process) -> None:
    copies, freshness = process()
    found = copies.find("hash")
    assert found is not None
    world.end()
    freshness.learned({"user:3": world.version})
    assert copies.find("hash") is None
    copies.change("hash", found, Held(3, seen=1))
    assert copies.find("hash") is None


@pytest.mark.parametrize("poison", ["", "junk", "\x80\x04K\x01.", "x" * 10_000_000])
def test_a_poisoned_copy_is_no_session(world: World, server: RedisServer, make_client: MakeClient, poison: str) -> None:
    server.ask("SET", keys.session("hash"), poison)
    client = make_client()
    assert world.process(client)[0].find("hash") == Held(3)
    assert not client.breaker.is_open
    assert world.process(make_client())[0].find("hash") == Held(3)
    assert world.read == 1


@pytest.mark.parametrize(("key", "name"), [(b"guessed", "session"), (b"key", "token")])
def test_a_copy_that_is_not_sealed_for_this_is_no_session(
    world: World, make_client: MakeClient, key: bytes, name: str
) -> None:
    """Somebody writes to Redis who is not us, or the secret of one kind is sent as one of another."""
    world.process(make_client(), key=key, name=name)[0].keep("forged", Held(3), 5)
    assert world.process(make_client())[0].find("forged") is None


def test_a_copy_is_no_session_under_another_secret(world: World, server: RedisServer, make_client: MakeClient) -> None:
    world.process(make_client())[0].find("hash")
    server.ask("RENAME", keys.session("hash"), keys.session("other"))
    assert world.process(make_client())[0].find("other") is None


def test_without_redis_the_row_answers(world: World, server: RedisServer, make_client: MakeClient) -> None:
    copies, _ = world.process(make_client())
    server.kill()
    assert copies.find("hash") == Held(3)
    assert copies.find("other") is None
