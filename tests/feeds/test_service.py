"""Subscribing, leaving, coming back; lists of feeds in and out; and who may."""

import io
from dataclasses import replace

import pytest

from tests.factories.accounts import Person
from tests.feeds.conftest import FEED, Publish, look, subscribed
from tests.feeds.samples import BOMB, PAGE, item
from trackeep.bookmarks import queries as bookmark_queries
from trackeep.bookmarks import service as bookmarks
from trackeep.core.actor import Role
from trackeep.core.errors import Forbidden, Invalid, NotFound
from trackeep.core.fetch import FetchDouble
from trackeep.feeds import queries, service
from trackeep.feeds.drafts import FeedChanges, Subscription, Treatment
from trackeep.feeds.errors import AlreadySubscribed, NoFeedThere, OutlineTaken
from trackeep.feeds.opml import read_outline
from trackeep.feeds.opml.reader import UnreadableOutline
from trackeep.feeds.service import Folders
from trackeep.feeds.states import Backlog, State

OPML = """<?xml version="1.0"?><opml version="2.0"><head><title>Mine</title></head><body>
<outline text="News"><outline text="Papers"><outline type="rss" text="A &amp; B" xmlUrl="https://a.example.org/feed"/></outline>
<outline type="rss" title="C" xmlUrl="https://c.example.org/feed" htmlUrl="https://c.example.org/"/></outline>
<outline text="Again" xmlUrl="https://A.example.org/feed/"/>
<outline text="Bad" type="rss" xmlUrl="javascript:alert(1)"/>
<outline text="No address" type="rss"/></body></opml>"""


def outline(person: Person, text: str = OPML) -> int:
    stream = io.BytesIO(text.encode())
    return service.open_outline(person.actor, person.space_id, file_name="mine.opml", stream=stream)


@pytest.mark.parametrize(
    "again", [FEED, f"{FEED}/", "HTTPS://Example.org/feed.xml?utm_source=x", "feed://example.org/feed.xml"]
)
def test_the_same_feed_twice_is_refused(alice: Person, again: str) -> None:
    feed_id = subscribed(alice)
    with pytest.raises(AlreadySubscribed) as caught:
        subscribed(alice, again)
    assert caught.value.extra["existing_id"] == feed_id


