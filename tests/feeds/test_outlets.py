"""Feeds that go out: what they show, to whom, until when, and that nothing leaks."""

from xml.etree import ElementTree

import pytest
from sqlalchemy import update

from tests.factories.accounts import Person
from trackeep.accounts.models import User
from trackeep.bookmarks import service as bookmarks
from trackeep.core import clock, db
from trackeep.core.errors import Forbidden, Invalid, NotFound
from trackeep.feeds import queries, service
from trackeep.feeds.drafts import OutletDraft
from trackeep.feeds.models import FeedOutlet
from trackeep.feeds.parsing import read_feed
from trackeep.feeds.states import OutletKind


def save(person: Person, number: int, **parts: object) -> int:
    draft = bookmarks.Draft(url=f"https://example.org/{number}", title=f"Page {number}", **parts)  # type: ignore[arg-type]  # a draft's
    return bookmarks.save_bookmark(person.actor, space_id=person.space_id, draft=draft)


def outlet(person: Person, kind: OutletKind = OutletKind.ALL, **parts: object) -> str:
    draft = OutletDraft(name="Mine", kind=kind, **parts)  # type: ignore[arg-type]  # a draft's
    return service.create_outlet(person.actor, person.space_id, draft).secret


def shown(secret: str) -> list[str]:
    found = service.published(secret)
    assert found is not None
    return [item.title for item in found.items]


def test_each_kind_shows_its_own(alice: Person) -> None:
    collection = bookmarks.create_collection(alice.actor, alice.space_id, name="Kept")
    save(alice, 1, unread=True)
    save(alice, 2, favourite=True)
    save(alice, 3, tags=["press/daily"])
    save(alice, 4, collection_ids=[collection])
    save(alice, 5, shared=True)
    assert shown(outlet(alice)) == [f"Page {number}" for number in (5, 4, 3, 2, 1)]
    assert shown(outlet(alice, OutletKind.UNREAD)) == ["Page 1"]
    assert shown(outlet(alice, OutletKind.FAVOURITE)) == ["Page 2"]
    assert shown(outlet(alice, OutletKind.TAG, tag="press")) == ["Page 3"]
    assert shown(outlet(alice, OutletKind.COLLECTION, collection_id=collection)) == ["Page 4"]
    assert shown(outlet(alice, OutletKind.SHARED)) == ["Page 5"]


def test_the_secret_is_kept_as_a_hash(alice: Person) -> None:
    secret = outlet(alice)
    (row,) = db.rows(db.Base.metadata.tables[FeedOutlet.__tablename__].select())
    assert len(secret) >= 43
    assert secret not in repr(row)


def test_programs_read_it_without_a_session(alice: Person) -> None:
    odd = '<b>&amp; "quoted" ]]> \u0001\ufffe'
    draft = bookmarks.Draft(url="https://example.org/?a=1&b=<2>", title=odd, description=odd, tags=["a & b"])
    bookmarks.save_bookmark(alice.actor, space_id=alice.space_id, draft=draft)
    secret, client = outlet(alice), alice.app.test_client()
    answer = client.get(f"/feeds/out/{secret}.atom")
    assert (answer.status_code, answer.content_type) == (200, "application/atom+xml; charset=utf-8")
    assert "Set-Cookie" not in answer.headers
    assert "noindex" in answer.headers["X-Robots-Tag"]
    root = ElementTree.fromstring(answer.data)
    atom = "{http://www.w3.org/2005/Atom}"
    assert [(title.text or "").strip() for title in root.iter(f"{atom}title")] == ["Mine", '<b>&amp; "quoted" ]]>']
    links = [link.get("href", "") for link in root.iter(f"{atom}link")]
    assert all(link.startswith("http") for link in links)
    feed = read_feed(answer.data, charset="utf-8", url="http://localhost/", now=clock.now())
    assert feed.entries[0].url.startswith("https://example.org/?a=1&b=")
    again = client.get(f"/feeds/out/{secret}.atom", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    as_json = client.get(f"/feeds/out/{secret}.json").get_json()
    assert as_json["items"][0]["tags"] == ["a & b"]


def test_the_newest_fifty(alice: Person) -> None:
    drafts = [bookmarks.Draft(url=f"https://example.org/{number}", title=str(number)) for number in range(60)]
    bookmarks.save_many(alice.actor, space_id=alice.space_id, drafts=drafts, fetch=False)
    assert len(shown(outlet(alice))) == 50


def test_wrong_secrets_and_revoked_ones(alice: Person, bob: Person) -> None:
    secret, client = outlet(alice), alice.app.test_client()
    (mine,) = queries.list_outlets(alice.actor)
    with pytest.raises(NotFound):
        service.revoke_outlet(bob.actor, mine.id)
    wrong = client.get(f"/feeds/out/{'x' * 43}.atom")
    service.revoke_outlet(alice.actor, mine.id)
    gone = client.get(f"/feeds/out/{secret}.atom")
    assert (wrong.status_code, gone.status_code) == (404, 404)
    assert "Set-Cookie" not in wrong.headers


def test_a_person_who_is_disabled_publishes_nothing(alice: Person) -> None:
    secret = outlet(alice)
    with db.unit_of_work() as session:
        session.execute(update(User).where(User.id == alice.id).values(disabled_at=clock.now()))
    assert service.published(secret) is None


def test_a_space_that_was_left_is_read_no_more(alice: Person, bob: Person) -> None:
    with db.unit_of_work() as session:
        secret = outlet(alice)
        session.execute(update(FeedOutlet).values(user_id=bob.id))
    assert service.published(secret) is None


def test_what_makes_no_outlet(alice: Person, bob: Person) -> None:
    for parts in ({"kind": OutletKind.TAG}, {"kind": OutletKind.COLLECTION}, {"name": " "}, {"name": "x" * 101}):
        draft = OutletDraft(**{"name": "Mine", "kind": OutletKind.ALL, **parts})  # type: ignore[arg-type]  # a draft's
        with pytest.raises(Invalid):
            service.create_outlet(alice.actor, alice.space_id, draft)
    with pytest.raises(NotFound):
        service.create_outlet(bob.actor, alice.space_id, OutletDraft(name="Theirs", kind=OutletKind.ALL))


def test_a_token_needs_to_read_bookmarks(alice: Person) -> None:
    actor = alice.actor
    token = type(actor)(**{**vars(actor), "scopes": frozenset({"feeds:write"})})
    with pytest.raises(Forbidden):
        service.create_outlet(token, alice.space_id, OutletDraft(name="Mine", kind=OutletKind.ALL))


def test_last_use_is_told(alice: Person) -> None:
    secret = outlet(alice)
    before = queries.list_outlets(alice.actor)[0].last_used_at
    service.published(secret)
    assert (before, queries.list_outlets(alice.actor)[0].last_used_at is None) == (None, False)
