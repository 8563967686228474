"""Looking at feeds: what is saved, what is known, what is odd, what goes wrong, and when it is tried again."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select, update

from tests.factories.accounts import Person
from tests.feeds.conftest import FEED, Publish, look, subscribed
from tests.feeds.samples import BOMB, PAGE, address, item
from trackeep.bookmarks import queries as bookmark_queries
from trackeep.bookmarks import service as bookmarks
from trackeep.bookmarks.filters import Filters, View
from trackeep.bookmarks.queries import BookmarkItem
from trackeep.core import clock, db
from trackeep.core.fetch import FetchDouble, Fetched, FetchFailed, FetchRefused
from trackeep.core.jobs import JobRow
from trackeep.feeds import fetching, jobs, queries, service
from trackeep.feeds.models import Feed, FeedEntry
from trackeep.feeds.states import Backlog, Remark, State

NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def still(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[datetime]]:
    """The clock stands; each look is far enough from the last one to have its turn at once."""
    times = [NOON]
    monkeypatch.setattr(clock, "now", lambda: times[0])
    yield times


def later(times: list[datetime], **parts: int) -> None:
    times[0] += timedelta(**parts)


def saved(person: Person) -> list[BookmarkItem]:
    return list(bookmark_queries.list_bookmarks(person.actor, Filters(view=View.EVERYTHING), limit=100).items)


def titles(person: Person) -> list[str]:
    return [each.title for each in saved(person)]


def test_the_newest_become_bookmarks_as_wished(alice: Person, publish: Publish) -> None:
    collection = bookmarks.create_collection(alice.actor, alice.space_id, name="News")
    publish(*(item(number, at=NOON - timedelta(days=number)) for number in range(1, 13)))
    feed_id = subscribed(alice, collection_id=collection, tags=["press", "daily/news"])

    look(feed_id)

    found = saved(alice)
    assert [each.title for each in found] == [f"Entry {number}" for number in range(1, 11)]
    first = found[0]
    assert (first.url, first.unread, first.description) == (address(1), True, "About 1")
    assert [tag.name for tag in first.tags] == ["daily/news", "press"]
    assert list(first.collection_ids) == [collection]
    feed = queries.get_feed(alice.actor, feed_id)
    assert (feed.title, feed.site_url, feed.saved, feed.state) == ("A journal", "https://example.org/", 10, "active")


@pytest.mark.parametrize(("backlog", "count"), [(Backlog.NONE, 0), (Backlog.NEWEST, 10), (Backlog.ALL, 60)])
def test_the_backlog_and_what_comes_later(
    alice: Person, publish: Publish, still: list[datetime], backlog: Backlog, count: int
) -> None:
    publish(*(item(number) for number in range(60)))
    feed_id = subscribed(alice, backlog=backlog)
    look(feed_id)
    before = queries.get_feed(alice.actor, feed_id).saved
    later(still, hours=2)
    publish(item("new"), *(item(number) for number in range(60)))
    look(feed_id)
    assert (before, queries.get_feed(alice.actor, feed_id).saved) == (count, count + 1)
    assert titles(alice)[0] == "Entry new"


def test_looking_twice_saves_once(alice: Person, publish: Publish, still: list[datetime]) -> None:
    publish(item(1), item(2))
    feed_id = subscribed(alice)
    for _time in range(3):
        look(feed_id)
        later(still, hours=1)
    assert titles(alice) == ["Entry 1", "Entry 2"]


def test_several_runners_save_once(alice: Person, publish: Publish) -> None:
    publish(*(item(number) for number in range(40)))
    feed_id = subscribed(alice, backlog=Backlog.ALL)
    found = fetching.look(FEED)
    together = threading.Barrier(4)

    def run(_number: int) -> int:
        together.wait()
        try:
            return service.take_in(feed_id, found)
        finally:
            db.release()

    with ThreadPoolExecutor(4) as pool:
        counts = sorted(pool.map(run, range(4)))
    assert counts == [0, 0, 0, 40]
    assert (queries.get_feed(alice.actor, feed_id).saved, len(saved(alice))) == (40, 40)


def test_what_was_deleted_does_not_come_back(alice: Person, publish: Publish, still: list[datetime]) -> None:
    publish(item(1), item(2))
    feed_id = subscribed(alice)
    look(feed_id)
    gone = saved(alice)[0].id
    bookmarks.trash_bookmarks(alice.actor, [gone])
    bookmarks.purge_bookmarks(alice.actor, [gone])
    later(still, hours=1)
    look(feed_id)
    assert titles(alice) == ["Entry 2"]


def test_a_page_that_is_there_already_is_left_alone(alice: Person, publish: Publish) -> None:
    draft = bookmarks.Draft(url=f"{address(1)}/?utm_source=feed", title="Mine")
    bookmark_id = bookmarks.save_bookmark(alice.actor, space_id=alice.space_id, draft=draft)
    publish(item(1), item(2))
    feed_id = subscribed(alice)
    look(feed_id)
    assert sorted(titles(alice)) == ["Entry 2", "Mine"]
    outcomes = {
        each.title: (each.outcome, each.bookmark_id) for each in queries.feed_entries(alice.actor, feed_id).items
    }
    assert outcomes["Entry 1"] == ("known", bookmark_id)


def test_entries_of_one_look_are_listed_in_their_order(alice: Person, publish: Publish) -> None:
    publish(*(item(number) for number in range(8)))
    feed_id = subscribed(alice)
    look(feed_id)
    first = queries.feed_entries(alice.actor, feed_id, limit=5)
    second = queries.feed_entries(alice.actor, feed_id, limit=5, cursor=first.next_cursor)
    assert [each.title for each in [*first.items, *second.items]] == [f"Entry {number}" for number in range(8)]


def test_all_ids_change_and_nothing_is_doubled(alice: Person, publish: Publish, still: list[datetime]) -> None:
    publish(*(item(number) for number in range(20)))
    feed_id = subscribed(alice, backlog=Backlog.ALL)
    look(feed_id)
    later(still, hours=1)
    publish(item("new"), *(item(number, guid=f"other-{number}") for number in range(20)))
    look(feed_id)
    feed = queries.get_feed(alice.actor, feed_id)
    assert (feed.saved, feed.remark, feed.remark_count) == (21, Remark.RENAMED, 20)
    assert "20 entries new names" in str(feed.note)


def test_ids_and_addresses_change_at_once(alice: Person, publish: Publish, still: list[datetime]) -> None:
    publish(*(item(number, at=NOON - timedelta(days=number + 1)) for number in range(20)))
    feed_id = subscribed(alice, backlog=Backlog.ALL)
    look(feed_id)
    later(still, hours=1)
    moved = [
        item(number, guid=f"other-{number}", link=f"https://moved.example.org/{number}", at=NOON - timedelta(days=1))
        for number in range(20)
    ]
    fresh = item("new", at=NOON + timedelta(minutes=30))
    publish(fresh, *moved)
    look(feed_id)
    later(still, hours=1)
    look(feed_id)
    feed = queries.get_feed(alice.actor, feed_id)
    assert (feed.saved, len(saved(alice))) == (21, 21)
    assert titles(alice)[0] == "Entry new"


def test_a_flood_is_told(alice: Person, publish: Publish, still: list[datetime]) -> None:
    publish(*(item(number) for number in range(20)))
    feed_id = subscribed(alice, backlog=Backlog.NONE)
    look(feed_id)
    later(still, hours=1)
    publish(*(item(number, guid=f"o-{number}", link=f"https://moved.example.org/{number}") for number in range(20)))
    look(feed_id)
    feed = queries.get_feed(alice.actor, feed_id)
    assert (feed.saved, feed.remark, feed.remark_count) == (0, Remark.FLOOD, 20)


def test_limits_a_look_and_a_day(alice: Person, publish: Publish, still: list[datetime]) -> None:
    publish(item("old"))
    feed_id = subscribed(alice, per_check=5, per_day=8)
    look(feed_id)
    numbers = [item(number) for number in range(20)]
    counts = []
    publish(*numbers, item("old"), etag='"1"')
    for _time in range(3):
        later(still, hours=1)
        look(feed_id)
        feed = queries.get_feed(alice.actor, feed_id)
        counts.append((feed.saved, feed.remark, feed.remark_count))
    later(still, hours=25)
    look(feed_id)
    assert counts == [(6, "waiting", 15), (9, "waiting", 12), (9, "waiting", 12)]
    assert queries.get_feed(alice.actor, feed_id).saved == 14
    assert "Entry 0" in titles(alice)


def test_only_what_has_changed_is_asked_for(
    alice: Person, publish: Publish, web: FetchDouble, still: list[datetime]
) -> None:
    publish(item(1), etag='"v1"', last_modified="Fri, 20 Nov 2026 08:30:00 GMT")
    feed_id = subscribed(alice)
    look(feed_id)
    later(still, hours=1)
    web.answers[FEED] = Fetched(FEED, 304)
    look(feed_id)
    asked = web.asked[-1].headers
    assert (asked["if-none-match"], asked["if-modified-since"]) == ('"v1"', "Fri, 20 Nov 2026 08:30:00 GMT")
    feed = queries.get_feed(alice.actor, feed_id)
    assert (feed.state, feed.checked_at) == (State.ACTIVE, NOON + timedelta(hours=1))
    assert feed.next_at > still[0]


def test_a_site_is_enough(alice: Person, publish: Publish, web: FetchDouble) -> None:
    web.page("https://example.org/", PAGE)
    publish(item(1))
    feed_id = subscribed(alice, "https://example.org/")
    look(feed_id)
    feed = queries.get_feed(alice.actor, feed_id)
    assert (feed.url, feed.saved) == (FEED, 1)


def test_a_site_whose_feed_is_there_already(alice: Person, publish: Publish, web: FetchDouble) -> None:
    web.page("https://example.org/", PAGE)
    publish(item(1))
    subscribed(alice)
    feed_id = subscribed(alice, "https://example.org/")
    look(feed_id)
    feed = queries.get_feed(alice.actor, feed_id)
    assert feed.state == State.PAUSED
    assert "same feed" in (feed.error or "")


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (Fetched(FEED, 404), "404"),
        (Fetched(FEED, 200, {}, "text/html", "utf-8", b"<html><body>Hello</body></html>"), "names no feed"),
        (Fetched(FEED, 200, {}, "text/xml", "utf-8", BOMB.encode()), "entities"),
        (Fetched(FEED, 200, {}, "text/xml", "utf-8", b""), "nothing"),
        (FetchFailed("too_slow", "The site took longer than 10 seconds to answer.", retryable=True), "10 seconds"),
        (
            FetchRefused("private_address", "This address is not on the public internet, so it is not fetched."),
            "public",
        ),
    ],
)
def test_failures_are_told_and_tried_again(
    alice: Person, web: FetchDouble, publish: Publish, still: list[datetime], answer: Fetched, words: str
) -> None:
    web.answers[FEED] = answer
    feed_id = subscribed(alice)
    pauses = []
    for _time in range(3):
        look(feed_id)
        feed = queries.get_feed(alice.actor, feed_id)
        pauses.append(feed.next_at - still[0])
        assert (feed.state, words in (feed.error or "")) == (State.FAILING, True), feed.error
        later(still, hours=5)
    assert pauses[0] < pauses[1] < pauses[2] <= timedelta(days=1)
    publish(item(1))
    look(feed_id)
    feed = queries.get_feed(alice.actor, feed_id)
    assert (feed.state, feed.error, feed.failures, feed.saved) == (State.ACTIVE, None, 0, 1)


def test_a_feed_that_has_ended_is_left_alone(alice: Person, web: FetchDouble, publish: Publish) -> None:
    web.answers[FEED] = Fetched(FEED, 410)
    feed_id = subscribed(alice)
    look(feed_id)
    asked = len(web.asked)
    look(feed_id)
    assert queries.get_feed(alice.actor, feed_id).state == State.GONE
    assert len(web.asked) == asked
    publish(item(1))
    service.check_now(alice.actor, feed_id)
    look(feed_id)
    assert queries.get_feed(alice.actor, feed_id).state == State.ACTIVE


def test_a_site_that_asks_for_rest_gets_it(alice: Person, web: FetchDouble) -> None:
    web.answers[FEED] = Fetched(FEED, 429, {"retry-after": "36000"})
    feed_id = subscribed(alice)
    look(feed_id)
    assert queries.get_feed(alice.actor, feed_id).next_at == NOON + timedelta(hours=10)


def test_a_move_for_good_is_believed_the_second_time(alice: Person, web: FetchDouble, still: list[datetime]) -> None:
    new = "https://new.example.org/feed.xml"
    publish_body = Fetched(
        new, 200, {}, "text/xml", "utf-8", b'<rss version="2.0"><channel><title>T</title></channel></rss>', moved_to=new
    )
    web.answers[FEED] = publish_body
    feed_id = subscribed(alice)
    urls = []
    for _time in range(2):
        look(feed_id)
        urls.append(queries.get_feed(alice.actor, feed_id).url)
        later(still, hours=2)
    assert urls == [FEED, new]


def test_due_feeds_are_looked_at_and_paused_ones_are_not(
    alice: Person, publish: Publish, still: list[datetime]
) -> None:
    publish(item(1))
    feed_id = subscribed(alice)
    look(feed_id)
    with db.unit_of_work() as session:
        session.execute(update(JobRow).values(state="done"))
    service.enqueue_due()
    assert _waiting() == 0
    later(still, days=1)
    service.enqueue_due()
    service.enqueue_due()
    assert _waiting() == 1
    service.pause_feed(alice.actor, feed_id)
    asked = service.begin_check(feed_id)
    assert asked is None


def _waiting() -> int:
    waiting = select(func.count()).select_from(JobRow).where(JobRow.name == "feeds.check", JobRow.state == "waiting")
    return db.session().scalar(waiting) or 0


def test_whoever_may_not_write_any_more_saves_nothing(alice: Person, publish: Publish) -> None:
    publish(item(1))
    feed_id = subscribed(alice)
    with db.unit_of_work() as session:
        session.execute(update(Feed).values(user_id=None))
    look(feed_id)
    feed = queries.get_feed(alice.actor, feed_id)
    assert (feed.state, feed.saved) == (State.PAUSED, 0)
    service.resume_feed(alice.actor, feed_id)
    look(feed_id)
    assert queries.get_feed(alice.actor, feed_id).saved == 1


def test_forgotten_entries_do_not_come_twice(alice: Person, publish: Publish, still: list[datetime]) -> None:
    old = [item(number, at=NOON - timedelta(days=number)) for number in range(1, 4)]
    publish(*old)
    feed_id = subscribed(alice)
    look(feed_id)
    bookmarks.trash_bookmarks(alice.actor, [each.id for each in saved(alice)])
    publish(item("undated"))
    later(still, days=200)
    look(feed_id)
    jobs.forget()
    left = db.session().scalar(select(func.count()).select_from(FeedEntry).where(FeedEntry.feed_id == feed_id))
    assert left == 1
    publish(item("undated"), item("newer", at=still[0]), *old)
    later(still, hours=1)
    look(feed_id)
    assert sorted(titles(alice)) == ["Entry newer", "Entry undated"]


def test_entries_without_an_address(alice: Person, publish: Publish, still: list[datetime]) -> None:
    feed_id = subscribed(alice)
    publish(item(1), "<item><title>Only words</title><guid isPermaLink='false'>x</guid></item>")
    look(feed_id)
    look(feed_id)
    assert titles(alice) == ["Entry 1"]
    assert {each.title: each.outcome for each in queries.feed_entries(alice.actor, feed_id).items} == {
        "Entry 1": "saved",
        "Only words": "passed",
    }
