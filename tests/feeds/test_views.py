"""The pages of feeds, with and without scripts."""

import io
import json

import pytest
from flask.testing import FlaskClient

from tests.factories.accounts import Person
from tests.feeds.conftest import FEED, Publish, look, subscribed
from tests.feeds.samples import PAGE, item
from tests.statements import counted
from trackeep.core.fetch import FetchDouble
from trackeep.feeds import queries

PARTIAL = {"HX-Request": "true"}


@pytest.fixture
def browser(alice: Person) -> FlaskClient:
    return alice.client()


def test_from_an_address_to_a_feed(alice: Person, browser: FlaskClient, publish: Publish, web: FetchDouble) -> None:
    web.page("https://example.org", PAGE)
    publish(item(1, title="<script>alert(1)</script>Hello"))
    shown = browser.post("/feeds/preview", data={"url": "example.org"}).get_data(as_text=True)
    assert "A journal" in shown
    assert "alert(1)</script>" not in shown
    answer = browser.post("/feeds", data={"url": FEED, "tags": "a, b", "unread": "1", "backlog": "all"})
    (feed,) = queries.list_feeds(alice.actor).items
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/feeds/{feed.id}")
    assert (list(feed.tags), feed.backlog, feed.unread) == (["a", "b"], "all", True)
    assert "first time" in browser.get(f"/feeds/{feed.id}").get_data(as_text=True)
    look(feed.id)
    page = browser.get(f"/feeds/{feed.id}").get_data(as_text=True)
    assert "1 bookmark saved" in page
    again = browser.post("/feeds", data={"url": FEED})
    assert (again.status_code, "You have this feed already" in again.get_data(as_text=True)) == (409, True)


def test_an_address_without_a_feed(browser: FlaskClient, web: FetchDouble) -> None:
    answer = browser.post("/feeds/preview", data={"url": "https://nowhere.example.org/"})
    assert answer.status_code == 422
    assert "no answer" in answer.get_data(as_text=True)


def test_leaving_from_the_list_offers_undo(alice: Person, browser: FlaskClient) -> None:
    feed_id = subscribed(alice)
    answer = browser.post(f"/feeds/{feed_id}/unsubscribe", headers=PARTIAL)
    toast = json.loads(answer.headers["HX-Trigger"])["toast"]
    assert (answer.status_code, toast["undo_url"]) == (204, f"/feeds/{feed_id}/restore")
    without = browser.get(f"/feeds?left={feed_id}").get_data(as_text=True)
    assert "You left" in without
    back = browser.post(toast["undo_url"])
    assert (back.status_code, len(queries.list_feeds(alice.actor).items)) == (303, 1)
    drawn_again = browser.get("/feeds", headers=PARTIAL)
    assert (drawn_again.status_code, b"row-title" in drawn_again.data) == (200, True)


def test_the_number_of_queries_does_not_grow(alice: Person, browser: FlaskClient) -> None:
    subscribed(alice, "https://example.org/0")
    browser.get("/feeds")
    with counted() as few:
        browser.get("/feeds")
    for number in range(1, 20):
        subscribed(alice, f"https://example.org/{number}")
    browser.get("/feeds")
    with counted() as many:
        browser.get("/feeds")
    assert len(many) <= len(few)


def test_a_file_through_the_pages(alice: Person, browser: FlaskClient) -> None:
    text = '<opml><body><outline text="N"><outline text="F" xmlUrl="https://f.example.org/"/></outline></body></opml>'
    file = (io.BytesIO(text.encode()), "mine.opml")
    answer = browser.post("/feeds/opml", data={"file": file})
    here = answer.headers["Location"]
    assert "Nothing has been subscribed to yet" in browser.get(here).get_data(as_text=True)
    taken = browser.post(f"{here}/take", data={"folders": "tags", "backlog": "none", "tags": "x"})
    (feed,) = queries.list_feeds(alice.actor).items
    assert (taken.status_code, list(feed.tags), feed.unread) == (303, ["x", "N"], False)
    assert b"https://f.example.org/" in browser.get("/feeds/opml/file").data


def test_the_secret_is_shown_once(browser: FlaskClient) -> None:
    made = browser.post("/feeds/out", data={"name": "Mine", "kind": "all"}).get_data(as_text=True)
    assert "/feeds/out/" in made
    assert ".atom" in made
    assert ".atom" not in browser.get("/feeds/out").get_data(as_text=True)
    wrong = browser.post("/feeds/out", data={"name": "", "kind": "tag"})
    assert wrong.status_code == 422


def test_the_archive_holds_the_feeds(alice: Person) -> None:
    subscribed(alice, title="Mine & yours")
    assert [feed.title for feed in queries.all_feeds(alice.actor, alice.space_id)] == ["Mine & yours"]
