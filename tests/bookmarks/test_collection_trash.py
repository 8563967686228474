"""Collections that were deleted lie in the trash with what was in them, and come back whole."""

import pytest

from tests.factories.accounts import Person
from trackeep.bookmarks import queries, service
from trackeep.bookmarks.drafts import Changes, Draft
from trackeep.bookmarks.filters import Filters
from trackeep.core.errors import NotFound
from trackeep.trash import queries as trash_queries
from trackeep.trash import service as trash


def _make(person: Person, name: str, parent_id: int | None = None) -> int:
    return service.create_collection(person.actor, person.space_id, name=name, parent_id=parent_id)


def _save(person: Person, *collections: int) -> int:
    draft = Draft(url=f"https://example.org/{collections}", collection_ids=collections)
    return service.save_bookmark(person.actor, space_id=person.space_id, draft=draft)


def _paths(person: Person) -> list[tuple[str, ...]]:
    return [node.path for node in queries.collection_tree(person.actor)]


def _in_trash(person: Person) -> set[str]:
    return {row.title for row in trash_queries.trashed(person.actor).items}


def test_a_deleted_collection_comes_back_with_those_below_it_and_their_bookmarks(alice: Person) -> None:
    top = _make(alice, "Top")
    inner = _make(alice, "Inner", top)
    inside = _save(alice, inner)
    service.delete_collection(alice.actor, top)

    assert (_paths(alice), _in_trash(alice)) == ([], {"Top", "Inner"})
    assert queries.get_bookmark(alice.actor, inside).collection_ids == []
    assert trash.restore(alice.actor, ids=[top]) == 2
    assert (_paths(alice), _in_trash(alice)) == ([("Top",), ("Top", "Inner")], set())
    assert queries.get_bookmark(alice.actor, inside).collection_ids == [inner]
    assert [item.id for item in queries.list_bookmarks(alice.actor, Filters(collection_id=top)).items] == [inside]


def test_what_was_deleted_before_stays_in_the_trash_and_comes_back_to_the_top_or_beside_its_namesake(
    alice: Person,
) -> None:
    top = _make(alice, "Top")
    earlier = _make(alice, "Inner", top)
    service.delete_collection(alice.actor, earlier)
    _make(alice, "Inner", top)
    service.delete_collection(alice.actor, top)

    assert trash.restore(alice.actor, ids=[top]) == 2
    assert _paths(alice) == [("Top",), ("Top", "Inner")]
    assert trash.restore(alice.actor, ids=[earlier]) == 1
    assert _paths(alice) == [("Top",), ("Top", "Inner"), ("Top", "Inner (2)")]

    lone = _make(alice, "Lone", top)
    service.delete_collection(alice.actor, top)
    assert trash.restore(alice.actor, ids=[lone]) == 1
    assert _paths(alice) == [("Lone",)]


def test_all_at_once_come_back_each_to_its_place(alice: Person) -> None:
    top = _make(alice, "Top")
    earlier = _make(alice, "Inner", top)
    service.delete_collection(alice.actor, earlier)
    later = _make(alice, "Inner", top)
    service.delete_collection(alice.actor, top)

    assert trash.restore(alice.actor, ids=[earlier, top, later]) == 3
    assert _paths(alice) == [("Top",), ("Top", "Inner"), ("Top", "Inner (2)")]


def test_an_edit_of_a_bookmark_leaves_its_places_in_the_trash_alone(alice: Person) -> None:
    kept, deleted = _make(alice, "Kept"), _make(alice, "Deleted")
    inside = _save(alice, kept, deleted)
    service.delete_collection(alice.actor, deleted)
    service.edit_bookmark(alice.actor, inside, Changes(collection_ids=[kept]))
    trash.restore(alice.actor, ids=[deleted])

    assert set(queries.get_bookmark(alice.actor, inside).collection_ids) == {kept, deleted}


def test_what_is_only_in_a_deleted_collection_is_exported_as_being_in_none(alice: Person) -> None:
    deleted = _make(alice, "Deleted")
    inside = _save(alice, deleted)
    service.delete_collection(alice.actor, deleted)

    assert [(path, item.id) for path, item in queries.exported(alice.actor, Filters())] == [((), inside)]


def test_emptying_the_trash_leaves_the_bookmarks_and_nothing_of_the_collections(alice: Person) -> None:
    top = _make(alice, "Top")
    inside = _save(alice, _make(alice, "Inner", top))
    service.delete_collection(alice.actor, top)

    assert trash.purge(alice.actor, ids=[top]) == 2
    assert _in_trash(alice) == set()
    assert queries.get_bookmark(alice.actor, inside).id == inside


def test_a_stranger_neither_finds_nor_restores_it(alice: Person, stranger: Person) -> None:
    top = _make(alice, "Top")
    service.delete_collection(alice.actor, top)

    assert _in_trash(stranger) == set()
    for verb in (service.restore_collections, service.purge_collections):
        with pytest.raises(NotFound):
            verb(stranger.actor, [top])
