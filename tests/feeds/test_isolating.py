"""Feeds read in a child process: the same as here, and none of them takes longer than it may."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from tests.factories.accounts import Person
from tests.feeds.conftest import FEED, Publish, look, subscribed
from tests.feeds.samples import ATOM, BOMB, JSON, PAGE, item, rss
from trackeep.core.isolation import Isolated
from trackeep.feeds import isolating, queries, service
from trackeep.feeds.errors import NoFeedThere
from trackeep.feeds.isolating import read_apart
from trackeep.feeds.parsing import Problem, Unreadable, read_feed
from trackeep.feeds.remarks import PROBLEM_WORDS

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)


@pytest.fixture
def strange(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The child meets a feed that it never comes to an end with."""
    child = Isolated("tests.feeds.victims:spin_over", deadline=1.5)
    monkeypatch.setattr(isolating, "reader", lambda: child)
    yield
    child.close()


@pytest.mark.parametrize(
    "text",
    [ATOM, JSON, rss([item(1, at=NOW), item(2, title="Grüße \U0001f600 &amp;#xD800; &#xD800;")], extra="<ttl>9</ttl>")],
)
def test_a_feed_is_read_as_it_is_here(text: str) -> None:
    given = {"charset": "utf-8", "url": FEED, "now": NOW}
    assert read_apart(text.encode(), **given) == read_feed(text.encode(), **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(("text", "problem"), [(BOMB, Problem.ENTITIES), (PAGE, Problem.WEB_PAGE), ("", Problem.EMPTY)])
def test_why_there_is_no_feed(text: str, problem: Problem) -> None:
    with pytest.raises(Unreadable) as caught:
        read_apart(text.encode(), charset=None, url=FEED, now=NOW)
    assert caught.value.problem is problem


def test_a_feed_that_takes_too_long_fails_and_says_so(alice: Person, publish: Publish, strange: None) -> None:
    publish(item(1))
    feed_id = subscribed(alice)
    look(feed_id)
    feed = queries.get_feed(alice.actor, feed_id)
    assert (feed.state, feed.error) == ("failing", PROBLEM_WORDS[Problem.TOO_HARD])


def test_a_look_ahead_at_it_says_so_too(alice: Person, publish: Publish, strange: None) -> None:
    publish(item(1))
    with pytest.raises(NoFeedThere) as caught:
        service.look_ahead(alice.actor, FEED)
    assert caught.value.fields["url"] == [str(PROBLEM_WORDS[Problem.TOO_HARD])]


@pytest.mark.parametrize(("function", "problem"), [("devour_over", Problem.TOO_HARD), ("refuse_over", Problem.DAMAGED)])
def test_a_child_that_breaks(monkeypatch: pytest.MonkeyPatch, function: str, problem: Problem) -> None:
    child = Isolated(f"tests.feeds.victims:{function}", deadline=10.0, memory_mib=256)
    monkeypatch.setattr(isolating, "reader", lambda: child)
    with pytest.raises(Unreadable) as caught:
        read_apart(b"<rss/>", charset=None, url=FEED, now=NOW)
    assert caught.value.problem is problem
    child.close()
