"""A Cluster whose nodes change while requests look for them."""

import pytest
from redis.crc import key_slot
from redis.exceptions import ConnectionError as NoConnection

from extensions.redis_client import Deadlines, Tls, parse_address
from extensions.redis_client.topology import Cluster


def test_a_node_that_has_just_gone_is_no_connection_and_no_other_error() -> None:
    cluster = Cluster(parse_address("redis+cluster://127.0.0.1:1"), Deadlines(), 2, Tls())
    cluster._slots = {key_slot(b"a"): ("127.0.0.1", 1)}
    with pytest.raises(NoConnection):
        cluster.client("a")
    with pytest.raises(NoConnection):
        cluster.by_node(["a"])
