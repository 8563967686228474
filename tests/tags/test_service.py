"""Making, renaming, merging and deleting tags, with counts that stay right."""

import pytest

from tests.factories.accounts import Person
from trackeep.bookmarks import service as bookmarks
from trackeep.bookmarks.drafts import Draft
from trackeep.core import db, undo
from trackeep.core.actor import Role
from trackeep.core.errors import Forbidden, Gone, Invalid, NotFound
from trackeep.spaces import service as spaces
from trackeep.tags import queries, service
from trackeep.tags.errors import TagExists
from trackeep.tags.queries import TagItem


def _save(person: Person, number: int, *tags: str) -> int:
    draft = Draft(url=f"https://example.org/{number}", tags=tags)
    return bookmarks.save_bookmark(person.actor, space_id=person.space_id, draft=draft)


def _tags(person: Person) -> dict[str, TagItem]:
    return {tag.name: tag for tag in queries.list_tags(person.actor).items}


def test_two_spellings_are_one_tag(alice: Person) -> None:
    _save(alice, 1, "Café")
    _save(alice, 2, "#CAFE", "  two   words ", "a//b")

    assert {name: tag.uses for name, tag in _tags(alice).items()} == {"Café": 2, "two words": 1, "a/b": 1}


def test_renaming_takes_the_tags_below_along(alice: Person) -> None:
    _save(alice, 1, "art", "art/old", "artists")

    service.edit_tag(alice.actor, _tags(alice)["art"].id, name="Kunst")

    assert set(_tags(alice)) == {"Kunst", "Kunst/old", "artists"}


def test_a_taken_name_is_refused_and_says_whose_it_is(alice: Person) -> None:
    _save(alice, 1, "one", "two")
    tags = _tags(alice)

    with pytest.raises(TagExists) as caught:
        service.edit_tag(alice.actor, tags["one"].id, name="TWO")

    assert caught.value.extra["existing_id"] == tags["two"].id
    assert set(_tags(alice)) == {"one", "two"}


def test_merging_counts_each_thing_once(alice: Person) -> None:
    _save(alice, 1, "a", "b")
    _save(alice, 2, "a")
    trashed = _save(alice, 3, "b")
    bookmarks.trash_bookmarks(alice.actor, [trashed])
    tags = _tags(alice)

    service.merge_tags(alice.actor, [tags["a"].id], into=tags["b"].id)

    assert {name: tag.uses for name, tag in _tags(alice).items()} == {"b": 2}


def test_deleting_a_tag_leaves_the_thing(alice: Person) -> None:
    bookmark_id = _save(alice, 1, "a", "b")

    service.delete_tags(alice.actor, [_tags(alice)["a"].id])

    assert [tag.name for tag in service.tags_of([bookmark_id])[bookmark_id]] == ["b"]


def test_a_stranger_cannot_touch_a_tag(alice: Person, stranger: Person) -> None:
    _save(alice, 1, "a")
    tag_id = _tags(alice)["a"].id

    for verb in (
        lambda: service.edit_tag(stranger.actor, tag_id, name="x"),
        lambda: service.delete_tags(stranger.actor, [tag_id]),
        lambda: service.merge_tags(stranger.actor, [tag_id], into=tag_id),
        lambda: queries.get_tag(stranger.actor, tag_id),
    ):
        with pytest.raises(NotFound):
            verb()
    assert _tags(stranger) == {}


@pytest.mark.parametrize("name", ["", " / ", "x" * 101, "#"])
def test_an_impossible_name_is_refused(alice: Person, name: str) -> None:
    with pytest.raises(Invalid):
        service.create_tag(alice.actor, alice.space_id, name=name)


@pytest.mark.parametrize("sort", ["name", "uses"])
def test_the_cursor_walks_through_all_tags(alice: Person, sort: str) -> None:
    for number in range(4):
        _save(alice, number, *[f"t{n:02}" for n in range(number * 3 + 1)])

    seen: list[str] = []
    cursor = None
    while True:
        page = queries.list_tags(alice.actor, sort=sort, cursor=cursor, limit=3)
        seen += [tag.name for tag in page.items]
        cursor = page.next_cursor
        if cursor is None:
            break

    assert len(seen) == len(set(seen)) == 10


