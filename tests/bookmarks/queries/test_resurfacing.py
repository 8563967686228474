"""What is shown again: this day of earlier years first, short and unread else, the same all day, right at midnight."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from tests.people import People
from tests.statements import counted
from trackeep.bookmarks import queries, service
from trackeep.bookmarks.drafts import Changes, Draft
from trackeep.bookmarks.models import Bookmark
from trackeep.core import clock, db
from trackeep.core.actor import Actor

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


@pytest.fixture
def alice(people: People) -> Actor:
    return people.add("alice", time_zone="Pacific/Auckland")


def save(actor: Actor, moment: datetime, number: int, *, minutes: int | None = None, **parts: object) -> int:
    draft = Draft(url=f"https://example.org/{number}", title="x", added_at=moment, **parts)  # type: ignore[arg-type]  # parts are a draft's
    made = service.save_bookmark(actor, space_id=actor.personal_space_id or 0, draft=draft)
    if minutes is not None:
        with db.unit_of_work() as session:
            session.execute(update(Bookmark).where(Bookmark.id == made).values(reading_minutes=minutes))
    return made


def shown(actor: Actor) -> tuple[str, list[int]]:
    found = queries.resurfaced(actor)
    return (found.kind, [item.id for item in found.items]) if found else ("", [])


def test_the_day_is_the_persons_and_changes_at_their_midnight(alice: Actor) -> None:
    # In Auckland it is the 26th from 11:00 UTC on.
    eve = save(alice, datetime(2025, 11, 25, 10, 59, tzinfo=UTC), 1)
    day = save(alice, datetime(2024, 11, 25, 11, 0, tzinfo=UTC), 2)
    with clock.freeze(datetime(2026, 11, 25, 10, 59, 59, tzinfo=UTC)):
        assert shown(alice) == ("year", [eve])
    with clock.freeze(datetime(2026, 11, 25, 11, 0, tzinfo=UTC)):
        assert shown(alice) == ("year", [day])


def test_at_most_three_the_same_all_day(alice: Actor) -> None:
    for number in range(9):
        save(alice, NOW - timedelta(days=365 if number % 2 else 730), number)
    with clock.freeze(NOW):
        first = shown(alice)
    with clock.freeze(NOW + timedelta(hours=5)):
        again = shown(alice)
    assert first == again
    assert len(first[1]) == 3


def test_short_and_unread_when_there_is_no_such_day(alice: Actor) -> None:
    with clock.freeze(NOW):
        assert shown(alice) == ("", [])
        short = save(alice, NOW - timedelta(days=3), 1, minutes=5, unread=True)
        save(alice, NOW, 2, minutes=6, unread=True)
        save(alice, NOW, 3, minutes=2)
        save(alice, NOW, 4, minutes=2, unread=True, archived=True)
        save(alice, NOW, 5, unread=True)
        service.mark_bookmarks(alice, [short], Changes(favourite=True))
        assert shown(alice) == ("short", [short])
        service.mark_bookmarks(alice, [short], Changes(unread=False))
        assert shown(alice) == ("", [])


def test_not_today_lasts_until_the_persons_midnight(alice: Actor, people: People) -> None:
    with clock.freeze(NOW):
        kept = [save(alice, NOW - timedelta(days=9 - number), number, minutes=1, unread=True) for number in range(5)]
        before = shown(alice)
        service.rest_until_tomorrow(alice, before[1][0])
        service.rest_until_tomorrow(alice, before[1][0])
        assert before[1][0] not in shown(alice)[1]
        assert len(shown(alice)[1]) == 3
        for each in kept:
            service.rest_until_tomorrow(alice, each)
        assert shown(alice) == ("", [])
    with clock.freeze(NOW + timedelta(hours=23)):
        assert len(shown(alice)[1]) == 3


def test_the_29th_of_february(people: People) -> None:
    person = people.add("leap")
    leap = save(person, datetime(2024, 2, 29, 12, tzinfo=UTC), 1)
    with clock.freeze(datetime(2028, 2, 29, 12, tzinfo=UTC)):
        assert shown(person) == ("year", [leap])


def test_few_queries(alice: Actor) -> None:
    with clock.freeze(NOW), counted() as sent:
        queries.resurfaced(alice)
    assert len(sent) == 3
