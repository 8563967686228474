"""Moments are written in one spelling, whichever time zone they come in."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import DateTime, Dialect
from sqlalchemy.engine import make_url

from trackeep.core.db.types import UtcDateTime

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
BERLIN = timezone(timedelta(hours=1))
SQLITE: Dialect = make_url("sqlite://").get_dialect()()
POSTGRESQL: Dialect = make_url("postgresql+psycopg://").get_dialect()()


@pytest.mark.parametrize("moment", [NOON, NOON.astimezone(BERLIN)])
def test_sqlite_gets_the_spelling_of_its_own_type(moment: datetime) -> None:
    own = DateTime().dialect_impl(SQLITE).bind_processor(SQLITE)
    assert own is not None
    written = UtcDateTime().bind_processor(SQLITE)(moment)
    assert written == own(NOON.replace(tzinfo=None)) == "2026-03-04 12:00:00.000000"


@pytest.mark.parametrize("moment", [NOON, NOON.astimezone(BERLIN)])
def test_postgresql_gets_the_moment_in_utc(moment: datetime) -> None:
    written = UtcDateTime().bind_processor(POSTGRESQL)(moment)
    assert isinstance(written, datetime)
    assert (written, written.tzinfo) == (NOON, UTC)


@pytest.mark.parametrize("dialect", [SQLITE, POSTGRESQL])
def test_nothing_stays_nothing_and_a_naive_moment_is_refused(dialect: Dialect) -> None:
    process = UtcDateTime().bind_processor(dialect)
    assert process(None) is None
    with pytest.raises(ValueError, match="time zone"):
        process(datetime(2026, 3, 4))  # noqa: DTZ001  # what is refused
