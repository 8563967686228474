"""Server-side sessions: a row in SQL, copies of it in Redis and in the process, and a cookie that names it.

On the base class of Flask-Session, whose way of loading and saving is replaced: a copy is only believed under the
version of its person's scope, nothing is written at the end of a request but cookies, and what cannot be decoded is no
session.
"""

import hashlib
import hmac
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, NoReturn, Protocol, TypeVar, cast

import msgspec
from flask import Flask, Request, Response, session
from flask_session.base import ServerSideSession, ServerSideSessionInterface

from extensions import events, keys
from extensions.freshness import Freshness
from extensions.redis_client import RedisAway, RedisClient

COOKIE_NAME = "trackeep"
DEVICE_COOKIE_NAME = "trackeep_device"
MOST_NEAR = 20_000
LONGEST_COPY = 64 * 1024
SEAL_BYTES = 16
# A copy that nobody has used for so long is not worth its place; some rows have no end at all.
LONGEST_LIFE_MS = 24 * 3600 * 1000


class Stored(Protocol):
    """What the application keeps of a session: plain data that msgspec can write and read."""

    @property
    def depends_on(self) -> Sequence[str]:
        """Scopes. The first is raised when the session ends or its person changes; the others are those that its
        requests usually ask for next."""

    @property
    def ends_at(self) -> float:
        """Until when it holds, in seconds since 1970."""


Held = TypeVar("Held", bound=Stored)


class BrowserSession(ServerSideSession):  # type: ignore[misc]  # Flask-Session ships no types
    """What ``flask.session`` is. ``sid`` is the secret that the browser sent, if any; a new one, its end and the mark
    of a known device are noted here and leave with the answer."""

    sid: str | None

    def __init__(self, sid: str | None) -> None:
        super().__init__(sid=sid)
        self.cookies: list[tuple[str, str, int | None]] = []

    def begin(self, secret: str, max_age: int | None) -> None:
        """``max_age`` in seconds; None ends the cookie with the browser."""
        self.cookies.append((COOKIE_NAME, secret, max_age))

    def end(self) -> None:
        self.cookies.append((COOKIE_NAME, "", 0))

    def mark_device(self, mark: str, max_age: int) -> None:
        """Leave the mark of a known device; it outlives the session."""
        self.cookies.append((DEVICE_COOKIE_NAME, mark, max_age))


def browser_session() -> BrowserSession:
    """The session of the running request."""
    return cast(BrowserSession, session)


class ServerSessions(ServerSideSessionInterface):  # type: ignore[misc]  # Flask-Session ships no types
    """Reads which session the browser names, and sets cookies. Rows are begun, changed and ended by the application's
    own verbs, never at the end of a request: a slow one would bring back what was ended meanwhile."""

    session_class = BrowserSession

    def __init__(self, app: Flask, *, https: bool, path: str = "/") -> None:
        super().__init__(app, key_prefix="", use_signer=False, permanent=False, serialization_format="msgpack")
        self._https = https
        self._path = path or "/"
        # Over https the prefix makes browsers bind the cookie to this very host.
        self._names = {COOKIE_NAME: f"__Host-{COOKIE_NAME}" if https and self._path == "/" else COOKIE_NAME}
        self.cookie_name = self._names[COOKIE_NAME]

    def open_session(self, app: Flask, request: Request) -> BrowserSession:
        return BrowserSession(request.cookies.get(self.cookie_name) or None)

    def save_session(self, app: Flask, session: BrowserSession, response: Response) -> None:
        for name, value, max_age in session.cookies:
            response.set_cookie(
                self._names.get(name, name),
                value,
                max_age=max_age,
                expires=0 if max_age == 0 else None,
                path=self._path,
                secure=self._https,
                httponly=True,
                samesite="Lax",
            )

    def _refuse(self, *_arguments: object) -> NoReturn:
        raise RuntimeError("a session is read, changed and ended by its row")

    _retrieve_session_data = _delete_session = _upsert_session = _refuse


@dataclass(slots=True)
class _Copy(Generic[Held]):
    version: int
    held: Held


