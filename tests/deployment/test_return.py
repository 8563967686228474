"""A Redis that is absent at the start, or goes and comes back, is used as soon as it answers."""

from contextlib import suppress
from pathlib import Path

import pytest

from extensions import keys
from extensions.redis_client import (
    Cause,
    RedisAway,
    RedisClient,
    RedisClients,
    RedisOptions,
    Tls,
    cause_of,
    inspect,
    parse_address,
)
from tests.deployment.rendered import PASSWORD, client_of, make_single, secure, started, until
from tests.servers import free_port

pytestmark = pytest.mark.slow
KEY = keys.session("a")
BACK_SECONDS = 10.0


def ping(client: RedisClient) -> bool:
    with suppress(RedisAway):
        return bool(client.call(KEY, lambda redis: redis.ping()))
    return False


def test_absent_at_the_start_and_there_later(tmp_path: Path) -> None:
    server = make_single(tmp_path)
    address = parse_address(f"redis://trackeep:{PASSWORD}@{server.host}:{server.port}/0")
    clients = RedisClients(RedisOptions(addresses={"cache": address, "limits": address}))
    try:
        (trouble,) = clients.begin()
        assert trouble.cause is Cause.NOBODY
        assert trouble.names == ("cache", "limits")
        assert all(client.is_off for client in clients.all())
        assert sum(client.calls for client in clients.all()) == 0
        with started(server):
            until(lambda: not any(client.is_off for client in clients.all()), "closed breakers", BACK_SECONDS)
            assert all(map(ping, clients.all()))
    finally:
        clients.close()


def test_there_at_the_start_and_gone_for_a_while(tmp_path: Path) -> None:
    server = make_single(tmp_path)
    with started(server), client_of(f"redis://trackeep:{PASSWORD}@{server.host}:{server.port}/0") as client:
        assert ping(client)
        server.kill()
        assert [ping(client), ping(client)] == [False, False]
        assert client.is_off
        server.start()
        until(lambda: not client.is_off, "a closed breaker", BACK_SECONDS)
        assert ping(client)


def test_tickets_of_tls_are_no_forgotten_answer(tmp_path: Path) -> None:
    """Without a password nothing is read between the handshake and the first command."""
    with secure(tmp_path) as server:
        for _ in range(20):
            with client_of(f"rediss://127.0.0.1:{server.port}/0", Tls(ca_file=server.ca)) as client:
                with pytest.raises(RedisAway) as caught:
                    client.call(KEY, lambda redis: redis.ping())
                assert caught.value.__cause__ is not None
                assert cause_of(caught.value.__cause__) is Cause.PASSWORD


def test_a_cluster_that_is_away_stops_nothing() -> None:
    with client_of(f"redis+cluster://127.0.0.1:{free_port()}") as client:
        assert [ping(client), ping(client)] == [False, False]
        assert client.is_off
        assert not client.link.probe()


def test_an_inspection_tells_who_we_are_there(tmp_path: Path) -> None:
    with secure(tmp_path) as server:
        url = f"rediss://trackeep:{PASSWORD}@127.0.0.1:{server.port}/0"
        with client_of(url, Tls(ca_file=server.ca)) as client:
            (report,) = inspect(client.link).servers
    assert (report.user, report.may_configure, report.is_public) == ("trackeep", False, False)
    assert abs(report.ahead) < 0.05