@pytest.mark.parametrize(
    ("wishes", "field"),
    [
        ({"url": "javascript:alert(1)"}, "url"),
        ({"url": "no"}, "url"),
        ({"tags": ["x" * 101]}, "tags"),
        ({"tags": [str(number) for number in range(21)]}, "tags"),
        ({"title": "x" * 301}, "title"),
        ({"per_check": 0}, "per_check"),
        ({"per_day": 10_000}, "per_day"),
    ],
)
def test_wishes_that_cannot_be_met(alice: Person, wishes: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as caught:
        subscribed(alice, **{"url": FEED, **wishes})  # type: ignore[arg-type]  # the address is among them
    assert field in caught.value.fields


def test_a_collection_of_somebody_else_is_nothing(alice: Person, bob: Person) -> None:
    theirs = bookmarks.create_collection(bob.actor, bob.space_id, name="Theirs")
    with pytest.raises(NotFound):
        subscribed(alice, collection_id=theirs)
    feed_id = subscribed(alice)
    with pytest.raises(NotFound):
        service.edit_feed(alice.actor, feed_id, FeedChanges(collection_id=theirs, sorts=True))


def test_leaving_and_coming_back_doubles_nothing(alice: Person, publish: Publish) -> None:
    publish(item(1))
    feed_id = subscribed(alice)
    look(feed_id)
    service.unsubscribe(alice.actor, feed_id)
    with pytest.raises(NotFound):
        queries.get_feed(alice.actor, feed_id)
    assert service.begin_check(feed_id) is None
    assert queries.trashed_titles(alice.actor, [feed_id]) == {feed_id: "A journal"}
    assert service.restore_feeds(alice.actor, [feed_id]) == 1
    look(feed_id)
    assert queries.get_feed(alice.actor, feed_id).saved == 1
    other = subscribed_again(alice, feed_id)
    assert service.restore_feeds(alice.actor, [feed_id]) == 0
    assert queries.get_feed(alice.actor, other).id == other
    assert service.purge_feeds(alice.actor, [feed_id]) == 1


def subscribed_again(person: Person, feed_id: int) -> int:
    service.unsubscribe(person.actor, feed_id)
    return subscribed(person)


def test_what_is_changed_and_what_stays(alice: Person) -> None:
    feed_id = subscribed(alice, tags=["one"], title="Mine")
    service.edit_feed(alice.actor, feed_id, FeedChanges(tags=["two", "#Two", "three"], unread=False, per_day=7))
    feed = queries.get_feed(alice.actor, feed_id)
    assert (list(feed.tags), feed.unread, feed.per_day, feed.title) == (["two", "three"], False, 7, "Mine")


def test_strangers_and_viewers(alice: Person, bob: Person) -> None:
    feed_id = subscribed(alice)
    viewer = replace(bob.actor, roles={**bob.actor.roles, alice.space_id: Role.VIEWER})
    for verb in (service.unsubscribe, service.pause_feed, service.resume_feed, service.check_now):
        with pytest.raises(NotFound):
            verb(bob.actor, feed_id)
        with pytest.raises(Forbidden):
            verb(viewer, feed_id)
    with pytest.raises(NotFound):
        service.restore_feeds(bob.actor, [feed_id])
    assert queries.get_feed(viewer, feed_id).state == State.ACTIVE
    assert queries.list_feeds(bob.actor).items == []


def test_looking_ahead(alice: Person, publish: Publish, web: FetchDouble) -> None:
    web.page("https://example.org", PAGE)
    publish(item(1))
    found = service.look_ahead(alice.actor, "example.org")
    assert (found.url, [link.title for link in found.links]) == (FEED, ["Journal & notes", "Comments"])
    with pytest.raises(NoFeedThere) as caught:
        service.look_ahead(alice.actor, "https://nowhere.example.org/")
    assert caught.value.fields["url"]


def test_a_list_is_walked_page_by_page(alice: Person) -> None:
    ids = [subscribed(alice, f"https://example.org/{number}") for number in range(5)]
    first = queries.list_feeds(alice.actor, limit=3)
    second = queries.list_feeds(alice.actor, limit=3, cursor=first.next_cursor)
    assert [feed.id for feed in [*first.items, *second.items]] == ids[::-1]


def test_what_is_in_a_file(alice: Person) -> None:
    subscribed(alice, "https://c.example.org/feed")
    rows = queries.get_outline(alice.actor, outline(alice)).rows
    assert [(row.title, row.verdict, row.folders) for row in rows] == [
        ("A & B", "new", ("News", "Papers")),
        ("C", "known", ("News",)),
        ("Again", "same", ()),
        ("Bad", "broken", ()),
        ("No address", "broken", ()),
    ]
    assert all(row.reason for row in rows if row.verdict == "broken")


@pytest.mark.parametrize(
    ("folders", "path", "tags"),
    [(Folders.COLLECTIONS, ("News", "Papers"), []), (Folders.TAGS, None, ["News/Papers"]), (Folders.NOTHING, None, [])],
)
def test_a_file_is_taken_in_once(
    alice: Person, folders: Folders, path: tuple[str, ...] | None, tags: list[str]
) -> None:
    outline_id, wanted = outline(alice), Treatment(backlog=Backlog.NONE)
    assert service.take_outline(alice.actor, outline_id, folders=folders, wanted=wanted) == 2
    with pytest.raises(OutlineTaken):
        service.take_outline(alice.actor, outline_id, folders=folders, wanted=wanted)
    feeds = {feed.title: feed for feed in queries.all_feeds(alice.actor, alice.space_id)}
    paths = {node.id: node.path for node in bookmark_queries.collection_tree(alice.actor)}
    assert paths.get(feeds["A & B"].collection_id or 0) == path
    assert list(feeds["A & B"].tags) == tags
    assert queries.get_outline(alice.actor, outline_id).counts["known"] == 2


def test_what_goes_out_comes_in_again(alice: Person, bob: Person) -> None:
    service.take_outline(alice.actor, outline(alice), folders=Folders.COLLECTIONS, wanted=Treatment())
    file = b"".join(service.export_outline(alice.actor, alice.space_id))
    rows = read_outline(file)
    assert {(row.url, row.title, row.folders) for row in rows} == {
        ("https://a.example.org/feed", "A & B", ("News", "Papers")),
        ("https://c.example.org/feed", "C", ("News",)),
    }


def test_somebody_elses_file(alice: Person, bob: Person) -> None:
    outline_id = outline(alice)
    with pytest.raises(NotFound):
        queries.get_outline(bob.actor, outline_id)
    with pytest.raises(NotFound):
        service.discard_outline(bob.actor, outline_id)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Hello",
        "<html></html>",
        "<rss/>",
        BOMB,
        "<opml><body/></opml>",
        "<opml><body>" + "<outline xmlUrl='https://example.org/'/>" * 2_001 + "</body></opml>",
        "<opml>" + " " * 5_300_000 + "</opml>",
    ],
    ids=["empty", "text", "page", "feed", "bomb", "none", "many", "large"],
)
def test_files_that_are_refused(alice: Person, text: str) -> None:
    with pytest.raises(Invalid) as caught:
        outline(alice, text)
    assert caught.value.fields["file"]


def test_deep_folders_end(alice: Person) -> None:
    text = "<opml><body>" + "<outline text='x'>" * 5_000 + "<outline xmlUrl='https://example.org/'/>"
    try:
        assert all(len(row.folders) <= 20 for row in read_outline(text.encode()))
    except UnreadableOutline as error:
        assert error.words


def test_the_subscription_of_two_at_once_is_one(alice: Person) -> None:
    wanted = Subscription(url=FEED)
    first = service.subscribe(alice.actor, alice.space_id, wanted)
    with pytest.raises(AlreadySubscribed):
        service.subscribe(alice.actor, alice.space_id, wanted)
    assert [feed.id for feed in queries.list_feeds(alice.actor).items] == [first]


def test_a_token_that_writes_no_bookmarks_has_none_saved(alice: Person, publish: Publish) -> None:
    publish(item(1))
    feed_id, brought = subscribed(alice), outline(alice)
    token = replace(alice.actor, scopes=frozenset({"feeds:read", "feeds:write"}))
    service.check_now(token, feed_id)
    service.pause_feed(token, feed_id)
    for verb in (service.check_now, service.resume_feed):
        with pytest.raises(Forbidden, match="bookmarks:write"):
            verb(token, feed_id)
    with pytest.raises(Forbidden, match="bookmarks:write"):
        service.take_outline(token, brought, folders=Folders.TAGS, wanted=Treatment())
    with pytest.raises(Forbidden, match="bookmarks:read"):
        service.export_outline(token, alice.space_id)
    assert queries.get_feed(alice.actor, feed_id).state == State.PAUSED

    service.resume_feed(replace(token, scopes=frozenset({"feeds:write", "bookmarks:write"})), feed_id)
    assert queries.get_feed(alice.actor, feed_id).state == State.ACTIVE
