"""The tree of notes as pages ask for it: several branches at once, by as many statements however many there are."""

from tests.factories.accounts import Person
from tests.notes.making import make
from tests.statements import counted
from trackeep.notes import queries, service


def test_branches_at_once_are_what_they_are_one_by_one(alice: Person) -> None:
    tops = [make(alice, f"Top {number}") for number in range(3)]
    for number in range(5):
        make(alice, f"Leaf {number}", parent_id=tops[0])
    service.move_note(alice.actor, tops[2], parent_id=None, before_id=tops[0])
    wanted = [None, *tops, 999_999_999]
    found = queries.list_inside(alice.actor, alice.space_id, wanted, limit=4)
    for parent_id in wanted:
        assert found[parent_id] == queries.list_branches(alice.actor, alice.space_id, parent_id, limit=4)
    assert found[tops[0]].next_cursor is not None


def test_notes_of_others_are_in_no_branch(alice: Person, stranger: Person) -> None:
    top = make(stranger, "Theirs")
    make(stranger, "Below", parent_id=top)
    assert queries.list_inside(alice.actor, alice.space_id, [None, top]) == {
        None: queries.list_branches(alice.actor, alice.space_id),
        top: queries.list_branches(alice.actor, alice.space_id, top),
    }
    assert not queries.list_inside(alice.actor, alice.space_id, [top])[top].items


def test_the_number_of_statements_does_not_grow(alice: Person) -> None:
    browser = alice.client()
    top = make(alice, "Top", "[[A]] [[B]]")
    make(alice, "Child", "[[Top]]", parent_id=top)
    browser.set_cookie("note_branches", str(top))
    for path in ("/notes", f"/notes/{top}"):
        browser.get(path)
        with counted() as few:
            browser.get(path)
        for number in range(20):
            made = make(alice, f"Note {path} {number}", "[[Top]] and [[Child]]", tags=(f"t{number}",))
            make(alice, f"Leaf {path} {number}", parent_id=made)
        browser.get(path)
        with counted() as many:
            browser.get(path)
        assert len(many) <= len(few), path
