"""A web that answers from a table, and what tests of feeds do again and again."""

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import delete

from tests.factories.accounts import Person
from tests.feeds.samples import rss
from trackeep.core import db, ext
from trackeep.core.fetch import FetchDouble, Fetched
from trackeep.core.politeness import HostTurn
from trackeep.feeds import jobs, service
from trackeep.feeds.drafts import Subscription

FEED = "https://example.org/feed.xml"
Publish = Callable[..., None]


@pytest.fixture
def web() -> Iterator[FetchDouble]:
    before, double = ext.fetcher(), FetchDouble()
    ext.fetcher.bind(double)
    yield double
    ext.fetcher.bind(before)


@pytest.fixture
def publish(web: FetchDouble) -> Publish:
    """Let the feed have these entries, with these headers."""

    def wrapped(*entries: str, url: str = FEED, extra: str = "", **headers: str) -> None:
        body = rss(entries, extra=extra).encode()
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        web.answers[url] = Fetched(url, 200, sent, "application/rss+xml", "utf-8", body)

    return wrapped


def subscribed(person: Person, url: str = FEED, **wishes: object) -> int:
    wanted = Subscription(url=url, **wishes)  # type: ignore[arg-type]  # wishes are a subscription's
    return service.subscribe(person.actor, person.space_id, wanted)


def look(feed_id: int) -> None:
    """As the job does when it is the feed's turn, which it is here at once."""
    with db.unit_of_work() as session:
        session.execute(delete(HostTurn))
    jobs.check(feed_id=feed_id)
