"""What requests cost a real server: processor time of all its processes, waiting times, and bookmarks saved a second.

Usage: `PYTHONPATH=. .venv/bin/python -m benchmarks.requests [DATABASE_URL] [MINE] [OTHERS]`; without an address it uses
SQLite in the folder build/benchmark, and a library that is there already is used again. Each figure stands beside that
of a bare Flask application which answers with the same bytes under the same configuration, measured in the same run.
"""

import http.client
import json
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sqlalchemy import delete

from benchmarks import seeding
from benchmarks.servers import Server, serving
from config.testing import testing_settings
from extensions.sessions import COOKIE_NAME
from tests.factories.accounts import Person
from trackeep import create_app
from trackeep.core import db
from trackeep.core.jobs.queue import JobRow
from trackeep.core.security import TOKEN_HEADER

PAGES = {
    "page of 30": "/bookmarks",
    "JSON of 100": "/api/v1/bookmarks?limit=100",
    "page, a tag": "/bookmarks?tag=topic/3",
    "page, a text": "/bookmarks?text=karana",
    "palette": "/palette?q=kar",
    "home": "/",
}
WARM_UP, RUNS, CLIENTS, CREATES = 30, 200, 4, 500


@dataclass(frozen=True)
class Figures:
    """Milliseconds."""

    processor: float
    median: float
    slow: float


def main(url: str, mine: int, others: int) -> None:
    folder = Path("build/benchmark")
    folder.mkdir(parents=True, exist_ok=True)
    url = url or f"sqlite:///{(folder / f'library-{mine}.db').resolve()}"
    settings = testing_settings(folder.resolve(), url)
    app = create_app(settings)
    seeding.ensure_library(app, mine, others)
    actor = seeding.owner()
    headers = signed_in(Person(app, actor.user_id or 0, "person0", actor.personal_space_id or 0))
    forget_jobs()
    environment = {"DATA_DIR": str(folder), "DATABASE_URL": url, "SECRET_KEY": settings.secret_key}
    # Counted like everybody's requests, only never refused.
    environment |= dict.fromkeys(("API_LIMIT", "PAGE_LIMIT", "SEARCH_LIMIT"), "1000000")
    with serving("wsgi:app", environment, "/health/ready") as server:
        say(f"started in {server.seconds_to_start:.1f} s, {server.memory_mib():.0f} MiB when idle")
        columns = ("cpu ms", "p50 ms", "p95 ms", "4: cpu", "4: p50", "4: p95", "bare cpu", "ratio")
        say(f"{f'{mine:,} + {others:,} rows':24}" + "".join(f"{column:>9}" for column in columns))
        for name, path in PAGES.items():
            report(name, server, path, headers)
        say(creates(server, headers))
        say(f"{server.memory_mib():.0f} MiB at the end")


def forget_jobs() -> None:
    """What an earlier run has left to be fetched would be counted to this one."""
    with db.unit_of_work() as session:
        session.execute(delete(JobRow))


def signed_in(person: Person) -> dict[str, str]:
    """The headers of a signed-in browser."""
    client = person.client()
    cookie = client.get_cookie(COOKIE_NAME)
    header = f"HTTP_{TOKEN_HEADER.upper().replace('-', '_')}"
    value = cookie.value if cookie else ""
    return {"Cookie": f"{COOKIE_NAME}={value}", TOKEN_HEADER: client.environ_base[header]}


def report(name: str, server: Server, path: str, headers: Mapping[str, str]) -> None:
    body = answer(server.port, path, headers)
    alone, together = (measured(server, path, headers, clients) for clients in (1, CLIENTS))
    with tempfile.NamedTemporaryFile() as file:
        file.write(body)
        file.flush()
        with serving("benchmarks.bare:app", {"BARE_BODY": file.name, "SECRET_KEY": "bare" * 16}, "/bare") as bare:
            least = measured(bare, path, headers, 1)
    shown = (*vars(alone).values(), *vars(together).values(), least.processor, alone.processor / least.processor)
    say(f"{name:24}" + "".join(f"{figure:9.1f}" for figure in shown))


def measured(server: Server, path: str, headers: Mapping[str, str], clients: int) -> Figures:
    for _ in range(WARM_UP):
        answer(server.port, path, headers)
    before = server.processor_ms()
    with ThreadPoolExecutor(clients) as pool:
        shares = pool.map(lambda _: waits(server.port, path, headers, RUNS // clients), range(clients))
        times = sorted(time_ for share in shares for time_ in share)
    processor = (server.processor_ms() - before) / RUNS
    return Figures(processor, statistics.median(times), times[int(len(times) * 0.95)])


def waits(port: int, path: str, headers: Mapping[str, str], times: int) -> list[float]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    return [timed(partial(answer, port, path, headers, connection)) for _ in range(times)]


def timed(run: Callable[[], object]) -> float:
    started = time.perf_counter()
    run()
    return (time.perf_counter() - started) * 1000


def answer(
    port: int, path: str, headers: Mapping[str, str], connection: http.client.HTTPConnection | None = None
) -> bytes:
    connection = connection or http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path, headers=dict(headers))
    response = connection.getresponse()
    body = response.read()
    if response.status != http.client.OK:
        raise RuntimeError(f"{path} answered {response.status}")
    return body


def creates(server: Server, headers: Mapping[str, str]) -> str:
    """Saves new pages by parallel clients, each on a connection of its own."""
    before, started = server.processor_ms(), time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as pool:
        shares = list(pool.map(lambda _: saves(server.port, headers, CREATES // CLIENTS), range(CLIENTS)))
    seconds = time.perf_counter() - started
    processor = (server.processor_ms() - before) / CREATES
    times = sorted(time_ for share in shares for time_, _status in share)
    failed = sum(status != http.client.CREATED for share in shares for _time, status in share)
    slow = times[int(len(times) * 0.95)]
    return (
        f"{CREATES} creates by {CLIENTS} clients: {CREATES / seconds:.0f} a second, {failed} failed, "
        f"{processor:.1f} ms cpu, p50 {statistics.median(times):.0f} ms, p95 {slow:.0f} ms"
    )


def saves(port: int, headers: Mapping[str, str], times: int) -> list[tuple[float, int]]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    found = []
    for _ in range(times):
        body = json.dumps({"url": f"https://new.invalid/{uuid.uuid4()}", "title": "A new page", "tags": ["common"]})
        started = time.perf_counter()
        connection.request("POST", "/api/v1/bookmarks", body, {**headers, "Content-Type": "application/json"})
        response = connection.getresponse()
        response.read()
        found.append(((time.perf_counter() - started) * 1000, response.status))
    return found


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    given = dict(enumerate(sys.argv[1:]))
    main(given.get(0, ""), int(given.get(1, "100000")), int(given.get(2, "900000")))
