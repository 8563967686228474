"""Tags in the palette and in the archive."""

import orjson

from tests.factories.accounts import Person
from trackeep.tags import provides, service


def test_the_palette_finds_tags_and_leads_to_what_carries_them(alice: Person, stranger: Person) -> None:
    service.ensure_tags(alice.actor, alice.space_id, ["to read", "art/toys", "other"])
    service.ensure_tags(stranger.actor, stranger.space_id, ["tools"])

    with alice.app.test_request_context("/"):
        found = provides.find(alice.actor, "to", 5)
        assert [(hit.title, hit.url) for hit in found] == [
            ("art/toys", "/bookmarks?tag=art%2Ftoys"),
            ("to read", "/bookmarks?tag=to+read"),
        ]
        assert len(provides.find(alice.actor, "to", 1)) == 1
        assert provides.recent(alice.actor, 5) == ()


def test_the_archive_holds_the_own_tags(alice: Person, stranger: Person) -> None:
    service.create_tag(alice.actor, alice.space_id, name="art", colour="red")
    service.ensure_tags(stranger.actor, stranger.space_id, ["theirs"])

    kept = orjson.loads(b"".join(provides.export_tags(alice.actor)))

    assert [(tag["name"], tag["colour"]) for tag in kept] == [("art", "red")]
