"""What a person may choose about how Trackeep looks and when it speaks up."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from functools import cache
from typing import Any
from zoneinfo import available_timezones

THEMES = ("system", "light", "dark")
ACCENTS = ("azure", "indigo", "violet", "pink", "rose", "orange", "amber", "green", "teal", "slate")
DENSITIES = ("comfortable", "compact")
VISIBILITIES = ("private", "members", "public")
LOCALES = ("en",)
WEEK_STARTS = (0, 5, 6)
"""First day of the week as in ``date.weekday()``: Monday 0, Saturday 5, Sunday 6."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """The stored preferences, with the defaults for what was never chosen."""

    week_start: int = 0
    theme: str = "system"
    accent: str = "azure"
    density: str = "comfortable"
    visibility: str = "private"
    notices: Mapping[str, bool] = field(default_factory=dict)

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> "Preferences":
        """Names that a newer version has stored are left alone."""
        known = {entry.name for entry in fields(cls)}
        return cls(**{name: value for name, value in stored.items() if name in known})

    def stored(self) -> dict[str, Any]:
        return asdict(self)


# Files beside those of the zones; the library that writes days and times does not know them.
_NO_ZONES = {"Factory", "localtime"}


@cache
def known_zones() -> frozenset[str]:
    """All names that a person's clock can have."""
    return frozenset(available_timezones() - _NO_ZONES)


@cache
def time_zones() -> tuple[str, ...]:
    """The zones that people know by a place, in order."""
    places = (zone for zone in known_zones() if "/" in zone and not zone.startswith(("Etc/", "posix", "right")))
    return ("UTC", *sorted(places))
