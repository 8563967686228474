"""People who knock all the time with what may not open any more: when each instance let them in last."""

import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection

from tests.drills.load import Request, exchange
from tests.drills.site import Site

PATH = "/api/v1/bookmarks"
EVERY_SECONDS = 0.04
# A token that nobody has is counted as a guess, so there may be too many.
REFUSED = {401, 429}
GRACE_SECONDS = 1.0


@dataclass
class Door:
    """Somebody's session or token at one instance; ``knocks`` are moments and the statuses they were answered."""

    name: str
    instance: int
    port: int
    headers: Mapping[str, str]
    knocks: list[tuple[float, int]] = field(default_factory=list)

    def knock(self, stopping: threading.Event) -> None:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        while not stopping.wait(EVERY_SECONDS):
            sent_at = time.monotonic()
            status, _wrong, _headers = exchange(connection, Request(PATH, headers=self.headers))
            self.knocks.append((sent_at, status))
        connection.close()

    def opened_last(self, closed_at: float) -> float:
        """For how many seconds after that moment it still opened; 0 when it did not."""
        return max((sent_at - closed_at for sent_at, status in self.knocks if status == 200), default=0.0)

    def complaints(self, closed_at: float) -> list[str]:
        """Open before, closed at once by the instance that closed it, the first, and within the grace by the others."""
        grace = 0.0 if self.instance == 0 else GRACE_SECONDS
        late = {status for sent_at, status in self.knocks if sent_at > closed_at + grace}
        found = [f"{self.name} at {self.instance} answered {late} after its end"] if late - REFUSED else []
        if not late:
            found.append(f"nobody knocked with {self.name} at {self.instance} after its end")
        if not any(sent_at < closed_at and status == 200 for sent_at, status in self.knocks):
            found.append(f"{self.name} at {self.instance} never opened")
        strange = {status for _sent_at, status in self.knocks} - REFUSED - {200}
        return [*found, f"{self.name} at {self.instance} answered {strange}"] if strange else found


@contextmanager
def knocking(place: Site, keys: Mapping[str, Mapping[str, str]]) -> Iterator[Sequence[Door]]:
    """With each of these headers at each instance, until the end."""
    doors = [
        Door(name, instance, port, headers)
        for name, headers in keys.items()
        for instance, port in enumerate(place.ports)
    ]
    stopping = threading.Event()
    threads = [threading.Thread(target=door.knock, args=(stopping,), daemon=True) for door in doors]
    for thread in threads:
        thread.start()
    try:
        yield doors
    finally:
        stopping.set()
        for thread in threads:
            thread.join(30)
