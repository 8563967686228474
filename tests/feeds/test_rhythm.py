"""How often a feed is looked at."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from trackeep.feeds import rhythm

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
HOUR = 3_600


def test_a_busy_feed_is_looked_at_more_often() -> None:
    dates = [NOW - timedelta(minutes=10 * number) for number in range(10)]
    pauses = [HOUR]
    for _time in range(4):
        pauses.append(rhythm.next_interval(pauses[-1], new=3, dates=dates, now=NOW))
    assert pauses[-1] == rhythm.LEAST


def test_a_quiet_feed_is_looked_at_more_rarely() -> None:
    dates = [NOW - timedelta(days=30 * number) for number in range(1, 10)]
    pause = HOUR
    for _time in range(12):
        pause = rhythm.next_interval(pause, new=0, dates=dates, now=NOW)
    assert pause == rhythm.MOST


def test_what_the_publisher_asks_for_is_kept_within_a_day() -> None:
    assert rhythm.next_interval(HOUR, new=5, dates=[], now=NOW, asked=4 * HOUR) == 4 * HOUR
    assert rhythm.next_interval(HOUR, new=5, dates=[], now=NOW, asked=10**9) == rhythm.MOST


@given(
    st.integers(0, 10**9),
    st.integers(0, 1_000),
    st.lists(st.datetimes(datetime(1990, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)), max_size=20),  # noqa: DTZ001
    st.integers(0, 10**9),
)
def test_never_out_of_bounds(current: int, new: int, dates: list[datetime], asked: int) -> None:
    pause = rhythm.next_interval(current, new=new, dates=dates, now=NOW, asked=asked)
    assert rhythm.LEAST <= pause <= rhythm.MOST
    assert rhythm.LEAST <= rhythm.after_failure(pause, new + 1, asked) <= rhythm.MOST
