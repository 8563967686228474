"""The clock is aware, in UTC, and can be held still."""

from datetime import UTC, datetime, timedelta, timezone
from threading import Thread

import pytest

from trackeep.core import clock


def test_now_is_aware_utc() -> None:
    assert clock.now().utcoffset() == timedelta(0)
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)


def test_freeze_holds_nests_and_ends() -> None:
    noon = datetime(2026, 1, 1, 12, tzinfo=timezone(timedelta(hours=2)))
    with clock.freeze(noon) as held:
        assert clock.now() == held == datetime(2026, 1, 1, 10, tzinfo=UTC)
        with clock.freeze(noon + timedelta(days=1)):
            assert clock.now() == held + timedelta(days=1)
        assert clock.now() == held
    assert clock.now() > held


def test_freeze_is_seen_by_other_threads() -> None:
    seen: list[datetime] = []
    with clock.freeze(datetime(2026, 1, 1, tzinfo=UTC)) as held:
        thread = Thread(target=lambda: seen.append(clock.now()))
        thread.start()
        thread.join()
    assert seen == [held]


def test_naive_moment_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"), clock.freeze(datetime(2026, 1, 1)):  # noqa: DTZ001  the point of the test
        pass
