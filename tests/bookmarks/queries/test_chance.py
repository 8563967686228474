"""A bookmark by chance: one of those that the list shows, each as likely as any other."""

from collections import Counter

import pytest

from tests.bookmarks.test_api import save
from tests.people import Browser, People
from tests.statements import counted
from trackeep.bookmarks import queries, service
from trackeep.bookmarks.drafts import Draft
from trackeep.bookmarks.filters import Filters, View
from trackeep.bookmarks.queries import chance
from trackeep.bookmarks.service.saving import save_many
from trackeep.core.actor import Actor

TURNS = 600


@pytest.fixture
def alice(people: People) -> Actor:
    return people.add("alice")


def _many(actor: Actor, count: int, **parts: object) -> list[int]:
    drafts = [Draft(url=f"https://example.org/{number}", **parts) for number in range(count)]  # type: ignore[arg-type]
    return save_many(actor, space_id=actor.personal_space_id or 0, drafts=drafts, fetch=False)


def test_each_is_as_likely(alice: Actor) -> None:
    ids = _many(alice, 6)
    found = Counter(queries.pick_bookmark(alice, Filters()) for _turn in range(TURNS))

    assert set(found) == set(ids)
    assert min(found.values()) > TURNS / 6 / 2


def test_rare_ones_are_found_among_many(alice: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chance, "DRAWS", 2)
    monkeypatch.setattr(chance, "ROUNDS", 1)
    _many(alice, 300)
    rare = save(alice, 1_000, unread=True, tags=["rare"])

    assert {queries.pick_bookmark(alice, Filters(view=View.UNREAD)) for _turn in range(20)} == {rare}
    assert queries.pick_bookmark(alice, Filters(tag="rare")) == rare
    assert queries.pick_bookmark(alice, Filters(text="1000")) is not None


def test_filters_trash_and_archive_are_kept(alice: Actor) -> None:
    kept, archived, trashed = save(alice, 1), save(alice, 2, archived=True), save(alice, 3)
    service.trash_bookmarks(alice, [trashed])

    assert {queries.pick_bookmark(alice, Filters()) for _turn in range(30)} == {kept}
    assert queries.pick_bookmark(alice, Filters(view=View.ARCHIVED)) == archived
    assert queries.pick_bookmark(alice, Filters(tag="unknown")) is None
    assert queries.pick_bookmark(alice, Filters(view=View.FAVOURITE)) is None


def test_nothing_of_others_is_ever_picked(alice: Actor, people: People) -> None:
    stranger = people.add("stranger")
    save(alice)

    assert queries.pick_bookmark(stranger, Filters()) is None
    browser = people.browser("stranger")
    assert browser.get(f"/api/v1/bookmarks/random?space={alice.personal_space_id}").status_code == 404
    assert browser.get("/api/v1/bookmarks/random").status_code == 404


def test_page_and_api_lead_to_one(alice: Actor, people: People) -> None:
    browser: Browser = people.browser("alice")
    assert browser.get("/bookmarks/random?view=unread").location == "/bookmarks?view=unread"
    saved = save(alice, unread=True)

    page = browser.get("/bookmarks/random?view=unread&layout=cards")
    picked = browser.get("/api/v1/bookmarks/random?view=unread")

    assert (page.status_code, page.location) == (303, f"/bookmarks/{saved}")
    assert picked.get_json()["id"] == saved
    assert page.headers["Cache-Control"] == picked.headers["Cache-Control"] == "no-store"


def test_the_queries_do_not_grow(alice: Actor) -> None:
    _many(alice, 50)
    with counted() as statements:
        queries.pick_bookmark(alice, Filters())
    assert len(statements) <= 3
