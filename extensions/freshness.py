"""Scope versions, read as rarely as staleness allows: trusted in process for 400 ms, copied in Redis for 500 ms.

The truth is a row that is raised in the transaction of every write. A process that raised a version itself knows it at
once; everybody else learns of it within 400 + 500 ms, whatever Redis does: its copies end at a moment of Redis' own
clock that was fixed before the row was read, so that neither a command that a frozen server finds in its buffer later
nor a replica that takes over can make one live longer. The copy holds it as well, in case that clock steps back."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extensions import events, keys
from extensions.flights import Flights
from extensions.redis_client import RedisAway, RedisClient

if TYPE_CHECKING:
    from redis import Redis

TRUST_SECONDS = 0.4
# From this age on one request asks again, while the others go on trusting: they would all ask at the same moment.
RENEW_SECONDS = 0.3
COPY_MS = 500
WAIT_SECONDS = 0.5
MOST_SCOPES = 50_000
LONGEST_COPY = 40


@dataclass(slots=True)
class _Known:
    """A version that this process has seen, since ``noted_at``. Versions only grow, so the largest one seen is the
    newest; unless SQL was set back, which a statement tells that began later."""

    number: int
    trusted_until: float
    noted_at: float
    renewed_at: float = float("-inf")


class Freshness:
    """Current versions of scopes. ``read`` asks SQL for those of the scopes that were ever raised."""

    def __init__(
        self,
        read: Callable[[Sequence[str]], Mapping[str, int]],
        client: RedisClient | None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._read = read
        self._client = client
        self._clock = clock
        self._known: OrderedDict[str, _Known] = OrderedDict()
        self._lock = threading.Lock()
        self._flights = Flights()

    def versions(self, scopes: Sequence[str], *, exact: bool = False) -> list[int]:
        """The scopes' versions in their order, at most 0.9 s behind; with ``exact`` as they are in SQL now."""
        asked_at = self._clock()
        if exact:
            self._from_sql(scopes, asked_at)
        elif (numbers := self._young(scopes, asked_at)) is not None:
            return numbers
        else:
            missing = self._untrusted(scopes, asked_at)
            if missing:
                self._refresh_together(missing)
            elif old := self._growing_old(scopes, asked_at):
                self._refresh(old, asked_at)
        with self._lock:
            return [self._seen(scope) for scope in scopes]

    def _young(self, scopes: Sequence[str], now: float) -> list[int] | None:
        """Their numbers when all are so young that nothing has to be done, as nearly always. It takes no lock."""
        soon = now + TRUST_SECONDS - RENEW_SECONDS
        numbers = []
        for scope in scopes:
            entry = self._known.get(scope)
            if entry is None or entry.trusted_until <= soon:
                return None
            numbers.append(entry.number)
        return numbers

    def _refresh_together(self, missing: Sequence[str]) -> None:
        """Many requests miss the same at the same moment: one asks for all."""
        flight, leads = self._flights.join(missing[0])
        if not leads:
            flight.wait(WAIT_SECONDS)
            missing = self._untrusted(missing, self._clock())
            if missing:
                self._refresh(missing, self._clock())
            return
        try:
            self._refresh(missing, self._clock())
        finally:
            self._flights.leave(missing[0], flight)

    def _untrusted(self, scopes: Sequence[str], now: float) -> list[str]:
        return [scope for scope in scopes if not self._is_trusted(scope, now)]

    def _is_trusted(self, scope: str, now: float) -> bool:
        entry = self._known.get(scope)
        return entry is not None and entry.trusted_until > now

    def now(self) -> float:
        return self._clock()

    def _growing_old(self, scopes: Sequence[str], now: float) -> list[str]:
        """Those that are asked for anew before their time is over, by this request alone."""
        old = []
        with self._lock:
            for scope in scopes:
                entry = self._known.get(scope)
                # Whoever has begun this has until the end of the trust to come back.
                if entry is not None and entry.renewed_at + TRUST_SECONDS - RENEW_SECONDS <= now:
                    entry.renewed_at = now
                    old.append(scope)
        return old

    def learned(self, numbers: Mapping[str, int], as_of: float | None = None) -> None:
        """This process has committed these versions, or has read them from SQL by a statement begun at ``as_of``."""
        self._note(numbers, (self._clock() if as_of is None else as_of) + TRUST_SECONDS)

    def _refresh(self, scopes: Sequence[str], asked_at: float) -> None:
        copies, moments = self._from_redis(scopes)
        self._note(copies, asked_at + TRUST_SECONDS)
        missing = [scope for scope in scopes if scope not in copies]
        events.versions_read.send("versions", redis=len(copies), sql=len(missing))
        if missing:
            numbers = self._from_sql(missing, self._clock())
            self._copy(numbers, moments)

    def _from_sql(self, scopes: Sequence[str], asked_at: float) -> dict[str, int]:
        numbers = dict.fromkeys(scopes, 0) | dict(self._read(scopes))
        self._note(numbers, asked_at + TRUST_SECONDS, read_at=asked_at)
        return numbers

    def _note(self, numbers: Mapping[str, int], trusted_until: float, *, read_at: float = float("-inf")) -> None:
        """``read_at`` is when the statement began that has read them from SQL."""
        with self._lock:
            now = self._clock()
            for scope, number in numbers.items():
                entry = self._known.get(scope)
                if entry is None or number > entry.number or (number < entry.number and entry.noted_at < read_at):
                    self._known[scope] = _Known(number, trusted_until, now)
                elif number == entry.number:
                    entry.trusted_until = trusted_until
                else:
                    continue
                self._known.move_to_end(scope)
            while len(self._known) > MOST_SCOPES:
                self._known.popitem(last=False)

    def _from_redis(self, scopes: Sequence[str]) -> tuple[dict[str, int], dict[str, int]]:
        """Versions by scope, and for each key the moment of its server's clock in milliseconds."""
        if self._client is None:
            return {}, {}
        wanted = {keys.version(scope): scope for scope in scopes}
        try:
            answers = self._client.call_each(wanted, _ask)
        except RedisAway:
            return {}, {}
        copies: dict[str, int] = {}
        moments: dict[str, int] = {}
        for moment, values in answers:
            for key, value in values.items():
                moments[key] = moment
                number = _number_of(value, moment)
                if number is not None:
                    copies[wanted[key]] = number
        # A copy that is behind what was seen already is not worth believing.
        return {scope: number for scope, number in copies.items() if number >= self._seen(scope)}, moments

    def _seen(self, scope: str) -> int:
        entry = self._known.get(scope)
        return 0 if entry is None else entry.number

    def _copy(self, numbers: Mapping[str, int], moments: Mapping[str, int]) -> None:
        if self._client is None or not moments:
            return
        ends = {keys.version(scope): (number, moments.get(keys.version(scope), 0)) for scope, number in numbers.items()}
        try:
            self._client.call_each(ends, lambda redis, group: _keep(redis, {key: ends[key] for key in group}))
        except RedisAway:
            return


def _number_of(copy: bytes | None, now: int) -> int | None:
    """What a copy says that is neither from the future nor too old."""
    number, _, moment = (copy or b"").partition(b" ")
    if not (number.isdigit() and moment.isdigit()) or len(number + moment) > LONGEST_COPY:
        return None
    return int(number) if 0 <= now - int(moment) <= COPY_MS else None


def _ask(redis: "Redis", group: list[str]) -> tuple[int, dict[str, bytes | None]]:
    steps = redis.pipeline(transaction=False)
    steps.time()
    for key in group:
        # One MGET would be refused by a Cluster, where the keys of one node are in many slots.
        steps.get(key)
    (seconds, microseconds), *values = steps.execute()
    return seconds * 1000 + microseconds // 1000, dict(zip(group, values, strict=True))


def _keep(redis: "Redis", entries: Mapping[str, tuple[int, int]]) -> None:
    steps = redis.pipeline(transaction=False)
    for key, (number, moment) in entries.items():
        steps.set(key, f"{number} {moment}", pxat=moment + COPY_MS)
    steps.execute()
