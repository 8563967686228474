"""Scope versions rise with what they belong to, and only then."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event, update
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.engine.interfaces import CacheStats

from trackeep.core import clock, db, ext, versions
from trackeep.core.actor import Actor
from trackeep.core.versions import ScopeVersion

NOON = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
AT_NOON = int(NOON.timestamp() * 1000)


def raised(*scopes: str) -> dict[str, int]:
    with db.unit_of_work():
        versions.raise_versions(*scopes)
    return versions.current_versions(scopes)


def test_versions_rise_from_nothing_to_the_time_of_day(alice: Actor) -> None:
    with clock.freeze(NOON):
        raised("a", "b", "a")
        raised("b")
        raised()
    assert versions.current_versions(["a", "b", "c"]) == {"a": AT_NOON, "b": AT_NOON + 1, "c": 0}
    with clock.freeze(NOON + timedelta(seconds=1)):
        assert raised("a") == {"a": AT_NOON + 1_000}


def test_a_clock_that_steps_back_lowers_none(alice: Actor) -> None:
    with clock.freeze(NOON):
        raised("a")
    with clock.freeze(NOON - timedelta(days=1)):
        assert raised("a", "b") == {"a": AT_NOON + 1, "b": AT_NOON - 86_400_000}


def test_a_number_that_the_database_forgot_is_not_used_again(alice: Actor) -> None:
    """A backup was restored by other means, or another primary took over that lacked the newest writes."""
    with clock.freeze(NOON):
        before = raised("a")["a"]
    with clock.freeze(NOON + timedelta(minutes=1)):
        forgotten = raised("a")["a"]
    with db.unit_of_work() as session:
        session.execute(update(ScopeVersion).where(ScopeVersion.scope == "a").values(number=before))
    with clock.freeze(NOON + timedelta(minutes=2)):
        assert raised("a")["a"] > forgotten


def test_several_at_once_are_one_statement_that_is_compiled_once(alice: Actor) -> None:
    """Each write raises some: to compile the statement took longer than to run it."""
    seen: list[CacheStats] = []

    def note(_connection: object, _cursor: object, sql: str, _values: object, context: object, _many: bool) -> None:
        if isinstance(context, DefaultExecutionContext) and "INSERT INTO scope_versions" in sql:
            seen.append(context.cache_hit)

    raised("a", "b")
    event.listen(db.database.engine, "before_cursor_execute", note)
    raised("a", "b")
    raised("c", "d")
    event.remove(db.database.engine, "before_cursor_execute", note)
    assert seen == [CacheStats.CACHE_HIT] * 2


def test_all_are_raised_for_another_database(alice: Actor) -> None:
    with clock.freeze(NOON):
        raised("a")
    with clock.freeze(NOON - timedelta(days=1)):
        raised("b")
    with clock.freeze(NOON):
        versions.raise_all()
    assert versions.current_versions(["a", "b"]) == {"a": AT_NOON + 1, "b": AT_NOON}


def test_what_was_raised_is_trusted_from_the_raising_on(alice: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody else may raise it again as soon as we have committed, so what runs before it is noted must not count."""
    freshness = ext.freshness()
    moments = [freshness.now()]
    monkeypatch.setattr(freshness, "_clock", lambda: moments[-1])
    with db.unit_of_work():
        db.after_commit(lambda: moments.append(moments[-1] + 10))
        versions.raise_versions("a")
    ours = versions.current_versions(["a"])["a"]
    with db.unit_of_work() as session:
        session.execute(update(ScopeVersion).where(ScopeVersion.scope == "a").values(number=ours + 1))
    assert freshness.versions(["a"]) == [ours + 1]


def test_what_is_rolled_back_raises_nothing(alice: Actor) -> None:
    with pytest.raises(RuntimeError, match="no"), db.unit_of_work():
        versions.raise_versions("a")
        raise RuntimeError("no")

    assert versions.current_versions(["a"]) == {"a": 0}
