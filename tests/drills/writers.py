"""People who write without a pause, repeat what was not answered, and know afterwards what must be there."""

import random
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

import httpx

from tests.drills.application import Application, Person, new_key
from tests.servers.programs import pause

SETTLE_SECONDS = 60.0
AGAIN_SECONDS = 0.05
TAGS = ("red", "green", "blue", "green/dark", "blue/light")
MAX_TOKENS = 60
IMPORT = b"<!DOCTYPE NETSCAPE-Bookmark-file-1><DL><p><DT><A HREF='http://127.0.0.1:1/%d'>One</A></DL><p>"


@dataclass
class Kept:
    """What one person was told to be saved: tags by bookmark id, how many tokens, which imports."""

    bookmarks: dict[int, frozenset[str]] = field(default_factory=dict)
    tokens: int = 1
    imports: set[int] = field(default_factory=set)


class Writer:
    """One person's thread. ``wrong`` is what no fault excuses, ``refused`` counts the 503s, ``lost`` the requests
    without an answer; the first word of each is repeated with the same key until it is settled."""

    def __init__(self, server: Application, seed: int) -> None:
        self.person: Person = server.add_person()
        self.kept = Kept()
        self.wrong: list[str] = []
        self.done = self.refused = self.lost = 0
        self.slowest_refusal = 0.0
        self._client = server.browser(self.person)
        self._choice = random.Random(seed)
        self._number = seed * 1_000_000
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._write, name=f"writer-{seed}", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Settle the last one; the server has to be there for that."""
        self._stopping.set()
        self._thread.join(2 * SETTLE_SECONDS)
        self._client.close()

    def _write(self) -> None:
        acts: Sequence[Callable[[], None]] = (self._save, self._save, self._save, self._retag, self._trash)
        rare: Sequence[Callable[[], None]] = (self._make_token, self._bring_file)
        while not self._stopping.is_set() and not self.wrong:
            self._number += 1
            self._choice.choice(rare if self._number % 8 == 0 else acts)()
            self.done += 1

    def _save(self) -> None:
        tags = self._some_tags()
        page = {"url": f"http://127.0.0.1:1/{self._number}", "title": f"Page {self._number}", "tags": sorted(tags)}
        answer = self._settled("POST", "/api/v1/bookmarks", (201,), json=page, headers=new_key())
        if answer is not None:
            self.kept.bookmarks[int(answer.json()["id"])] = tags

    def _retag(self) -> None:
        """Twice the same is the same: it needs no key."""
        if self.kept.bookmarks:
            bookmark_id, tags = self._choice.choice(list(self.kept.bookmarks)), self._some_tags()
            path = f"/api/v1/bookmarks/{bookmark_id}"
            if self._settled("PATCH", path, (200,), json={"tags": sorted(tags)}) is not None:
                self.kept.bookmarks[bookmark_id] = tags

    def _trash(self) -> None:
        """A repeated one finds nothing: the first had its effect."""
        if len(self.kept.bookmarks) > 5:
            bookmark_id = self._choice.choice(list(self.kept.bookmarks))
            if self._settled("DELETE", f"/api/v1/bookmarks/{bookmark_id}", (204, 404)) is not None:
                del self.kept.bookmarks[bookmark_id]

    def _make_token(self) -> None:
        """Nothing but the key keeps two of the same apart."""
        if self.kept.tokens < MAX_TOKENS:
            wanted = {"name": f"Token {self._number}", "scopes": ["bookmarks:read"]}
            headers = {**self.person.session, **new_key(), "Authorization": ""}
            if self._settled("POST", "/api/v1/accounts/tokens", (201,), json=wanted, headers=headers) is not None:
                self.kept.tokens += 1

    def _bring_file(self) -> None:
        """Without a key: one that was not answered may be there or not. Too many that wait are refused."""
        files = {"file": ("bookmarks.html", IMPORT % self._number, "text/html")}
        answer = self._settled("POST", "/api/v1/bookmarks/imports", (202, 429), files=files)
        if answer is not None and answer.status_code == httpx.codes.ACCEPTED:
            self.kept.imports.add(int(answer.json()["id"]))

    def _some_tags(self) -> frozenset[str]:
        return frozenset(self._choice.sample(TAGS, self._choice.randrange(4)))

    def _settled(self, method: str, path: str, good: Sequence[int], **content: object) -> httpx.Response | None:
        """The first answer that is not about a fault, after as many repetitions as it takes; None for a wrong one."""
        deadline = time.monotonic() + SETTLE_SECONDS
        while time.monotonic() < deadline:
            started = time.monotonic()
            try:
                answer = self._client.request(method, path, **content)  # type: ignore[arg-type]  # httpx's own options
            except httpx.TransportError:
                self.lost += 1
            else:
                if answer.status_code in good:
                    return answer
                self._judge(answer, time.monotonic() - started)
            if self.wrong:
                return None
            pause(AGAIN_SECONDS)
        self.wrong.append(f"{method} {path} was not settled in {SETTLE_SECONDS:g} s")
        return None

    def _judge(self, answer: httpx.Response, seconds: float) -> None:
        if answer.status_code == httpx.codes.SERVICE_UNAVAILABLE and "Retry-After" in answer.headers:
            self.refused += 1
            self.slowest_refusal = max(self.slowest_refusal, seconds)
        else:
            self.wrong.append(f"{answer.request.method} {answer.url}: {answer.status_code} {answer.text[:300]}")


@contextmanager
def writing(server: Application, count: int) -> Iterator[list[Writer]]:
    """So many people write until the end, when the server has to run."""
    writers = [Writer(server, seed) for seed in range(1, count + 1)]
    for writer in writers:
        writer.start()
    try:
        yield writers
    finally:
        for writer in writers:
            writer.stop()
