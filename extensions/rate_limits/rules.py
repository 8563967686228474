"""What a limit says, what a process asks of a counter, and what it is told."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple, Protocol

# A sliding window has so many buckets: a permit comes back up to a sixtieth of the window late, never early.
BUCKETS = 60


class Algorithm(StrEnum):
    SLIDING_WINDOW = "sliding window"
    FIXED_WINDOW = "fixed window"
    TOKEN_BUCKET = "token bucket"  # noqa: S105  # the name of an algorithm


@dataclass(frozen=True, slots=True)
class Limit:
    """At most ``amount`` permits in ``seconds`` for each subject. A fixed window begins with its first permit; a token
    bucket holds ``amount`` and fills evenly."""

    name: str
    amount: int
    seconds: float
    algorithm: Algorithm
    period_ms: int = field(init=False, repr=False)
    # The span of time whose permits are counted as one bucket, and how long after its begin that counts: until the last
    # permit in it is old enough.
    width_ms: int = field(init=False, repr=False)
    life_ms: int = field(init=False, repr=False)

    def __post_init__(self) -> None:
        if self.amount < 1 or self.seconds <= 0:
            raise ValueError(f"the limit {self.name} would let nothing or everything pass")
        period = max(1, round(self.seconds * 1000))
        slides = self.algorithm is Algorithm.SLIDING_WINDOW
        width = max(1, period // BUCKETS) if slides else period
        object.__setattr__(self, "period_ms", period)
        object.__setattr__(self, "width_ms", width)
        object.__setattr__(self, "life_ms", period + width if slides else period)

    def granted(self, used: int, wanted: int) -> int:
        """Several permits at once only as far as half of all; from there on one, as long as there is one."""
        if used >= self.amount:
            return 0
        return max(1, min(wanted, self.amount // 2 - used))


class Wish(NamedTuple):
    """What a process asks of a counter. It gives back what it has not used of an earlier lease and tells what it
    knows, so that a counter that was lost begins where it was."""

    permits: int = 1
    back: int = 0
    back_to: int = 0  # the bucket from which they came
    seen: int = 0  # so many permits were used
    seen_ms: int = 0  # until all of them are there again
    since_ms: int = -1  # since the counter was asked before; -1: never


class Count(NamedTuple):
    """What a counter answers. ``granted`` is 0 for a refusal; permits beyond the first one are a lease for
    ``lease_ms``."""

    granted: int
    used: int
    reset_ms: int  # until all permits are there again
    retry_ms: int  # until one is there again; 0 when one was granted
    bucket: int
    lease_ms: int
    repaired: int = 0  # 1 when what was stored could not be read and was begun anew


class Counter(Protocol):
    """Counts the permits of each subject. Whoever asks at once, never more than the limit are granted."""

    def take(self, limit: Limit, subject: str, wish: Wish) -> Count: ...


class Verdict(NamedTuple):
    """Whether a request may pass, and what is left; durations are seconds."""

    limit: Limit
    allowed: bool
    remaining: int
    reset: float
    retry_after: float
