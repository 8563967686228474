"""What a look at a deployment can show."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    GOOD = "ok"
    WARNING = "warning"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Finding:
    """What one look showed; ``words`` say what to do unless it is good."""

    level: Level
    subject: str
    words: str
