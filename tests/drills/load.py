"""An open-loop load: requests leave at fixed times whatever the server does, and waiting counts from those times."""

import http.client
import itertools
import math
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tests.servers.programs import until

TIMEOUT_SECONDS = 10.0
CLIENTS = 64
NO_ANSWER = 0
REPEATABLE = {"GET", "HEAD"}


@dataclass(frozen=True)
class Request:
    """``check`` answers what is wrong with the body of a good answer, or nothing."""

    path: str
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None
    check: Callable[[bytes], str] = lambda _body: ""


@dataclass(frozen=True)
class Answer:
    """``status`` is 0 when none came. ``ms`` counts from the moment at which the request was due, ``at`` is that
    moment by the monotonic clock. ``wrong`` says what a check found, or why there was no answer."""

    phase: str
    at: float
    ms: float
    status: int
    wrong: str
    headers: Mapping[str, str]

    @property
    def is_good(self) -> bool:
        return NO_ANSWER < self.status < http.client.BAD_REQUEST and not self.wrong


@dataclass(frozen=True)
class Report:
    """What happened to the requests of one phase; times in milliseconds, of all of them."""

    count: int
    failed: int
    p50: float
    p95: float
    p99: float
    statuses: Mapping[int, int]
    wrongs: Sequence[str]

    @classmethod
    def of(cls, answers: Iterable[Answer]) -> "Report":
        found = list(answers)
        times = sorted(answer.ms for answer in found)
        return cls(
            len(found),
            sum(not answer.is_good for answer in found),
            percentile(times, 0.50),
            percentile(times, 0.95),
            percentile(times, 0.99),
            dict(Counter(answer.status for answer in found)),
            sorted({answer.wrong for answer in found if answer.wrong})[:10],
        )


class Load:
    """Sends ``make(number)`` at ``rate`` a second to the servers on ``ports`` in turn, while it is open. More than
    ``CLIENTS`` requests at a time are not on their way: then the next ones leave late, and their waiting tells it."""

    def __init__(self, ports: Sequence[int], make: Callable[[int], Request], rate: float) -> None:
        self._ports, self._make, self._rate = ports, make, rate
        self._numbers = itertools.count()
        self._phase = "first"
        self._stopping = threading.Event()
        self._threads = [threading.Thread(target=self._work, name="load", daemon=True) for _ in range(CLIENTS)]
        self._started = 0.0
        self._underway: set[int] = set()
        self.answers: list[Answer] = []

    def __enter__(self) -> "Load":
        self._started = time.monotonic()
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._stopping.set()
        for thread in self._threads:
            thread.join(2 * TIMEOUT_SECONDS)

    def phase(self, name: str) -> None:
        """What is due from now on belongs to this phase."""
        self._phase = name

    def settle(self, seconds: float) -> None:
        """Wait until all requests that are underway now have their answers: then no request meets two faults."""
        before = set(self._underway)
        until(lambda: not before & set(self._underway), seconds, "the answers to the requests that are underway")

    def report(self, phase: str) -> Report:
        return Report.of(answer for answer in list(self.answers) if answer.phase == phase)

    def _work(self) -> None:
        connections: dict[int, http.client.HTTPConnection] = {}
        while not self._stopping.is_set():
            number = next(self._numbers)
            due = self._started + number / self._rate
            if self._stopping.wait(max(0.0, due - time.monotonic())):
                break
            phase, port = self._phase, self._ports[number % len(self._ports)]
            connection = connections.setdefault(port, _connection(port))
            self._underway.add(number)
            status, wrong, headers = exchange(connection, self._make(number))
            self._underway.discard(number)
            self.answers.append(Answer(phase, due, (time.monotonic() - due) * 1000, status, wrong, headers))
        for connection in connections.values():
            connection.close()


def exchange(connection: http.client.HTTPConnection, request: Request) -> tuple[int, str, Mapping[str, str]]:
    """Status, what is wrong, and headers. A read that meets a connection which the server has closed meanwhile is sent
    again on a new one, as every browser does."""
    is_reused = connection.sock is not None
    try:
        return _exchange(connection, request)
    except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError) as error:
        connection.close()
        if not is_reused or request.method not in REPEATABLE:
            return NO_ANSWER, repr(error), {}
    except (OSError, http.client.HTTPException) as error:
        connection.close()
        return NO_ANSWER, repr(error), {}
    try:
        return _exchange(connection, request)
    except (OSError, http.client.HTTPException) as error:
        connection.close()
        return NO_ANSWER, repr(error), {}


def _exchange(connection: http.client.HTTPConnection, request: Request) -> tuple[int, str, Mapping[str, str]]:
    connection.request(request.method, request.path, request.body, dict(request.headers))
    response = connection.getresponse()
    body = response.read()
    is_good = response.status < http.client.BAD_REQUEST
    return (
        response.status,
        request.check(body) if is_good else body[:300].decode(errors="replace"),
        dict(response.headers),
    )


def _connection(port: int) -> http.client.HTTPConnection:
    return http.client.HTTPConnection("127.0.0.1", port, timeout=TIMEOUT_SECONDS)


def percentile(ascending: Sequence[float], share: float) -> float:
    """The smallest value that this share of all does not exceed; 0 of none."""
    return ascending[max(0, math.ceil(len(ascending) * share) - 1)] if ascending else 0.0
