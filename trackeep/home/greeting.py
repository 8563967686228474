"""Which greeting fits the hour."""

from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo


class DayPart(StrEnum):
    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"
    NIGHT = "night"


_BEGINNINGS = ((22, DayPart.NIGHT), (18, DayPart.EVENING), (12, DayPart.AFTERNOON), (5, DayPart.MORNING))


def day_part(moment: datetime, time_zone: str) -> DayPart:
    """The part of the day that it is at this moment in the time zone."""
    hour = moment.astimezone(ZoneInfo(time_zone)).hour
    return next((part for beginning, part in _BEGINNINGS if hour >= beginning), DayPart.NIGHT)
