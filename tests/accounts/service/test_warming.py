"""Who signs in finds what the first pages need computed already."""

from collections.abc import Iterator

import pytest
from apiflask import APIFlask
from sqlalchemy import select

from extensions import events
from tests.accounts import visitors
from tests.accounts.visitors import Account
from trackeep.accounts import service as accounts
from trackeep.accounts.service.warming import WARMING
from trackeep.bookmarks import service as bookmarks
from trackeep.bookmarks.drafts import Draft
from trackeep.core import db, ext, jobs
from trackeep.core.jobs import JobRow

COMPUTED = {"profile", "bookmark_list", "bookmark_counts", "bookmark_view_count", "newest_bookmarks"}


@pytest.fixture
def computed() -> Iterator[list[str]]:
    """The resources that were computed, in order."""
    told: list[str] = []

    def note(resource: str, *, outcome: str, **_rest: object) -> None:
        if outcome == "miss":
            told.append(resource)

    with events.cache_asked.connected_to(note):
        yield told


def waiting() -> list[dict[str, object]]:
    return list(db.session().scalars(select(JobRow.arguments).where(JobRow.name == WARMING)))


def test_signing_in_asks_for_it_once(ada: Account) -> None:
    for _ in range(3):
        visitors.signed_in("ada")
    assert waiting() == [{"user_id": ada.id}]


def test_after_it_the_first_pages_compute_nothing(app: APIFlask, ada: Account, computed: list[str]) -> None:
    space_id = ada.actor.personal_space_id or 0
    bookmarks.save_bookmark(ada.actor, space_id=space_id, draft=Draft(url="https://example.org/", unread=True))
    token = visitors.signed_in("ada").token
    ext.answers().forget_all()
    assert jobs.work_off(app, limit=50) > 0
    assert set(computed) >= COMPUTED
    computed.clear()
    browser = visitors.Browser(app, token)
    for path in ("/bookmarks", "/"):
        assert browser.get(path).status_code == 200
    assert not set(computed) & COMPUTED


def test_somebody_who_is_gone_is_left_alone(ada: Account, bob: Account, computed: list[str]) -> None:
    accounts.disable_person(ada.actor, bob.id)
    computed.clear()
    accounts.warm_up(bob.id)
    assert computed == []
