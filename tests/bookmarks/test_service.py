"""Saving, editing, trash and moving."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from tests.factories.accounts import Person
from trackeep.bookmarks import queries, service
from trackeep.bookmarks.drafts import Changes, Draft
from trackeep.bookmarks.errors import AlreadySaved, CollectionTooDeep
from trackeep.bookmarks.filters import Filters, Sort, View
from trackeep.bookmarks.service.collections import MAX_DEPTH
from trackeep.core.actor import Actor
from trackeep.core.errors import Conflict, Invalid, NotFound, PreconditionRequired
from trackeep.tags import queries as tag_queries


def _save(person: Person, url: str, **parts: object) -> int:
    return service.save_bookmark(person.actor, space_id=person.space_id, draft=Draft(url=url, **parts))  # type: ignore[arg-type]  # parts are a draft's


def test_a_saved_page_is_listed_with_its_tags(alice: Person) -> None:
    bookmark_id = _save(alice, "https://example.org/a?utm_source=x", title="A  page", tags=["News", "news", "art/old"])

    item = queries.list_bookmarks(alice.actor, Filters()).items[0]

    assert (item.id, item.title, item.site) == (bookmark_id, "A page", "example.org")
    assert [tag.name for tag in item.tags] == ["art/old", "News"]


def test_the_same_page_is_not_saved_twice(alice: Person, bob: Person) -> None:
    first = _save(alice, "https://example.org/a")

    with pytest.raises(AlreadySaved) as caught:
        _save(alice, "http://EXAMPLE.org/a/")

    assert caught.value.extra["existing_id"] == first
    assert _save(bob, "https://example.org/a") != first


def test_a_star_in_between_disturbs_nobody_who_is_editing(alice: Person) -> None:
    bookmark_id = _save(alice, "https://example.org/a", title="old")
    version = queries.get_bookmark(alice.actor, bookmark_id).version

    service.mark_bookmarks(alice.actor, [bookmark_id], Changes(favourite=True))
    service.edit_bookmark(alice.actor, bookmark_id, Changes(unread=True))
    service.edit_bookmark(alice.actor, bookmark_id, Changes(title="new"), version=version)
    item = queries.get_bookmark(alice.actor, bookmark_id)
    assert (item.title, item.favourite, item.unread) == ("new", True, True)

    service.edit_bookmark(alice.actor, bookmark_id, Changes(tags=("mine",)))
    with pytest.raises(Conflict):
        service.edit_bookmark(alice.actor, bookmark_id, Changes(title="stale"), version=item.version)


def test_a_stranger_sees_nothing(alice: Person, stranger: Person) -> None:
    bookmark_id = _save(alice, "https://example.org/a")

    with pytest.raises(NotFound):
        queries.get_bookmark(stranger.actor, bookmark_id)
    with pytest.raises(NotFound):
        service.trash_bookmarks(stranger.actor, [bookmark_id])
    assert queries.list_bookmarks(stranger.actor, Filters()).items == []


def test_texts_need_the_version_that_was_edited(alice: Person) -> None:
    bookmark_id = _save(alice, "https://example.org/a", title="old")
    version = queries.get_bookmark(alice.actor, bookmark_id).version

    with pytest.raises(PreconditionRequired):
        service.edit_bookmark(alice.actor, bookmark_id, Changes(title="x"))
    service.edit_bookmark(alice.actor, bookmark_id, Changes(title="new"), version=version)
    with pytest.raises(Conflict) as caught:
        service.edit_bookmark(alice.actor, bookmark_id, Changes(title="other"), version=version)

    assert caught.value.extra["yours"] == {"title": "other"}
    assert caught.value.extra["theirs"] == {"title": "new"}
    assert queries.get_bookmark(alice.actor, bookmark_id).title == "new"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "", "ftp://example.org", "https://" + "a" * 9_000 + ".org"])
def test_a_bad_address_is_refused_with_its_field(alice: Person, url: str) -> None:
    with pytest.raises(Invalid) as caught:
        _save(alice, url)

    assert "url" in caught.value.fields


def test_the_trash_counts_tags_down_and_up_again(alice: Person) -> None:
    bookmark_id = _save(alice, "https://example.org/a", tags=["x"])

    def uses() -> int:
        return tag_queries.list_tags(alice.actor).items[0].uses

    assert uses() == 1
    service.trash_bookmarks(alice.actor, [bookmark_id])
    assert uses() == 0
    again = _save(alice, "https://example.org/a")
    assert service.restore_bookmarks(alice.actor, [bookmark_id]) == 0
    service.trash_bookmarks(alice.actor, [again])
    assert service.restore_bookmarks(alice.actor, [bookmark_id]) == 1
    assert uses() == 1


@pytest.mark.parametrize("sort", list(Sort))
def test_the_cursor_walks_through_the_whole_list(alice: Person, sort: Sort) -> None:
    drafts = [Draft(url=f"https://s{i % 3}.example.org/{i}", title=f"t{i % 4}") for i in range(23)]
    service.save_many(alice.actor, space_id=alice.space_id, drafts=drafts)

    seen: list[int] = []
    cursor = None
    while True:
        page = queries.list_bookmarks(alice.actor, Filters(), sort=sort, cursor=cursor, limit=5, with_total=True)
        seen += [item.id for item in page.items]
        assert page.total == 23
        cursor = page.next_cursor
        if cursor is None:
            break

    assert len(seen) == len(set(seen)) == 23


@pytest.mark.parametrize("sort", list(Sort))
def test_filters_by_tag_text_and_collection(alice: Person, sort: Sort) -> None:
    shelf = service.create_collection(alice.actor, alice.space_id, name="Shelf")
    inner = service.create_collection(alice.actor, alice.space_id, name="Inner", parent_id=shelf)
    wanted = _save(alice, "https://example.org/1", title="Café société", tags=["a/b"], collection_ids=[inner])
    _save(alice, "https://example.org/2", title="Other", tags=["ab"])

    for filters in (
        Filters(tag="A"),
        Filters(text="cafe soc"),
        Filters(collection_id=shelf),
        Filters(text="cafe", tag="a/b", collection_id=inner, space_id=alice.space_id, site="example.org"),
    ):
        assert [item.id for item in queries.list_bookmarks(alice.actor, filters, sort=sort).items] == [wanted]
    assert queries.matching_ids(alice.actor, Filters(tag="a")) == [wanted]
    assert queries.list_bookmarks(alice.actor, Filters(view=View.UNTAGGED)).items == []


def test_collections_are_nested_only_so_deep(alice: Person) -> None:
    """Every page draws the tree with the path of each: a chain of thousands would cost hundreds of megabytes."""
    chain: list[int] = []
    for depth in range(MAX_DEPTH):
        parent = chain[-1] if chain else None
        chain.append(service.create_collection(alice.actor, alice.space_id, name=str(depth), parent_id=parent))
    with pytest.raises(CollectionTooDeep):
        service.create_collection(alice.actor, alice.space_id, name="deeper", parent_id=chain[-1])

    top = service.create_collection(alice.actor, alice.space_id, name="top")
    with pytest.raises(CollectionTooDeep):
        service.edit_collection(alice.actor, chain[0], parent_id=top, move=True)
    service.edit_collection(alice.actor, chain[1], parent_id=top, move=True)
    tree = {node.id: node for node in queries.collection_tree(alice.actor)}
    assert tree[chain[-1]].depth == MAX_DEPTH - 1


def test_days_are_those_of_whoever_asks(alice: Person) -> None:
    late = datetime(2026, 3, 28, 23, 30, tzinfo=UTC)  # in Berlin the 29th has begun, which is an hour short there
    early = datetime(2026, 3, 29, 22, 30, tzinfo=UTC)  # and here the 30th
    added = {moment: _save(alice, f"https://example.org/{moment.day}", added_at=moment) for moment in (late, early)}
    berlin = replace(alice.actor, time_zone="Europe/Berlin")

    def days(actor: Actor, first: int, last: int) -> list[int]:
        filters = Filters(after=date(2026, 3, first), before=date(2026, 3, last))
        listed = [item.id for item in queries.list_bookmarks(actor, filters).items]
        assert queries.matching_ids(actor, filters) == sorted(listed)
        return listed

    assert days(alice.actor, 28, 28) == [added[late]]
    assert days(berlin, 28, 28) == []
    assert days(berlin, 29, 29) == [added[late]]
    assert days(berlin, 30, 30) == [added[early]]


def test_what_is_shared_is_read_by_everybody_and_changed_by_nobody_else(alice: Person, stranger: Person) -> None:
    bookmark_id = _save(alice, "https://example.org/a", title="Shared", shared=True, tags=["mine"])

    assert queries.get_bookmark(stranger.actor, bookmark_id).title == "Shared"
    assert queries.list_bookmarks(stranger.actor, Filters(view=View.EVERYTHING)).items == []
    assert queries.list_bookmarks(stranger.actor, Filters(tag="mine")).items == []
    changes: list[Callable[[], object]] = [
        lambda: service.edit_bookmark(stranger.actor, bookmark_id, Changes(title="x"), version=1),
        lambda: service.edit_bookmark(stranger.actor, bookmark_id, Changes(favourite=True)),
        lambda: service.mark_bookmarks(stranger.actor, [bookmark_id], Changes(archived=True)),
        lambda: service.trash_bookmarks(stranger.actor, [bookmark_id]),
        lambda: service.move_bookmarks(stranger.actor, [bookmark_id], to_space=stranger.space_id),
        lambda: service.refetch_bookmark(stranger.actor, bookmark_id),
    ]
    for change in changes:
        with pytest.raises(NotFound):
            change()
    assert queries.get_bookmark(alice.actor, bookmark_id).version == 1
