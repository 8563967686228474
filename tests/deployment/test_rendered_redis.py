"""A Redis with the rendered files: what the application may do there, and what not."""

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from redis import Redis
from redis.exceptions import AuthenticationError, NoPermissionError, ResponseError

from extensions import keys
from extensions.redis_client import RedisClient
from tests.deployment.rendered import PASSWORD, Process, client_of, single
from tests.test_packaging import services

pytestmark = pytest.mark.slow
KEY = keys.session("a")
OTHER = keys.session("b")
SCRIPT = "redis.call('SET', KEYS[1], ARGV[1], 'PX', 1000) return redis.call('TIME')"

ALLOWED: list[tuple[str | int, ...]] = [
    ("PING",), ("TIME",), ("INFO",), ("ROLE",), ("ACL", "WHOAMI"), ("GET", KEY),
    ("GETRANGE", KEY, 0, 9), ("SET", KEY, 1, "PX", 1000, "NX"),
    ("MGET", KEY, OTHER), ("EXISTS", KEY), ("EXPIRE", KEY, 9), ("PEXPIRE", KEY, 9000), ("TTL", KEY), ("PTTL", KEY),
    ("INCRBY", KEY, 2), ("DECRBY", KEY, 1), ("DEL", KEY), ("HSET", KEY, "a", 1), ("HGET", KEY, "a"),
    ("HMGET", KEY, "a", "b"), ("HINCRBY", KEY, "a", 2), ("HGETALL", KEY), ("DEL", KEY), ("ZADD", KEY, 1, "a"),
    ("ZINCRBY", KEY, 1, "a"), ("ZRANGE", KEY, 0, 9), ("ZREVRANGE", KEY, 0, 9, "WITHSCORES"), ("ZRANK", KEY, "a"),
    ("ZREVRANK", KEY, "a"), ("ZSCORE", KEY, "a"), ("ZCARD", KEY), ("ZREM", KEY, "b"), ("ZREMRANGEBYRANK", KEY, 9, 9),
    ("EVAL", SCRIPT, 1, OTHER, "x"), ("SCRIPT", "LOAD", SCRIPT), ("PUBLISH", keys.channel("a"), "x"),
    ("SPUBLISH", keys.channel("a"), "x"), ("SLOWLOG", "GET", 9), ("SLOWLOG", "LEN"), ("CLIENT", "SETNAME", "trackeep"),
]  # fmt: skip

REFUSED: list[tuple[str | int, ...]] = [
    ("GET", "other:1"), ("SET", "other:1", 1), ("MGET", KEY, "other:1"), ("PUBLISH", "other", "x"),
    ("EVAL", "return redis.call('GET', KEYS[1])", 1, "other:1"),
    ("FLUSHALL",), ("FLUSHDB",), ("KEYS", "*"), ("SCAN", 0), ("RANDOMKEY",), ("CONFIG", "GET", "maxmemory"),
    ("CONFIG", "SET", "maxmemory", 1), ("ACL", "LIST"), ("ACL", "SETUSER", "trackeep", "+@all"), ("SHUTDOWN",),
    ("REPLICAOF", "NO", "ONE"), ("MONITOR",), ("SAVE",), ("BGSAVE",), ("SCRIPT", "FLUSH"),
    ("CLIENT", "KILL", "ID", 1), ("CLIENT", "LIST"), ("CLUSTER", "RESET"), ("MODULE", "LIST"), ("SWAPDB", 0, 1),
    ("MIGRATE", "127.0.0.1", 1, KEY, 0, 10), ("DUMP", KEY), ("RESTORE", KEY, 0, "x"), ("PSYNC", "?", -1),
]  # fmt: skip


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Process]:
    with single(tmp_path_factory.mktemp("redis")) as process:
        yield process


@pytest.fixture(scope="module")
def client(server: Process) -> Iterator[RedisClient]:
    with client_of(f"redis://trackeep:{PASSWORD}@{server.host}:{server.port}/0") as found:
        yield found


def test_the_application_may_do_what_it_does(client: RedisClient) -> None:
    def ask_all(redis: Redis) -> int:
        return len([redis.execute_command(*command) for command in ALLOWED])

    assert client.call(KEY, ask_all) == len(ALLOWED)


def test_transactions_and_subscriptions_work(client: RedisClient) -> None:
    def transact(redis: Redis) -> object:
        steps = redis.pipeline(transaction=True)
        steps.set(KEY, 1, px=1000)
        steps.get(KEY)
        return steps.execute()[1]

    assert client.call(KEY, transact) == b"1"
    listening = client.call(KEY, lambda redis: redis.pubsub())
    listening.subscribe(keys.channel("news"))
    listening.ssubscribe(keys.channel("shard"))
    begun = [listening.get_message(timeout=1) for _ in range(2)]
    client.call(KEY, lambda redis: redis.publish(keys.channel("news"), "hello"))
    told = [*begun, listening.get_message(timeout=1)]
    assert [message["type"] for message in told if message] == ["subscribe", "ssubscribe", "message"]
    listening.close()


@pytest.mark.parametrize("command", REFUSED, ids=lambda command: " ".join(map(str, command))[:30])
def test_it_may_do_nothing_else(server: Process, command: tuple[str, ...]) -> None:
    with pytest.raises(NoPermissionError):
        server.ask(*command)


def test_a_script_may_do_nothing_else_either(server: Process) -> None:
    for script in ("return redis.call('FLUSHALL')", "return redis.call('GET', 'other:1')"):
        with pytest.raises(ResponseError, match=r"can't run this command|No permissions|can't access"):
            server.ask("EVAL", script, "0")


@pytest.mark.parametrize(("user", "password"), [("", ""), ("default", "x"), ("trackeep", "wrong"), ("replica", "x")])
def test_nobody_else_comes_in(server: Process, user: str, password: str) -> None:
    with pytest.raises(AuthenticationError):
        server.ask("PING", user=user, password=password)


def test_it_forgets_what_was_not_used_for_longest_and_keeps_the_rest(client: RedisClient) -> None:
    said = client.call(KEY, lambda redis: redis.info())
    assert said["maxmemory"] == 256 * 1024**2
    assert said["maxmemory_policy"] == "allkeys-lru"
    assert said["aof_enabled"] == 1


def test_a_restart_finds_what_was_kept(tmp_path: Path) -> None:
    with single(tmp_path) as process:
        process.ask("SET", KEY, "here")
        process.ask("SET", OTHER, "gone", "PX", "1")
        os.sync()
        process.kill()
        process.start()
        assert process.ask("MGET", KEY, OTHER) == ["here", None]


@pytest.mark.parametrize("service", ["redis", "redis-1", "sentinel-1"])
@pytest.mark.parametrize(("password", "code"), [(PASSWORD, 0), ("wrong-wrong-wrong", 1), ("", 1)])
def test_the_check_of_the_container_follows_the_answer(server: Process, service: str, password: str, code: int) -> None:
    _kind, check = services()[service]["healthcheck"]["test"]
    here = re.sub(r" -p \d+", "", check).replace("redis-cli", f"redis-cli -p {server.port}")
    environment = {"PATH": os.environ["PATH"], "REDIS_PASSWORD": password}
    assert subprocess.run(["sh", "-c", here], env=environment, check=False).returncode == code
