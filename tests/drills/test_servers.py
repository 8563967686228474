"""The servers of the tests do what their verbs say; otherwise no drill means anything."""

import socket
import time
from collections.abc import Iterator

import pytest
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import AuthenticationError, ConnectionError, NoPermissionError, TimeoutError
from redis.retry import Retry

from tests.drills.load import Answer, Report, percentile
from tests.servers import RedisServer, TcpProxy, cluster, processes, redis_server, sentinel_group

SECONDS = 0.3


def client(url: str, **options: object) -> Redis:
    return Redis.from_url(url, socket_timeout=SECONDS, retry=Retry(NoBackoff(), 0), decode_responses=True, **options)


@pytest.fixture(scope="module")
def server() -> Iterator[RedisServer]:
    users = ["user app on >secret ~tk:* &tk:* +@all"]
    with redis_server(password="open-sesame", users=users, lines=["maxmemory 20mb"]) as running:
        yield running


def test_a_killed_server_keeps_what_it_was_told_unless_it_starts_empty(server: RedisServer) -> None:
    client(server.url).set("a", "1")
    server.kill()
    with pytest.raises(ConnectionError):
        server.ask("PING")
    server.start()
    assert server.ask("GET", "a") == "1"
    server.kill()
    server.start(empty=True)
    assert server.ask("GET", "a") is None


def test_a_frozen_server_does_not_answer_until_it_is_thawed(server: RedisServer) -> None:
    with client(server.unix_url) as asking:
        asking.ping()
        server.freeze()
        with pytest.raises(TimeoutError):
            asking.ping()
        server.thaw()
        assert server.answers()


def test_settings_and_users_hold(server: RedisServer) -> None:
    assert server.ask("CONFIG", "GET", "maxmemory")["maxmemory"] == str(20 * 2**20)
    server.set_config("maxmemory", "30mb")
    assert server.ask("CONFIG", "GET", "maxmemory")["maxmemory"] == str(30 * 2**20)
    with pytest.raises(AuthenticationError):
        client(f"redis://{server.host}:{server.port}").ping()
    with client(f"redis://app:secret@{server.host}:{server.port}") as limited, pytest.raises(NoPermissionError):
        limited.set("other", "1")
    server.ask("SET", "a", "1")
    server.flush()
    assert server.ask("DBSIZE") == 0


def test_tls_is_verified_by_its_own_authority() -> None:
    with redis_server(tls=True) as encrypted:
        assert encrypted.certificates is not None
        trusted = client(encrypted.url, ssl_ca_certs=str(encrypted.certificates.authority))
        assert trusted.ping()
        with pytest.raises(ConnectionError, match="CERTIFICATE_VERIFY_FAILED"):
            client(encrypted.url).ping()
        with pytest.raises(ConnectionError):
            client(f"redis://{encrypted.host}:{encrypted.port}").ping()


def test_a_frozen_server_is_gone_at_the_end() -> None:
    with redis_server() as ending:
        ending.freeze()
        pid = ending.pid
    assert not processes.is_alive(pid)


def test_sentinels_name_another_primary_when_theirs_is_killed_and_agree_when_it_is_back() -> None:
    with sentinel_group() as group:
        first = group.kill_primary()
        group.await_failover(first)
        group.revive()
        assert group.primary() is not first
        second = group.failover_by_hand()
        group.await_failover(second)


def test_a_cluster_serves_all_slots_when_a_primary_is_frozen_and_takes_it_back_as_a_replica() -> None:
    with cluster() as whole:
        first = whole.freeze_primary("some key")
        whole.await_failover(first)
        assert whole.primary_of("some key") is not first
        whole.revive()
        assert first not in whole.primaries()


@pytest.fixture
def wire(server: RedisServer) -> Iterator[TcpProxy]:
    with TcpProxy(server.port) as proxy:
        yield proxy


def ask(through: TcpProxy, connection: socket.socket | None = None) -> bytes:
    """The beginning of the answer, empty for an end of the connection."""
    connection = connection or socket.create_connection((through.host, through.port), SECONDS)
    connection.settimeout(SECONDS)
    connection.sendall(b"PING\r\n")
    return connection.recv(1_000)[:7]


def test_the_proxy_passes_delays_swallows_and_refuses(wire: TcpProxy) -> None:
    assert ask(wire) == b"-NOAUTH"
    wire.delay(0.1)
    started = time.monotonic()
    assert ask(wire) == b"-NOAUTH"
    assert time.monotonic() - started >= 0.2
    wire.half_open()
    with pytest.raises(OSError, match="timed out"):
        ask(wire)
    wire.refuse()
    with pytest.raises(ConnectionResetError):
        ask(wire)
    wire.pass_on()
    assert ask(wire) == b"-NOAUTH"


def test_the_proxy_cuts_what_is_open_and_takes_new_ones(wire: TcpProxy) -> None:
    with socket.create_connection((wire.host, wire.port), SECONDS) as connection:
        assert ask(wire, connection)
        assert wire.connections == 1
        wire.reset()
        with pytest.raises(ConnectionResetError):
            connection.recv(1)
    assert ask(wire) == b"-NOAUTH"


def test_waiting_counts_from_when_a_request_was_due() -> None:
    answers = [Answer("x", 0.0, float(ms), 200 if ms < 99 else 503, "", {}) for ms in range(1, 101)]
    report = Report.of(answers)
    assert (report.count, report.failed, report.p50, report.p95, report.p99) == (100, 2, 50.0, 95.0, 99.0)
    assert report.statuses == {200: 98, 503: 2}
    assert percentile([], 0.5) == 0.0
