"""The library in numbers: by a person's weeks, honest about what nobody counted, by a constant number of queries."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import update

from tests.people import People
from tests.statements import counted
from trackeep.bookmarks import queries, service
from trackeep.bookmarks.drafts import Changes, Draft
from trackeep.bookmarks.models import Bookmark
from trackeep.bookmarks.service.saving import save_many
from trackeep.core import clock, db
from trackeep.core.actor import Actor
from trackeep.core.objects import create_objects
from trackeep.tags import service as tags

# A Wednesday.
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


@pytest.fixture
def alice(people: People) -> Actor:
    return people.add("alice", time_zone="America/New_York")


def save(actor: Actor, moment: datetime, number: int, **parts: object) -> int:
    draft = Draft(url=f"https://s{number % 3}.example/{number}", title="x", added_at=moment, **parts)  # type: ignore[arg-type]  # parts are a draft's
    return service.save_bookmark(actor, space_id=actor.personal_space_id or 0, draft=draft)


def test_weeks_are_those_of_the_person(alice: Actor) -> None:
    with clock.freeze(NOW):
        # Sunday evening in New York, Monday in London.
        save(alice, datetime(2026, 11, 23, 3, tzinfo=UTC), 1)
        save(alice, datetime(2026, 11, 23, 6, tzinfo=UTC), 2)
        monday = queries.statistics(alice, weeks=26)
        sunday = queries.statistics(alice, weeks=26, week_start=6)
    assert len(monday.weeks) == 26
    assert [(week.start, week.saved) for week in monday.weeks[-2:]] == [
        (date(2026, 11, 16), 1),
        (date(2026, 11, 23), 1),
    ]
    assert [(week.start, week.saved) for week in sunday.weeks[-2:]] == [
        (date(2026, 11, 15), 0),
        (date(2026, 11, 22), 2),
    ]


def test_reading_and_the_backlog_are_counted_from_the_first_reading(alice: Actor) -> None:
    weeks_ago = [NOW - timedelta(weeks=number) for number in range(6)]
    with clock.freeze(weeks_ago[5]):
        ids = [save(alice, weeks_ago[5], number, unread=True) for number in range(4)]
        save(alice, weeks_ago[5], 9)
    with clock.freeze(weeks_ago[3]):
        service.mark_bookmarks(alice, ids[:2], Changes(unread=False))
        service.mark_bookmarks(alice, ids[:2], Changes(unread=False))
    with clock.freeze(weeks_ago[1]):
        service.mark_bookmarks(alice, [ids[2]], Changes(unread=False))
        service.mark_bookmarks(alice, [ids[0]], Changes(unread=True))
        save(alice, weeks_ago[1], 5, unread=True)
    with clock.freeze(NOW):
        figures = queries.statistics(alice, weeks=26)
    assert figures.read_since == weeks_ago[3].date()
    assert [week.read for week in figures.weeks[-6:]] == [None, None, 1, 0, 1, 0]
    assert [week.backlog for week in figures.weeks[-6:]] == [None, None, 3, 3, 3, 3]
    assert (figures.read, figures.totals.unread, figures.totals.saved) == (2, 3, 6)


def test_without_any_reading_only_now_is_known(alice: Actor) -> None:
    with clock.freeze(NOW):
        save(alice, NOW, 1, unread=True)
        figures = queries.statistics(alice, weeks=52)
    assert figures.read_since is None
    assert [week.backlog for week in figures.weeks] == [None] * 51 + [1]


def test_totals_sites_and_tags(alice: Actor) -> None:
    with clock.freeze(NOW):
        ids = [save(alice, NOW - timedelta(days=400 * number), number, unread=True, tags=["a"]) for number in range(4)]
        save(alice, NOW, 10, unread=True, archived=True, favourite=True, tags=["b", "a"])
        with db.unit_of_work() as session:
            session.execute(update(Bookmark).where(Bookmark.id.in_(ids[:2])).values(reading_minutes=7))
        service.trash_bookmarks(alice, [ids[3]])
        figures = queries.statistics(alice)
    totals = figures.totals
    assert (totals.saved, totals.unread, totals.archived, totals.favourite) == (4, 3, 1, 1)
    assert (totals.minutes, totals.timed) == (14, 2)
    assert [(share.name, share.count) for share in figures.sites] == [
        ("s1.example", 2),
        ("s0.example", 1),
        ("s2.example", 1),
    ]
    assert [(share.name, share.count) for share in figures.tags] == [("a", 4), ("b", 1)]


def test_a_tag_on_other_things_counts_its_bookmarks_only(alice: Actor) -> None:
    space_id = alice.personal_space_id or 0
    with clock.freeze(NOW):
        save(alice, NOW, 1, tags=["both", "mine"])
        save(alice, NOW, 2, tags=["mine"])
        with db.unit_of_work():
            others = create_objects("thing", space_id, alice, 3)
            tags.add_tags(alice, space_id, others, ["both", "theirs"])
        figures = queries.statistics(alice)
    assert [(share.name, share.count) for share in figures.tags] == [("mine", 2), ("both", 1)]


def test_a_strangers_library_is_not_counted(people: People, alice: Actor) -> None:
    save(alice, NOW, 1)
    assert queries.statistics(people.add("stranger")).totals.saved == 0


@pytest.mark.parametrize("count", [1, 40])
def test_the_number_of_queries_is_constant(alice: Actor, count: int) -> None:
    drafts = [
        Draft(url=f"https://s{n}.example/", added_at=NOW - timedelta(days=n), tags=(f"t{n}",)) for n in range(count)
    ]
    save_many(alice, space_id=alice.personal_space_id or 0, drafts=drafts, fetch=False)
    with counted() as sent:
        queries.statistics(alice)
    assert len(sent) == 4
