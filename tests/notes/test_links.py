"""Links by name between notes: where they lead, what a rename does to them, and how that is taken back."""

from unittest.mock import patch

import pytest

from tests.effort import at_most
from tests.factories.accounts import Person
from tests.notes.making import body_of, edit, make, version_of
from trackeep.core import db
from trackeep.core.errors import Gone, NotFound
from trackeep.notes import queries, service
from trackeep.notes.drafts import NoteDraft
from trackeep.notes.errors import RenamedAgain


def leads(person: Person, note_id: int) -> list[int | None]:
    return [link.target_id for link in queries.list_outgoing(person.actor, note_id).items]


def mentioned_by(person: Person, note_id: int) -> list[int]:
    return [link.note_id for link in queries.list_backlinks(person.actor, note_id).items]


def missing(person: Person) -> list[tuple[str, int]]:
    return [(name.title, name.mentions) for name in queries.list_missing(person.actor, person.space_id).items]


def test_a_name_leads_somewhere_as_soon_as_a_note_has_it(alice: Person) -> None:
    source = make(alice, "Source", "a [[plan]] and [[Plan#Part|x]]\n[[Nowhere]] ![[picture.png]]")
    assert leads(alice, source) == [None, None, None, None]
    assert missing(alice) == [("Nowhere", 1), ("Plan", 2)]
    plan, made = service.ensure_note(alice.actor, alice.space_id, "Plan")
    assert made
    assert service.ensure_note(alice.actor, alice.space_id, "plan") == (plan, False)
    assert leads(alice, source) == [plan, plan, None, None]
    assert missing(alice) == [("Nowhere", 1)]
    (first, second) = queries.list_backlinks(alice.actor, plan).items
    assert (first.line, first.context, second.title) == (1, "a [[plan]] and [[Plan#Part|x]]", "Source")
    assert queries.count_backlinks(alice.actor, plan) == 1


def test_names_that_differ_only_in_case_are_told_apart(alice: Person) -> None:
    lower, upper = make(alice, "plan"), make(alice, "PLAN")
    source = make(alice, "Source", "[[plan]] [[PLAN]] [[Plan]]")
    assert leads(alice, source) == [lower, upper, lower]
    service.trash_notes(alice.actor, [lower])
    assert leads(alice, source) == [upper, upper, upper]
    service.restore_notes(alice.actor, [lower])
    assert leads(alice, source) == [lower, upper, lower]


def test_links_never_lead_into_another_space(alice: Person, bob: Person) -> None:
    make(bob, "Plan", "[[Source]]")
    source = make(alice, "Source", "[[Plan]]")
    assert (leads(alice, source), mentioned_by(alice, source)) == ([None], [])
    assert queries.resolve_titles(alice.actor, alice.space_id, ["Plan"]) == {}


def test_what_lies_in_the_trash_mentions_nothing(alice: Person) -> None:
    plan = make(alice, "Plan")
    source = make(alice, "Source", "[[Plan]] [[None]]")
    service.trash_notes(alice.actor, [source])
    assert (mentioned_by(alice, plan), missing(alice)) == ([], [])
    service.restore_notes(alice.actor, [source])
    assert mentioned_by(alice, plan) == [source]


def test_links_follow_a_new_name_and_back(alice: Person) -> None:
    plan = make(alice, "Plan", "about [[Plan]] itself")
    one = make(alice, "One", "[[Plan]] [[plan|that]] `[[Plan]]`")
    two = make(alice, "Two", "![[Plan#Part]]")
    other = make(alice, "Other", "[[Else]]")
    done = edit(alice, plan, title="C# [draft]")
    assert done.notes == 3
    assert body_of(alice, one) == "[[C\\# \\[draft\\]]] [[C\\# \\[draft\\]|that]] `[[Plan]]`"
    assert body_of(alice, two) == "![[C\\# \\[draft\\]#Part]]"
    assert (leads(alice, one), leads(alice, two), leads(alice, other)) == ([plan, plan], [plan], [None])
    assert [each.number for each in queries.list_versions(alice.actor, one).items] == [2, 1]
    assert version_of(alice, other) == 1
    edit(alice, two, body="![[C\\# \\[draft\\]#Part]] and more")
    taken = service.undo_rename(alice.actor, done.undo_id or 0)
    assert (taken.restored, list(taken.kept)) == (2, [two])
    assert (queries.get_note(alice.actor, plan).title, body_of(alice, plan)) == ("Plan", "about [[Plan]] itself")
    assert body_of(alice, one) == "[[Plan]] [[plan|that]] `[[Plan]]`"
    assert (leads(alice, one), leads(alice, two)) == ([plan, plan], [None])
    with pytest.raises(Gone):
        service.undo_rename(alice.actor, done.undo_id or 0)


