"""One action on many: by ids and by filter, what changes, what is refused, and taking it back."""

import pytest

from tests.bookmarks.test_api import save
from tests.people import People
from trackeep.bookmarks import queries, service
from trackeep.bookmarks.drafts import Changes
from trackeep.bookmarks.filters import Filters, View
from trackeep.bookmarks.rules import Actions, Condition, Definition, Field, How, Join
from trackeep.bookmarks.service import bulk
from trackeep.bookmarks.service.bulk import BulkAction, BulkVerb, Selection
from trackeep.core.actor import Actor, Role
from trackeep.core.errors import Forbidden, Gone, Invalid, NotFound
from trackeep.tags import queries as tag_queries
from trackeep.tags import service as tags

EVERYTHING = Selection(filters=Filters(view=View.EVERYTHING))


@pytest.fixture
def alice(people: People) -> Actor:
    return people.add("alice")


def state(actor: Actor, object_id: int) -> tuple[bool, bool, bool, list[str], list[int]]:
    item = queries.get_bookmark(actor, object_id)
    return item.unread, item.favourite, item.archived, [tag.name for tag in item.tags], list(item.collection_ids)


@pytest.mark.parametrize("verb", list(BulkVerb))
def test_every_verb_can_be_taken_back(alice: Actor, verb: BulkVerb) -> None:
    collection = service.create_collection(alice, alice.personal_space_id or 0, name="Kitchen")
    ids = [
        save(alice, 1),
        save(alice, 2, tags=["a", "b"], unread=True, favourite=True, archived=True, collection_ids=[collection]),
        save(alice, 3, tags=["b"]),
    ]
    test = Condition(Field.TITLE, How.STARTS, "page")
    rule = Definition(Join.ALL, (test,), Actions(tags=("by rule",), unread=True))
    service.create_rule(alice, alice.personal_space_id or 0, service.RuleDraft(definition=rule))
    before = [state(alice, object_id) for object_id in ids]
    action = BulkAction(verb=verb, tags=("a", "new"), collection_id=collection)

    done = service.change_many(alice, Selection(ids=ids), action)
    assert done.undo_id is not None
    assert (done.matched, 0 < done.changed <= 3) == (3, True)
    after = [state(alice, object_id) for object_id in queries.get_bookmarks(alice, ids)]
    assert after != before
    undone = service.undo_change(alice, done.undo_id)

    assert (undone.restored, undone.kept) == (done.changed, ())
    assert [state(alice, object_id) for object_id in ids] == before
    with pytest.raises(Gone):
        service.undo_change(alice, done.undo_id)


def test_all_that_match_change_in_several_batches(alice: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "BATCH", 3)
    for number in range(10):
        save(alice, number, unread=number != 4)

    done = service.change_many(
        alice, Selection(filters=Filters(view=View.UNREAD)), BulkAction(verb=BulkVerb.TAG, tags=("x",))
    )

    assert (done.matched, done.changed) == (9, 9)
    assert tag_queries.list_tags(alice).items[0].uses == 9
    service.undo_change(alice, done.undo_id or 0)
    assert tag_queries.list_tags(alice).items[0].uses == 0


def test_what_is_so_already_counts_as_matched_only(alice: Actor) -> None:
    ids = [save(alice, 1, archived=True), save(alice, 2)]

    first = service.change_many(alice, Selection(ids=ids), BulkAction(verb=BulkVerb.ARCHIVE))
    again = service.change_many(alice, Selection(ids=ids), BulkAction(verb=BulkVerb.ARCHIVE))

    assert (first.matched, first.changed) == (2, 1)
    assert (again.matched, again.changed, again.undo_id) == (2, 0, None)


def test_what_was_edited_since_stays(alice: Actor) -> None:
    ids = [save(alice, 1), save(alice, 2)]
    done = service.change_many(alice, Selection(ids=ids), BulkAction(verb=BulkVerb.FAVOURITE))
    service.mark_bookmarks(alice, [ids[0]], Changes(unread=True))

    undone = service.undo_change(alice, done.undo_id or 0)

    assert (undone.restored, undone.kept) == (1, (ids[0],))
    assert [queries.get_bookmark(alice, object_id).favourite for object_id in ids] == [True, False]


def test_nobody_changes_or_takes_back_what_is_not_theirs(people: People, alice: Actor) -> None:
    there = save(alice)
    stranger = people.add("stranger")
    own = save(stranger)
    done = service.change_many(alice, Selection(ids=[there]), BulkAction(verb=BulkVerb.FAVOURITE))

    with pytest.raises(NotFound):
        service.change_many(stranger, Selection(ids=[own, there]), BulkAction(verb=BulkVerb.TRASH))
    with pytest.raises(NotFound):
        service.undo_change(stranger, done.undo_id or 0)
    assert service.change_many(stranger, EVERYTHING, BulkAction(verb=BulkVerb.TRASH)).matched == 1
    assert queries.get_bookmark(alice, there).favourite


def test_a_viewer_changes_only_what_is_theirs(people: People, alice: Actor) -> None:
    there = save(alice)
    people.add("viewer")
    viewer = people.join("viewer", alice.personal_space_id or 0, Role.VIEWER)
    save(viewer, 7)

    with pytest.raises(Forbidden):
        service.change_many(viewer, Selection(ids=[there]), BulkAction(verb=BulkVerb.TRASH))
    with pytest.raises(Forbidden):
        in_space = Selection(filters=Filters(space_id=alice.personal_space_id))
        service.change_many(viewer, in_space, BulkAction(verb=BulkVerb.TRASH))
    assert service.change_many(viewer, EVERYTHING, BulkAction(verb=BulkVerb.TRASH)).changed == 1
    assert queries.get_bookmark(alice, there).id == there


@pytest.mark.parametrize("verb", [BulkVerb.TAG, BulkVerb.UNTAG, BulkVerb.COLLECT, BulkVerb.UNCOLLECT])
def test_an_action_without_its_object_is_refused(alice: Actor, verb: BulkVerb) -> None:
    with pytest.raises(Invalid):
        service.change_many(alice, EVERYTHING, BulkAction(verb=verb))


def test_a_collection_takes_only_bookmarks_of_its_space(people: People, alice: Actor) -> None:
    other = people.add("bob")
    both = people.join("alice", other.personal_space_id or 0, Role.MEMBER)
    collection = service.create_collection(other, other.personal_space_id or 0, name="Theirs")
    mine, theirs = save(both, 1), save(both, 2, space_id=other.personal_space_id)

    done = service.change_many(
        both, Selection(ids=[mine, theirs]), BulkAction(verb=BulkVerb.COLLECT, collection_id=collection)
    )

    assert done.changed == 1
    assert list(queries.get_bookmark(both, mine).collection_ids) == []


def test_a_change_of_tags_is_not_taken_back_as_one_of_bookmarks(alice: Actor) -> None:
    """It would count as undone, and the tags were lost."""
    save(alice, 1, tags=["a"])
    (tag,) = tag_queries.list_tags(alice).items
    undo_id = tags.delete_tags(alice, [tag.id])

    with pytest.raises(NotFound):
        service.undo_change(alice, undo_id)
    assert tags.undo_change(alice, undo_id) == 1