class SessionCopies(Generic[Held]):
    """Sessions of one kind by the hash of their secret. ``read`` asks SQL, by one statement, for the row and the
    version of its scope at that moment. Copies in Redis are sealed with ``key`` (up to 64 bytes): who may write there
    cannot make a session, nor one kind pass for another."""

    def __init__(
        self,
        kind: type[Held],
        read: Callable[[str], tuple[Held, int] | None],
        freshness: Freshness,
        client: RedisClient | None,
        *,
        key: bytes,
        name: str = "session",
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._name, self._key = name, key
        self._read, self._freshness, self._client, self._clock = read, freshness, client, clock
        self._encoder = msgspec.msgpack.Encoder()
        self._decoder: msgspec.msgpack.Decoder[tuple[int, Held]] = msgspec.msgpack.Decoder(tuple[int, kind])  # type: ignore[valid-type]  # a type made at run time
        self._near: OrderedDict[str, _Copy[Held]] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, token_hash: str, *, exact: bool = False) -> Held | None:
        """The session as it is, at most 0.9 s behind (not at all with ``exact``); None when there is none."""
        copy = self._near.get(token_hash)
        if copy is not None and self._holds(copy, exact=exact):
            return self._told("near", copy.held)
        copy = self._from_redis(token_hash)
        if copy is not None and self._holds(copy, exact=exact):
            self._keep_near(token_hash, copy)
            return self._told("hit", copy.held)
        asked_at = self._freshness.now()
        row = self._read(token_hash)
        if row is None:
            self.forget(token_hash)
            return self._told("unknown", None)
        held, version = row
        self._freshness.learned({held.depends_on[0]: version}, asked_at)
        self.keep(token_hash, held, version)
        return self._told("row", held)

    def keep(self, token_hash: str, held: Held, version: int) -> None:
        """Keep what SQL said at this version of its scope."""
        copy = _Copy(version, held)
        self._keep_near(token_hash, copy)
        life = int((held.ends_at - self._clock()) * 1000)
        if self._client is None or life <= 0:
            return
        body = self._encoder.encode((version, held))
        if len(body) > LONGEST_COPY:
            return
        stored = self._seal(token_hash, body) + body
        key = keys.session(token_hash)
        try:
            self._client.call(key, lambda redis: redis.set(key, stored, px=min(life, LONGEST_LIFE_MS)))
        except RedisAway:
            return

    def change(self, token_hash: str, found: Held, held: Held) -> None:
        """The row was changed without a new version: what it says now. Nothing is kept when ``found`` is no longer what
        is known: what was made of it may have lost rights since."""
        copy = self._near.get(token_hash)
        if copy is not None and copy.held is found:
            self.keep(token_hash, held, copy.version)

    def forget(self, token_hash: str) -> None:
        with self._lock:
            self._near.pop(token_hash, None)

    def _told(self, outcome: str, held: Held | None) -> Held | None:
        events.session_asked.send(self._name, outcome=outcome)
        return held

    def _holds(self, copy: _Copy[Held], *, exact: bool) -> bool:
        if copy.held.ends_at <= self._clock():
            return False
        # All of its scopes, so that what the request goes on to ask for comes with the same round trip.
        versions = self._freshness.versions(copy.held.depends_on, exact=exact)
        return versions[0] == copy.version

    def _keep_near(self, token_hash: str, copy: _Copy[Held]) -> None:
        with self._lock:
            self._near[token_hash] = copy
            self._near.move_to_end(token_hash)
            while len(self._near) > MOST_NEAR:
                self._near.popitem(last=False)

    def _from_redis(self, token_hash: str) -> _Copy[Held] | None:
        if self._client is None:
            return None
        key = keys.session(token_hash)
        try:
            stored: Any = self._client.call(key, lambda redis: redis.getrange(key, 0, SEAL_BYTES + LONGEST_COPY))
        except RedisAway:
            return None
        if not stored:
            return None
        seal, body = stored[:SEAL_BYTES], stored[SEAL_BYTES:]
        try:
            if hmac.compare_digest(seal, self._seal(token_hash, body)):
                return _Copy(*self._decoder.decode(body))
        except (msgspec.MsgspecError, RecursionError, UnicodeError):
            # Written before an upgrade that changed its shape.
            pass
        events.cache_failed.send(self._name, reason="poisoned")
        return None

    def _seal(self, token_hash: str, body: bytes) -> bytes:
        whose = f"{self._name} {token_hash} ".encode()
        return hashlib.blake2b(whose + body, key=self._key, digest_size=SEAL_BYTES).digest()
