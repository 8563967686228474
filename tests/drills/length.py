"""How long and how often the drills do things: briefly inside `make test`, fully with `make drill`."""

import os
from dataclasses import dataclass


@dataclass(frozen=True)
class Length:
    """``kills`` is how often something is killed at random, ``cuts`` how often its connections are cut, ``seconds``
    how long the load runs between two faults, ``interleavings`` how many orders of steps each part of the cache's test
    walks, ``rate`` how many requests a second come while Redis is away."""

    kills: int
    cuts: int
    seconds: float
    interleavings: int
    rate: float


LENGTHS = {
    "short": Length(kills=10, cuts=10, seconds=1.0, interleavings=300, rate=100.0),
    "long": Length(kills=200, cuts=200, seconds=5.0, interleavings=2_500, rate=200.0),
}
LENGTH = LENGTHS[os.environ.get("DRILL", "short")]
