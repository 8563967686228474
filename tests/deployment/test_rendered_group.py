"""Three servers and three Sentinels with the rendered files: a failover, and a return, with all passwords on."""

from collections.abc import Iterator
from contextlib import suppress

import pytest
from redis.exceptions import AuthenticationError, NoPermissionError, RedisError

from extensions import keys
from extensions.redis_client import RedisAway, RedisClient
from tests.deployment.rendered import SERVERS_PASSWORD, Group, Process, client_of, sentinel_group, until

pytestmark = pytest.mark.slow
KEY = keys.session("a")


@pytest.fixture(scope="module")
def group(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Group]:
    with sentinel_group(tmp_path_factory.mktemp("group")) as found:
        yield found


def writes(client: RedisClient) -> bool:
    with suppress(RedisAway):
        return bool(client.call(KEY, lambda redis: redis.set(KEY, "here", px=60_000)))
    return False


def test_sentinels_tell_the_application_who_the_primary_is_and_obey_nobody(group: Group) -> None:
    sentinel = group.sentinels[0]
    assert group.primary() == ("localhost", group.servers[0].port)
    assert sentinel.ask("SENTINEL", "CKQUORUM", "trackeep")
    for command in (("SENTINEL", "FAILOVER", "trackeep"), ("SENTINEL", "REMOVE", "trackeep"), ("SHUTDOWN",)):
        with pytest.raises(NoPermissionError):
            sentinel.ask(*command)
    with pytest.raises(AuthenticationError):
        sentinel.ask("PING", user="", password="")


def test_the_users_of_the_servers_may_not_touch_keys(group: Group) -> None:
    for user in ("replica", "sentinel"):
        for command in (("GET", KEY), ("SET", KEY, "1"), ("FLUSHALL",), ("CONFIG", "GET", "masterauth")):
            with pytest.raises(NoPermissionError):
                group.servers[0].ask(*command, user=user, password=SERVERS_PASSWORD)


def role_of(server: Process) -> str:
    """Empty at the moment when it is given another role, since it then hangs up on everybody."""
    try:
        return str(server.ask("ROLE")[0])  # type: ignore[index]  # an answer is a list
    except RedisError:
        return ""


def test_the_primary_is_lost_and_comes_back_as_a_replica(group: Group) -> None:
    former, *others = group.servers
    with client_of(group.url) as client:
        client.link.begin()
        assert writes(client)
        until(lambda: all(other.ask("ROLE")[3] == "connected" for other in others), "replicas in step")  # type: ignore[index]  # an answer is a list
        former.kill()
        until(lambda: writes(client), "writes at another primary")
        promoted = group.primary()
        assert promoted[0] in {other.host for other in others}
        assert client.call(KEY, lambda redis: redis.get(KEY)) == b"here"
    former.start()
    until(lambda: role_of(former) == "slave", "the former primary as a replica")
    assert group.primary() == promoted


def test_a_restart_of_all_keeps_the_primary(group: Group) -> None:
    promoted = group.primary()
    for one in (*group.servers, *group.sentinels):
        one.kill()
    for one in (*group.servers, *group.sentinels):
        one.start()
    until(group.is_whole, "a whole group")
    assert group.primary() == promoted
    until(lambda: sorted(map(role_of, group.servers)) == ["master", "slave", "slave"], "a primary and two replicas")
    with client_of(group.url) as client:
        client.link.begin()
        until(lambda: writes(client), "writes after the restart")