def test_a_renaming_of_somebody_else_is_not_taken_back(alice: Person, stranger: Person) -> None:
    plan = make(alice, "Plan")
    first = edit(alice, plan, title="Second")
    with pytest.raises(NotFound):
        service.undo_rename(stranger.actor, first.undo_id or 0)
    edit(alice, plan, title="Third")
    with pytest.raises(RenamedAgain):
        service.undo_rename(alice.actor, first.undo_id or 0)
    assert queries.get_note(alice.actor, plan).title == "Third"


def test_title_and_text_change_together(alice: Person) -> None:
    plan = make(alice, "Plan", "x")
    edit(alice, plan, title="New", body="see [[Plan]] and [[New]]")
    assert leads(alice, plan) == [None, plan]


def test_lists_of_links_go_on(alice: Person) -> None:
    plan = make(alice, "Plan")
    for number in range(3):
        make(alice, f"Source {number}", f"[[Plan]] [[Plan]]\n[[Missing {number}]]")
    found: list[tuple[int, int]] = []
    cursor = None
    for _page in range(4):
        page = queries.list_backlinks(alice.actor, plan, cursor=cursor, limit=2)
        found += [(link.note_id, link.line) for link in page.items]
        cursor = page.next_cursor
        if cursor is None:
            break
    assert (len(found), cursor) == (6, None)
    names = queries.list_missing(alice.actor, alice.space_id, limit=2)
    rest = queries.list_missing(alice.actor, alice.space_id, limit=2, cursor=names.next_cursor)
    assert [each.title for each in (*names.items, *rest.items)] == ["Missing 0", "Missing 1", "Missing 2"]
    assert (names.next_cursor is None, rest.next_cursor) == (False, None)


def test_names_that_only_the_trash_mentions_are_passed_over(alice: Person) -> None:
    gone = make(alice, "Gone", " ".join(f"[[Early {number}]]" for number in range(7)))
    make(alice, "Stays", "[[Late]] [[Later]] [[Early 3]]")
    service.trash_notes(alice.actor, [gone])
    assert missing(alice) == [("Early 3", 1), ("Late", 1), ("Later", 1)]
    page = queries.list_missing(alice.actor, alice.space_id, limit=2)
    assert [each.title for each in page.items] == ["Early 3", "Late"]
    rest = queries.list_missing(alice.actor, alice.space_id, limit=2, cursor=page.next_cursor)
    assert ([each.title for each in rest.items], rest.next_cursor) == (["Later"], None)


@pytest.mark.slow
def test_a_thousand_links_follow_within_two_seconds(alice: Person) -> None:
    """Of work of this process, so that what else the machine does makes no difference."""
    plan = make(alice, "Plan")
    text = "[[Plan]] and some words about it. " + "More text. " * 50
    for start in range(0, 1_000, 500):
        drafts = [NoteDraft(title=f"Note {start + number}", body=text) for number in range(500)]
        service.create_many(alice.actor, alice.space_id, drafts)
    version = version_of(alice, plan)
    with at_most(2):
        done = service.edit_note(alice.actor, plan, service.NoteChanges(title="New name"), version=version)
    assert done.notes == 1_000
    with at_most(2):
        assert service.undo_rename(alice.actor, done.undo_id or 0).restored == 1_000


def test_saving_writes_only_the_links_that_changed(alice: Person) -> None:
    plan, other = make(alice, "Plan"), make(alice, "Other")
    note = make(alice, "Source", "[[Plan]]\n[[Plan]]\n[[Nowhere]]")
    with patch.object(db, "write", wraps=db.write) as written:
        edit(alice, note, body="[[Plan]]\n[[Other]]\n[[Nowhere]] more")
    placed = [row["ordinal"] for call in written.call_args_list for row in call.args[1] if "ordinal" in row]
    assert placed == [1, 2], "the first says what it said, the third has another line around it"
    assert leads(alice, note) == [plan, other, None]
    edit(alice, note, body="[[Other]]")
    assert leads(alice, note) == [other]
    edit(alice, note, body="nothing")
    assert leads(alice, note) == []
