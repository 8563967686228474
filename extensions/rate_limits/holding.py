"""What a process holds of one counter in Redis: permits that it has leased, and what it knows of the rest."""

import threading

from extensions.rate_limits.rules import Algorithm, Count, Limit, Verdict, Wish

LEASE_SECONDS = 1.0
LARGEST_LEASE = 1_000
# A lease is at most this part of the limit, so that few permits lie about unused when half of them are gone.
LEASE_PART = 10


class Holding:
    """Not safe by itself: whoever shares it holds a lock. Times are seconds on the monotonic clock."""

    __slots__ = (
        "_asked_at", "_asking", "_bucket", "_crowd_reset_at", "_crowd_since", "_crowd_used", "_lease", "_lease_since",
        "_lease_until", "_on_its_way", "_refused_until", "_reset_at", "_retry_at", "_size", "_spent", "_used",
    )  # fmt: skip

    def __init__(self) -> None:
        self._lease = 0
        self._lease_since = 0.0
        self._on_its_way: threading.Event | None = None
        self._lease_until = 0.0
        self._bucket = 0
        self._size = 1
        self._spent = 0
        self._used = 0
        self._reset_at = 0.0
        self._retry_at = 0.0
        self._refused_until = 0.0
        self._asked_at = float("-inf")
        self._asking = 0
        self._crowd_since = 0.0
        self._crowd_used = 0
        self._crowd_reset_at = 0.0

    def spend(self, limit: Limit, now: float) -> Verdict | None:
        """The answer if it can be given without asking: from the lease, or from a refusal of this second."""
        if self._lease and now < self._lease_until:
            self._lease -= 1
            self._spent += 1
            return Verdict(limit, True, max(0, limit.amount - self._used + self._lease), self._reset_at - now, 0.0)
        if now < self._refused_until:
            return Verdict(limit, False, 0, self._reset_at - now, self._retry_at - now)
        return None

    @property
    def on_its_way(self) -> threading.Event | None:
        """Set once a lease that somebody asks for now has arrived, or will not: better waited for than asked beside."""
        return self._on_its_way

    def answered(self, wish: Wish) -> None:
        """To be called once for each wish, whatever has become of it."""
        self._asking -= 1
        if wish.permits > 1 and self._on_its_way is not None:
            self._on_its_way.set()
            self._on_its_way = None

    def wish(self, limit: Limit, now: float) -> Wish:
        """What to ask the counter now. The lease is over: what is left of it is given back."""
        back, self._lease = self._lease, 0
        self._used -= back
        if self._asking == 0:
            self._choose_size(limit, now, used_up=back == 0)
        elif self._on_its_way is None and limit.algorithm is not Algorithm.TOKEN_BUCKET:
            # Somebody asks for one already: the next brings enough for all who come meanwhile.
            self._size = max(self._size, min(2 * self._asking, limit.amount // LEASE_PART))
        if self._asking == 0 or now - self._crowd_since > LEASE_SECONDS:
            self._crowd_since, self._crowd_used, self._crowd_reset_at = now, 0, 0.0
        wish = Wish(
            permits=self._size if self._on_its_way is None else 1,
            back=back,
            back_to=self._bucket,
            seen=self._used,
            seen_ms=max(0, round((self._reset_at - now) * 1000)),
            since_ms=-1 if self._asked_at == float("-inf") else round((now - self._asked_at) * 1000),
        )
        self._asking += 1
        if wish.permits > 1:
            self._on_its_way = threading.Event()
        return wish

    def _choose_size(self, limit: Limit, now: float, *, used_up: bool) -> None:
        """Twice as many for who used up a lease before it ended, else as many as were used."""
        if limit.algorithm is Algorithm.TOKEN_BUCKET:
            return
        if used_up and now - self._asked_at < LEASE_SECONDS:
            self._size = max(1, min(2 * self._size, LARGEST_LEASE, limit.amount // LEASE_PART))
        elif now - self._lease_since > LEASE_SECONDS / 4:
            # What was cut short by the end of its bucket says little of how many are needed.
            self._size = max(1, self._spent)
        self._spent = 0

    def learn(self, limit: Limit, count: Count, asked_at: float, *, shared: bool) -> Verdict:
        """Take in the answer to a wish; ``shared`` is whether Redis gave it."""
        # Answers to several that asked at once come in any order.
        self._used = self._crowd_used = max(self._crowd_used, count.used)
        self._reset_at = self._crowd_reset_at = max(self._crowd_reset_at, asked_at + count.reset_ms / 1000)
        self._retry_at = asked_at + count.retry_ms / 1000
        if shared:
            self._asked_at = asked_at
            self._keep_lease(count, asked_at)
        return Verdict(
            limit,
            count.granted > 0,
            max(0, limit.amount - count.used + self._lease),
            count.reset_ms / 1000,
            count.retry_ms / 1000,
        )

    def _keep_lease(self, count: Count, asked_at: float) -> None:
        if count.granted == 0:
            self._refused_until = min(self._retry_at, asked_at + LEASE_SECONDS)
        elif count.granted > 1:
            # Of two leases the older one is forgotten: it stays counted. The time runs from before the question, so a
            # lease ends before its bucket does, however long the way was.
            self._lease, self._bucket, self._lease_since = count.granted - 1, count.bucket, asked_at
            self._lease_until = asked_at + min(LEASE_SECONDS, count.lease_ms / 1000)
