"""The greeting follows the person's clock, not the server's."""

from datetime import UTC, datetime

import pytest

from trackeep.home.greeting import DayPart, day_part


@pytest.mark.parametrize(
    ("hour", "zone", "part"),
    [
        (4, "UTC", DayPart.NIGHT),
        (5, "UTC", DayPart.MORNING),
        (12, "UTC", DayPart.AFTERNOON),
        (18, "UTC", DayPart.EVENING),
        (23, "UTC", DayPart.NIGHT),
        (23, "Pacific/Auckland", DayPart.AFTERNOON),
        (3, "America/Los_Angeles", DayPart.EVENING),
    ],
)
def test_part_of_the_day(hour: int, zone: str, part: DayPart) -> None:
    assert day_part(datetime(2026, 11, 23, hour, 30, tzinfo=UTC), zone) is part
