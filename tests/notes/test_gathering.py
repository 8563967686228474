"""Many notes put below one, and each back to where it stood."""

from collections.abc import Sequence

import pytest

from tests.factories.accounts import Person
from tests.notes.making import edit, make
from tests.statements import counted
from trackeep.core.errors import Invalid, NotFound
from trackeep.notes import queries, service
from trackeep.notes.errors import NoteCircle, NoteTooDeep
from trackeep.notes.service import BulkVerb
from trackeep.spaces import service as spaces


def move(person: Person, ids: Sequence[int], parent_id: int | None) -> service.BulkDone:
    return service.change_many(person.actor, ids, BulkVerb.MOVE, parent_id=parent_id)


def below(person: Person, parent_id: int | None = None) -> list[str]:
    return [branch.title for branch in queries.list_branches(person.actor, person.space_id, parent_id).items]


def test_they_go_below_in_their_order_and_come_back(alice: Person) -> None:
    home, one, two, three = (make(alice, title) for title in ("Home", "One", "Two", "Three"))
    make(alice, "Inside", parent_id=home)
    service.move_note(alice.actor, three, parent_id=None, before_id=one)
    done = move(alice, [two, one, three], home)
    assert (done.changed, below(alice)) == (3, ["Home"])
    assert below(alice, home) == ["Inside", "Three", "One", "Two"]
    assert service.undo_many(alice.actor, done.undo_id or 0).restored == 3
    assert (below(alice), below(alice, home)) == (["Home", "Three", "One", "Two"], ["Inside"])


def test_what_is_below_another_of_them_stays_there(alice: Person) -> None:
    home, one = make(alice, "Home"), make(alice, "One")
    two = make(alice, "Two", parent_id=one)
    three = make(alice, "Three", parent_id=make(alice, "Between", parent_id=two))
    assert move(alice, [three, one], home).changed == 1
    assert [branch.title for branch in queries.path_to(alice.actor, three)] == [
        "Home", "One", "Two", "Between", "Three",
    ]  # fmt: skip
    assert move(alice, [one], home) == service.BulkDone(0, None)
    assert move(alice, [two, one], None).changed == 1
    assert below(alice) == ["Home", "One"]


def test_bad_places_are_refused_and_nothing_moves(alice: Person, bob: Person) -> None:
    team = spaces.create_team(alice.actor, name="Together")
    one = make(alice, "One")
    inside = make(alice, "Inside", parent_id=make(alice, "Middle", parent_id=one))
    other, elsewhere, foreign = make(alice, "Other"), make(alice, "There", space_id=team), make(bob, "His")
    for ids, parent_id, error in (
        ([other, one], inside, NoteCircle),
        ([one], one, NoteCircle),
        ([one], elsewhere, Invalid),
        ([one, elsewhere], other, Invalid),
        ([one], foreign, NotFound),
        ([one, foreign], other, NotFound),
        ([one], 999_999, NotFound),
    ):
        with pytest.raises(error):
            move(alice, ids, parent_id)
    assert below(alice) == ["One", "Other"]


def test_a_tree_is_at_most_so_deep(alice: Person) -> None:
    bottom = make(alice, "Level 1")
    for level in range(2, queries.MAX_DEPTH):
        bottom = make(alice, f"Level {level}", parent_id=bottom)
    flat, tall = make(alice, "Flat"), make(alice, "Tall")
    make(alice, "Inside", parent_id=tall)
    with pytest.raises(NoteTooDeep):
        move(alice, [flat, tall], bottom)
    assert move(alice, [flat], bottom).changed == 1


def test_the_way_back_closes_no_circle(alice: Person) -> None:
    old, new, one, two = (make(alice, title) for title in ("Old", "New", "One", "Two"))
    service.move_note(alice.actor, one, parent_id=old)
    service.move_note(alice.actor, two, parent_id=old)
    done = move(alice, [one, two], new)
    service.move_note(alice.actor, old, parent_id=one)
    service.undo_many(alice.actor, done.undo_id or 0)
    assert [branch.title for branch in queries.path_to(alice.actor, old)] == ["New", "One", "Old"]
    assert [branch.title for branch in queries.path_to(alice.actor, two)] == ["New", "One", "Old", "Two"]


def test_what_was_edited_since_stays_and_what_lost_its_parent_too(alice: Person) -> None:
    old, new, one, two = (make(alice, title) for title in ("Old", "New", "One", "Two"))
    service.move_note(alice.actor, two, parent_id=old)
    done = move(alice, [one, two], new)
    edit(alice, one, body="Changed")
    service.trash_notes(alice.actor, [old])
    assert service.undo_many(alice.actor, done.undo_id or 0).kept == (one,)
    assert below(alice, new) == ["One", "Two"]


def test_many_take_as_many_statements_as_few(alice: Person) -> None:
    home = make(alice, "Home")
    with counted() as few:
        move(alice, [make(alice, f"Few {number}") for number in range(3)], home)
    ids = [make(alice, f"Many {number}") for number in range(60)]
    with counted() as many:
        move(alice, ids, home)
    assert len(many) < len(few)


def test_the_bar_offers_places_and_puts_them_there(alice: Person, bob: Person) -> None:
    home, one = make(alice, "Home"), make(alice, "One")
    make(bob, "His home")
    browser = alice.client()
    offered = browser.get("/notes/bulk/place?text=home").text
    assert (f'value="{home}"' in offered, "His home" in offered) == (True, False)
    answer = browser.post("/notes/bulk", data={"ids": [one], "move_to": home}, headers={"X-Form": "1"})
    assert (answer.status_code, "1 note was moved." in answer.headers["HX-Trigger"]) == (204, True)
    assert below(alice, home) == ["One"]
    browser.post("/notes/bulk", data={"ids": [one], "move_to": "top"})
    assert below(alice) == ["Home", "One"]
    refused = browser.post("/notes/bulk", data={"ids": [one], "move_to": "nowhere"}, headers={"X-Form": "1"})
    assert refused.status_code == 422


def test_the_api_moves_many(alice: Person) -> None:
    home, one = make(alice, "Home"), make(alice, "One")
    browser = alice.client()
    done = browser.post("/api/v1/notes/bulk", json={"verb": "move", "ids": [one], "parent_id": home}).get_json()
    assert (done["changed"], below(alice, home)) == (1, ["One"])
    assert browser.post(f"/api/v1/notes/bulk/undo/{done['undo_id']}").get_json()["restored"] == 1
    assert below(alice) == ["Home", "One"]
