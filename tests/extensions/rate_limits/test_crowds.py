"""Many threads and several processes at once, and a Redis that fails in the middle of it."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from extensions.rate_limits.permits import Permits
from extensions.rate_limits.rules import Algorithm, Limit
from extensions.redis_client import RedisClient
from tests.extensions.rate_limits.crowd import crowd
from tests.extensions.rate_limits.server import RedisServer, limits_of

ROOT = Path(__file__).resolve().parents[3]
PROCESSES = 4
TIMES = 400


@pytest.fixture
def own_server() -> Iterator[RedisServer]:
    """A Redis that only this test kills."""
    server = RedisServer()
    server.start()
    yield server
    server.thaw()
    server.remove()


@pytest.fixture
def restless() -> Iterator[None]:
    """Threads take turns in the middle of everything."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(interval)


@pytest.mark.parametrize("algorithm", Algorithm)
@pytest.mark.parametrize("shared", [True, False])
def test_of_many_threads_exactly_the_limit_passes(
    client: RedisClient, algorithm: Algorithm, shared: bool, restless: None
) -> None:
    permits = Permits(client if shared else None)
    assert crowd(permits, Limit("trial", 100, 3600.0, algorithm), 800, threads=16) == 100


@pytest.mark.parametrize("algorithm", Algorithm)
def test_of_several_processes_exactly_the_limit_passes(server: RedisServer, algorithm: Algorithm) -> None:
    command = [sys.executable, "-m", "tests.extensions.rate_limits.crowd", server.url, algorithm, "100", str(TIMES)]
    processes = [
        subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(PROCESSES)
    ]
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    passed = [int(process.communicate(timeout=60)[0]) for process in processes]
    # Each process asks more often than its lease is large, so that none is left over.
    assert sum(passed) == 100


def test_a_second_process_cannot_spend_what_the_first_has_leased(server: RedisServer, client: RedisClient) -> None:
    rule = Limit("trial", 100, 3600.0, Algorithm.SLIDING_WINDOW)
    crowds = [Permits(client) for _ in range(6)]
    results: list[int] = []
    threads = [
        threading.Thread(target=lambda permits=permits: results.append(crowd(permits, rule, 160, threads=4)))
        for permits in crowds
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(results) <= 100


@pytest.mark.parametrize("algorithm", Algorithm)
def test_a_killed_redis_is_not_noticed_and_counts_again_when_it_is_back(
    own_server: RedisServer, algorithm: Algorithm
) -> None:
    clients = own_server.clients(read=0.2)
    client = limits_of(clients)
    permits, rule = Permits(client), Limit("trial", 100, 3600.0, algorithm)
    passed = crowd(permits, rule, 40, threads=4)
    own_server.kill()
    passed += crowd(permits, rule, 40, threads=4)
    assert passed == 80
    assert client.breaker.is_open
    calls = client.calls
    passed += crowd(permits, rule, 8, threads=4)
    assert client.calls == calls

    own_server.start()
    wait_until_closed(client)
    assert permits.take(rule, "alice").allowed
    assert client.calls > calls
    # What was counted in memory counts in the Redis that came back empty.
    passed += 1 + crowd(permits, rule, 400, threads=4)
    assert passed == 100
    clients.close()


def test_requests_under_way_when_redis_freezes_pass_all_the_same(own_server: RedisServer) -> None:
    clients = own_server.clients(read=0.1)
    permits, rule = Permits(limits_of(clients)), Limit("trial", 400, 3600.0, Algorithm.FIXED_WINDOW)
    # Past half, each of them is under way to Redis.
    passed = crowd(permits, rule, 208, threads=8)
    freezing = threading.Timer(0.005, own_server.freeze)
    freezing.start()
    passed += crowd(permits, rule, 160, threads=8)
    freezing.join()
    passed += crowd(permits, rule, 16, threads=8)
    assert passed == 384
    own_server.thaw()
    wait_until_closed(limits_of(clients))
    assert 0 <= crowd(permits, rule, 400, threads=8) <= 192
    clients.close()


@pytest.mark.parametrize("algorithm", Algorithm)
def test_a_flushed_redis_goes_on_from_what_the_process_knows(
    server: RedisServer, client: RedisClient, algorithm: Algorithm
) -> None:
    permits, rule = Permits(client), Limit("trial", 100, 3600.0, algorithm)
    passed = 0
    for _ in range(10):
        passed += sum(permits.take(rule, "alice").allowed for _ in range(25))
        server.admin.flushall()
        server.admin.script_flush()
    assert passed == 100


def wait_until_closed(client: RedisClient) -> None:
    pause = threading.Event()
    for _ in range(500):
        if not client.breaker.is_open:
            return
        pause.wait(0.02)
    raise TimeoutError("the breaker stays open")