def test_suggestions_match_any_level_and_treat_wildcards_as_text(alice: Person) -> None:
    _save(alice, 1, "art/old", "older", "100%", "x")

    def suggested(text: str) -> set[str]:
        return {tag.name for tag in queries.suggest(alice.actor, space_id=alice.space_id, text=text)}

    assert suggested("OL") == {"art/old", "older"}
    assert suggested("%") == set()
    assert suggested("100%") == {"100%"}


def test_deleting_can_be_undone_with_colour_and_carriers(alice: Person) -> None:
    first, second = _save(alice, 1, "a", "b"), _save(alice, 2, "a")
    empty = service.create_tag(alice.actor, alice.space_id, name="empty", colour="red")
    tags = _tags(alice)
    service.edit_tag(alice.actor, tags["a"].id, colour="teal")
    undo_id = service.delete_tags(alice.actor, [tags["a"].id, empty])
    bookmarks.trash_bookmarks(alice.actor, [second])
    assert set(_tags(alice)) == {"b"}

    assert service.undo_change(alice.actor, undo_id) == 2

    found = {name: (tag.colour, tag.uses) for name, tag in _tags(alice).items()}
    assert found == {"a": ("teal", 1), "b": ("grey", 1), "empty": ("red", 0)}
    assert {tag.name for tag in service.tags_of([first])[first]} == {"a", "b"}
    bookmarks.restore_bookmarks(alice.actor, [second])
    assert _tags(alice)["a"].uses == 2
    with pytest.raises(Gone):
        service.undo_change(alice.actor, undo_id)


def test_merging_can_be_undone_and_what_had_both_keeps_both(alice: Person) -> None:
    both, only = _save(alice, 1, "js", "javascript"), _save(alice, 2, "js")
    tags = _tags(alice)
    undo_id = service.merge_tags(alice.actor, [tags["js"].id, tags["javascript"].id], into=tags["javascript"].id)
    later = _save(alice, 3, "javascript")

    service.undo_change(alice.actor, undo_id)

    carried = {key: {tag.name for tag in found} for key, found in service.tags_of([both, only, later]).items()}
    assert carried == {both: {"js", "javascript"}, only: {"js"}, later: {"javascript"}}
    assert {name: tag.uses for name, tag in _tags(alice).items()} == {"js": 2, "javascript": 2}


def test_a_change_is_undone_by_who_made_it_and_only_while_they_may_write(alice: Person, bob: Person) -> None:
    team = spaces.create_team(alice.actor, name="Team")
    tag_id = service.create_tag(alice.actor, team, name="shared")
    spaces.add_member(alice.actor, team, user_id=bob.id, role=Role.MEMBER)
    undo_id = service.delete_tags(bob.actor, [tag_id])

    with pytest.raises(NotFound):
        service.undo_change(alice.actor, undo_id)
    spaces.change_role(alice.actor, team, user_id=bob.id, role=Role.VIEWER)
    with pytest.raises(Forbidden):
        service.undo_change(bob.actor, undo_id)
    spaces.change_role(alice.actor, team, user_id=bob.id, role=Role.MEMBER)
    assert service.undo_change(bob.actor, undo_id) == 1


def test_a_name_taken_meanwhile_is_used_by_the_undo(alice: Person) -> None:
    first = _save(alice, 1, "a")
    undo_id = service.delete_tags(alice.actor, [_tags(alice)["a"].id])
    second = _save(alice, 2, "A")

    service.undo_change(alice.actor, undo_id)

    assert {name: tag.uses for name, tag in _tags(alice).items()} == {"A": 2}
    assert service.tags_of([first, second])[first] == service.tags_of([first, second])[second]


def test_what_is_no_change_of_tags_is_not_undone_here(alice: Person) -> None:
    with db.unit_of_work():
        other = undo.begin(alice.actor, "something else")

    with pytest.raises(NotFound):
        service.undo_change(alice.actor, other)


def test_a_tag_can_become_its_own_child(alice: Person) -> None:
    _save(alice, 1, "a", "a/b", "a/b/b")

    service.edit_tag(alice.actor, _tags(alice)["a"].id, name="a/b")

    assert set(_tags(alice)) == {"a/b", "a/b/b", "a/b/b/b"}


def test_a_child_that_is_in_the_way_is_told(alice: Person) -> None:
    _save(alice, 1, "a", "a/x", "b/x")

    with pytest.raises(Invalid) as caught:
        service.edit_tag(alice.actor, _tags(alice)["a"].id, name="b")

    assert "name" in caught.value.fields
    assert set(_tags(alice)) == {"a", "a/x", "b/x"}
