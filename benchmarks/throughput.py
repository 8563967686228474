"""How near a signed-in, limited, cached JSON request comes to a bare Flask answer of the same bytes.

Usage: `PYTHONPATH=. .venv/bin/python -m benchmarks.throughput`; it wants wrk (Debian's package) and starts PostgreSQL
and Redis by itself. Three applications under the product's own gunicorn configuration with two workers, all with the
same log line and measures: bare Flask, Flask with the stock libraries, Trackeep. They take turns; medians of runs."""

import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks import seeding
from benchmarks.requests import signed_in
from benchmarks.servers import Server, serving
from config.testing import testing_settings
from tests.factories.accounts import Person
from tests.servers import free_port, postgresql, redis_server
from trackeep import create_app
from trackeep.core import db

PATH = "/api/v1/bookmarks?limit=30"
# So many connections that both workers get their share: each takes what it can while the other is busy.
RUNS, SECONDS, CONNECTIONS, WARM_UP = 5, 5, 64, 4
LIBRARY = (2_000, 8_000)
MANY = "1000000"
TRIPS = re.compile(r"^trackeep_redis_seconds_count\{[^}]*\} ([0-9.e+]+)$", re.MULTILINE)


@dataclass(frozen=True)
class Opponent:
    """One running application: where it is asked, and with which headers."""

    name: str
    url: str
    headers: Mapping[str, str]
    server: Server
    metrics: str = ""


def main() -> None:
    if shutil.which("wrk") is None:
        sys.exit("This needs wrk: apt-get install wrk")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        database, redis = stack.enter_context(postgresql()), stack.enter_context(redis_server())
        common = {
            "WEB_WORKERS": "2",
            "SECRET_KEY": "a key of a benchmark, long enough to be taken",
            "DATABASE_URL": database,
            "EMBEDDED_WORKER": "off",
        }
        opponents = list(stack.enter_context(started(folder, common, redis.url, database)))
        show(measured(opponents))


@contextmanager
def started(folder: Path, common: Mapping[str, str], redis: str, database: str) -> Iterator[list[Opponent]]:
    headers = owner_headers(folder, database)
    with ExitStack() as stack:
        metrics = free_port()
        limits = {"API_LIMIT": MANY, "PAGE_LIMIT": MANY}
        environment = {**common, **limits, "REDIS_URL": redis, "METRICS_PORT": str(metrics)}
        ours = stack.enter_context(serving("wsgi:app", environment, "/health/ready"))
        trackeep = Opponent("Trackeep", ours.url + PATH, headers, ours, f"http://127.0.0.1:{metrics}/metrics")
        body = folder / "body.json"
        body.write_bytes(read(trackeep.url, headers))
        plain = {**common, "BARE_BODY": str(body), "BARE_HOOKS": "1", "BARE_TYPE": "application/json"}
        bare = stack.enter_context(serving("benchmarks.bare:app", plain, "/"))
        stocked = {**plain, "STOCK_REDIS_URL": redis}
        stock = stack.enter_context(serving("benchmarks.stock:app", stocked, "/sign-in"))
        yield [
            Opponent("bare Flask", bare.url + PATH, headers, bare),
            Opponent("stock libraries", f"{stock.url}/answer", stock_headers(stock.url), stock),
            trackeep,
        ]


def owner_headers(folder: Path, database: str) -> Mapping[str, str]:
    """A library on this database, and the cookie of its owner."""
    app = create_app(testing_settings(folder, database))
    seeding.ensure_library(app, *LIBRARY)
    owner = seeding.owner()
    headers = signed_in(Person(app, owner.user_id or 0, "person0", owner.personal_space_id or 0))
    db.release()
    db.database.engine.dispose()
    return headers


def stock_headers(url: str) -> Mapping[str, str]:
    with urllib.request.urlopen(f"{url}/sign-in", timeout=10) as answer:
        return {"Cookie": str(answer.headers["Set-Cookie"]).partition(";")[0]}


@dataclass(frozen=True)
class Run:
    """Requests a second, milliseconds of processor time and Redis round trips for each request."""

    rate: float
    processor: float
    trips: float


def measured(opponents: list[Opponent]) -> dict[str, list[Run]]:
    """All runs by name."""
    for opponent in opponents:
        load(opponent, WARM_UP)
    runs: dict[str, list[Run]] = {opponent.name: [] for opponent in opponents}
    for _ in range(RUNS):
        for opponent in opponents:
            trips, processor = round_trips(opponent), opponent.server.processor_ms()
            rate = load(opponent, SECONDS)
            requests = rate * SECONDS
            processor = (opponent.server.processor_ms() - processor) / requests
            runs[opponent.name].append(Run(rate, processor, (round_trips(opponent) - trips) / requests))
    return runs


def load(opponent: Opponent, seconds: int) -> float:
    """Requests a second; everything that is not a good answer ends the benchmark."""
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s"]
    for name, value in opponent.headers.items():
        command += ["-H", f"{name}: {value}"]
    said = subprocess.run([*command, opponent.url], capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in said or "Socket errors" in said:
        sys.exit(f"{opponent.name} did not answer well:\n{said}")
    return float(re.search(r"Requests/sec:\s+([0-9.]+)", said)[1])  # type: ignore[index]  # wrk always says it


def round_trips(opponent: Opponent) -> float:
    if not opponent.metrics:
        return 0.0
    return sum(map(float, TRIPS.findall(read(opponent.metrics, {}).decode())))


def read(url: str, headers: Mapping[str, str]) -> bytes:
    with urllib.request.urlopen(urllib.request.Request(url, headers=dict(headers)), timeout=30) as answer:
        body: bytes = answer.read()
        return body


def show(runs: Mapping[str, list[Run]]) -> None:
    bare = statistics.median(run.rate for run in runs["bare Flask"])
    lines = ["| application | requests/s | of bare Flask | processor ms | Redis round trips |", "|---|---|---|---|---|"]
    for name, taken in runs.items():
        rate, processor, trips = (
            statistics.median(getattr(run, field) for run in taken) for field in ("rate", "processor", "trips")
        )
        lines.append(f"| {name} | {rate:.0f} | {rate / bare:.0%} | {processor:.2f} | {trips:.3f} |")
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
