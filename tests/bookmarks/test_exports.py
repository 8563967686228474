"""Exports: read back by ourselves without loss, through another account too; filters, rights and constant memory."""

import json
from collections.abc import Iterator

import pytest
from apiflask import APIFlask

from tests.bookmarks.importing import EVERYTHING, bring_file, library, run
from tests.bookmarks.test_api import save
from tests.people import Browser, People
from tests.statements import counted
from trackeep.bookmarks import exports, queries, service
from trackeep.bookmarks.filters import Filters
from trackeep.bookmarks.queries import BookmarkItem
from trackeep.core.actor import Actor, Role
from trackeep.core.errors import NotFound

API = "/api/v1/bookmarks/export"


@pytest.fixture
def alice(people: People) -> Actor:
    return people.add("alice")


@pytest.fixture
def browser(people: People, alice: Actor) -> Browser:
    return people.browser("alice")


def fill(actor: Actor) -> None:
    space_id = actor.personal_space_id or 0
    kitchen = service.create_collection(actor, space_id, name="Kitchen & <more>")
    bread = service.create_collection(actor, space_id, name="Bread", parent_id=kitchen)
    other = service.create_collection(actor, space_id, name="عربى")
    save(actor, 1, title='Quoted "title" <b>', tags=["a/b", "two words"], collection_ids=[bread, other], unread=True)
    save(
        actor, 2, title="🚲 שלום", description="First line\nSecond & third", notes="[linkding-notes] literally\n# Text"
    )
    save(actor, 3, title="", archived=True, favourite=True, shared=True)
    save(actor, 4, title="Long notes", notes="&" * 200_000, collection_ids=[kitchen])
    service.trash_bookmarks(actor, [save(actor, 5, title="In the trash")])


def seen(actor: Actor) -> list[tuple[object, ...]]:
    paths = {node.id: node.path for node in queries.collection_tree(actor)}
    return sorted(_seen(item, paths) for item in library(actor).values())


def _seen(item: BookmarkItem, paths: dict[int, tuple[str, ...]]) -> tuple[object, ...]:
    return (
        item.url,
        item.title,
        item.description,
        item.notes,
        sorted(tag.name for tag in item.tags),
        sorted(paths[each] for each in item.collection_ids),
        (item.unread, item.favourite, item.archived, item.shared),
        int(item.added_at.timestamp()),
    )


def test_another_account_gets_everything_back(app: APIFlask, people: People, alice: Actor) -> None:
    fill(alice)
    content = b"".join(exports.export(alice, EVERYTHING, "html"))
    bob = people.add("bob")

    done = run(app, bob, bring_file(app, bob, content), share_public=True)

    assert done.saved == 4
    assert seen(bob) == seen(alice)


def test_each_collection_stands_once_with_all_that_is_in_it(alice: Actor) -> None:
    fill(alice)
    text = b"".join(exports.export(alice, EVERYTHING, "html")).decode()

    assert text.count("<H3>Kitchen &amp; &lt;more&gt;</H3>") == 1
    assert text.count("Quoted &quot;title&quot;") == 2
    assert "In the trash" not in text


def test_the_filters_decide_what_is_in_it(browser: Browser, alice: Actor) -> None:
    fill(alice)

    unread = browser.get(f"{API}?view=unread&tag=a").text
    assert "Quoted" in unread
    assert "Long notes" not in unread
    lines = browser.get(f"{API}?format=jsonl").text.splitlines()
    assert len(lines) == 4
    quoted = next(item for item in map(json.loads, lines) if item["title"].startswith("Quoted"))
    assert sorted(quoted["collections"]) == [["Kitchen & <more>", "Bread"], ["عربى"]]
    assert (quoted["tags"], quoted["unread"]) == (["a/b", "two words"], True)
    assert browser.get(f"{API}?format=exe").status_code == 422


def test_the_download_has_a_name_and_is_no_page(browser: Browser, alice: Actor) -> None:
    answer = browser.get("/bookmarks/export/file?format=html&view=everything")

    assert answer.headers["Content-Disposition"].startswith('attachment; filename="bookmarks-')
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.text.startswith("<!DOCTYPE NETSCAPE-Bookmark-file-1>")


def test_the_page_offers_everything_and_what_the_list_shows(browser: Browser, alice: Actor) -> None:
    fill(alice)

    assert "What the list shows" not in browser.get("/bookmarks/export").text
    page = browser.get("/bookmarks/export?tag=a&view=unread").text
    assert "What the list shows" in page
    assert "format=html&amp;view=unread&amp;tag=a" in page


def test_only_what_one_may_read_is_in_it(people: People, alice: Actor) -> None:
    fill(alice)
    bob = people.add("bob")

    assert b"Quoted" not in b"".join(exports.export(bob, EVERYTHING, "html"))
    assert people.browser("bob").get(f"{API}?space={alice.personal_space_id}").status_code == 404
    with pytest.raises(NotFound):
        exports.export(bob, _in_space(alice), "html")
    viewer = people.join("bob", alice.personal_space_id or 0, Role.VIEWER)
    assert b"Quoted" in b"".join(exports.export(viewer, EVERYTHING, "html"))


def _in_space(actor: Actor) -> Filters:
    return Filters(space_id=actor.personal_space_id)


def test_the_queries_grow_with_pages_of_500_only(alice: Actor) -> None:
    fill(alice)
    with counted() as few:
        drained(exports.export(alice, EVERYTHING, "html"))
    for number in range(10, 40):
        save(alice, number, title="More", tags=["x"])
    with counted() as more:
        drained(exports.export(alice, EVERYTHING, "html"))

    assert len(more) == len(few)


def drained(pieces: Iterator[bytes]) -> None:
    for _piece in pieces:
        pass
