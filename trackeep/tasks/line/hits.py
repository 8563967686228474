"""What the readers of dates, times and repetitions share: what they look at, and what they answer."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime, time

from trackeep.tasks.line.lexicon import Lexicon
from trackeep.tasks.line.pieces import Word


@dataclass(frozen=True, slots=True)
class Scene:
    """The words, and whose day and habits they are read by. ``now`` is in the person's zone."""

    words: Sequence[Word]
    now: datetime
    week_start: int
    day_first: bool
    lexicon: Lexicon

    @property
    def today(self) -> date:
        return self.now.date()

    def key(self, place: int) -> str:
        """The word for tables, without the full stop of a sentence; empty behind the end."""
        return self.raw(place).rstrip(".")

    def raw(self, place: int) -> str:
        return self.words[place].key if 0 <= place < len(self.words) else ""

    def goes_on(self, place: int) -> bool:
        """Whether no comma parts this word from the next."""
        return 0 <= place < len(self.words) and not self.words[place].ends_part

    def skip(self, place: int, known: Set[str]) -> int:
        """Behind the word when it is one of these, else the same place."""
        return place + 1 if self.key(place) in known and self.goes_on(place) else place


@dataclass(frozen=True, slots=True)
class DayHit:
    """A day that was read up to the word ``stop``. What is ``doubtful`` counts only where a date is likely."""

    stop: int
    day: date
    clock: time | None = None
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class TimeHit:
    stop: int
    clock: time
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class RepeatHit:
    stop: int
    rule: str
    from_completion: bool = False
    doubtful: bool = False
