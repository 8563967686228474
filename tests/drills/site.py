"""Instances of the application on one PostgreSQL and one Redis, and what they tell of themselves."""

import http.client
import json
import logging
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
from prometheus_client.parser import text_string_to_metric_families

from tests.drills.application import SETTINGS, Application, Person
from tests.drills.crowd import Crowd
from tests.servers import PostgresqlServer, free_port, until
from tests.servers.programs import pause

START_SECONDS = 20.0
# Until every process has told what it counted.
TOLD_SECONDS = 1.3

log = logging.getLogger("drills")


@dataclass(frozen=True)
class Furnished:
    """A PostgreSQL server whose database has all tables, an administrator and a crowd."""

    database: PostgresqlServer
    admin: Person
    crowd: Crowd


@dataclass(frozen=True)
class Site:
    """The instances, all alike."""

    servers: list[Application]
    database: PostgresqlServer
    admin: Person
    crowd: Crowd

    @property
    def ports(self) -> list[int]:
        return [server.port for server in self.servers]

    def surprises(self) -> list[str]:
        """What the logs tell of errors that nobody had foreseen."""
        return [line for server in self.servers for line in server.surprises()]

    def measured(self, name: str, **labels: str) -> float:
        """The sum of a measure over all instances; each process tells it anew every second."""
        return sum(_measured(server, name, labels) for server in self.servers)

    def lines(self) -> list[http.client.HTTPConnection]:
        """A connection to each worker of each instance; one that idles is closed after a quarter of a minute."""
        return [line for server in self.servers for line in server.lines()]

    def await_redis(self, lines: list[http.client.HTTPConnection], seconds: float) -> float:
        """Wait until every worker uses Redis for everything; answers the seconds."""
        return until(lambda: all(map(uses_redis, lines)), seconds, "every worker uses Redis")

    def await_counting(self, seconds: float) -> None:
        """Wait until all limits are counted in Redis; there has to be a load."""

        def are_counted() -> bool:
            alone, together = self._counted()
            pause(TOLD_SECONDS)
            alone_later, together_later = self._counted()
            return alone_later == alone and together_later > together

        pause(TOLD_SECONDS)
        until(are_counted, seconds, "permits come from Redis, and none from a process' own memory")

    def _counted(self) -> tuple[float, float]:
        name = "limit_permits_total"
        return self.measured(name, by="memory"), self.measured(name, by="redis")


def uses_redis(line: http.client.HTTPConnection) -> bool:
    """Whether the worker of this connection has given up no use of Redis."""
    line.request("GET", "/health/ready")
    return bool(json.loads(line.getresponse().read())["status"] == "ok")


def _measured(server: Application, name: str, labels: dict[str, str]) -> float:
    text = httpx.get(f"http://127.0.0.1:{server.environment['METRICS_PORT']}/metrics").text
    families = text_string_to_metric_families(text)
    samples = [sample for family in families for sample in family.samples if sample.name == f"trackeep_{name}"]
    return sum(sample.value for sample in samples if labels.items() <= sample.labels.items())


@contextmanager
def site(
    furnished: Furnished,
    folder: Path,
    redis_url: str,
    settings: Mapping[str, str] | None = None,
    *,
    instances: int = 2,
    workers: int = 1,
) -> Iterator[Site]:
    """So many instances with so many workers each, all of them ready; ``settings`` are environment variables."""
    common = {
        **SETTINGS,
        "DATABASE_URL": furnished.database.url,
        "REDIS_URL": redis_url,
        "WEB_WORKERS": str(workers),
        **(settings or {}),
    }
    servers = [_instance(folder / str(number), common) for number in range(instances)]

    def start(server: Application) -> None:
        server.start()
        until(lambda: len(server.workers()) == workers, START_SECONDS, "all workers")

    with ExitStack() as ending, ThreadPoolExecutor(instances) as starters:
        for server in servers:
            ending.callback(server.stop)
        list(starters.map(start, servers))
        yield Site(servers, furnished.database, furnished.admin, furnished.crowd)


def _instance(folder: Path, common: Mapping[str, str]) -> Application:
    folder.mkdir()
    return Application(folder, {**common, "METRICS_PORT": str(free_port())})
