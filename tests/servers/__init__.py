"""Real servers that the tests start themselves, on free ports and in folders that disappear with them."""

from tests.servers.cluster import Cluster, cluster
from tests.servers.gunicorn import Gunicorn
from tests.servers.postgres import PostgresqlServer, postgresql, postgresql_program, postgresql_server
from tests.servers.programs import chromium, free_port, until
from tests.servers.proxy import TcpProxy
from tests.servers.redis import RedisServer, redis_server
from tests.servers.sentinel import SentinelGroup, sentinel_group

__all__ = [
    "Cluster",
    "Gunicorn",
    "PostgresqlServer",
    "RedisServer",
    "SentinelGroup",
    "TcpProxy",
    "chromium",
    "cluster",
    "free_port",
    "postgresql",
    "postgresql_program",
    "postgresql_server",
    "redis_server",
    "sentinel_group",
    "until",
]
