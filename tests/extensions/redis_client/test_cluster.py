"""In a Cluster no command names keys of two slots, which a node refuses even where it holds both."""

from collections.abc import Iterator

import pytest
from flask import Flask

from extensions.cache import AnswerCache, Resource
from extensions.freshness import Freshness
from extensions.rate_limits import Algorithm, Limit, Permits
from extensions.redis_client import RedisClient, parse_address
from tests.extensions.conftest import clients
from tests.servers import cluster

SCOPES = [f"space:{number}" for number in range(12)]
NUMBERS = Resource("numbers", list[int], ttl=60)
LIMIT = Limit("api", 100, 60.0, Algorithm.SLIDING_WINDOW)


@pytest.fixture
def client() -> Iterator[RedisClient]:
    with cluster() as servers:
        made = clients(parse_address(servers.url))
        assert made.begin() == []
        client = made.get("cache")
        assert client is not None
        yield client
        made.close()


def test_versions_answers_and_limits_work(client: RedisClient) -> None:
    asked = []

    def read(scopes: object) -> dict[str, int]:
        asked.append(scopes)
        return dict.fromkeys(SCOPES, 7)

    assert Freshness(read, client).versions(SCOPES) == [7] * 12
    assert Freshness(read, client).versions(SCOPES) == [7] * 12
    assert len(asked) == 1, "the second process takes the copies"

    for made in ([1], [2]):
        answers = AnswerCache(Freshness(read, client))
        answers.start(Flask(__name__), client)
        found = [answers.answer(NUMBERS, SCOPES[:number], number, made.copy) for number in range(12)]
        assert found == [[1]] * 12, "the second process takes what the first has computed"

    permits = Permits(client)
    assert all(permits.take(LIMIT, f"user:{number}").allowed for number in range(12))
    assert client.breaker.failures == {}
