"""The verbs of notes: making, editing, ticking, marking, versions, moving, the trash."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.factories.accounts import Person
from tests.notes.making import body_of, edit, make, version_of
from trackeep.core import clock
from trackeep.core.actor import Role
from trackeep.core.errors import Conflict, Forbidden, Invalid, NotFound, PreconditionRequired
from trackeep.notes import queries, service
from trackeep.notes.drafts import NoteChanges, NoteDraft
from trackeep.notes.errors import LineChanged, NoteCircle, NoteTooDeep, NoteTooLong
from trackeep.notes.queries.tree import MAX_DEPTH
from trackeep.spaces import service as spaces

NOON = datetime(2025, 11, 27, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def titles(person: Person, parent_id: int | None = None) -> list[str]:
    return [each.title for each in queries.list_branches(person.actor, person.space_id, parent_id).items]


def numbers(person: Person, note_id: int) -> list[int]:
    return [each.number for each in queries.list_versions(person.actor, note_id).items]


def test_a_note_is_made_and_read(alice: Person) -> None:
    note_id = make(alice, " A  plan ", "# Head\r\n\r\nSome *words*", tags=("x",), pinned=True)
    note, text = queries.read_note(alice.actor, note_id)
    assert (note.title, note.excerpt, note.pinned, note.version) == ("A plan", "Head Some words", True, 1)
    assert (text.body, [tag.name for tag in note.tags]) == ("# Head\n\nSome *words*", ["x"])


def test_without_a_title_the_text_begins_with_one(alice: Person) -> None:
    note_id = make(alice, "", "---\ntags: [x]\n---\n\n## The plan\nrest")
    assert queries.get_note(alice.actor, note_id).title == "The plan"
    assert queries.get_note(alice.actor, make(alice, "", "")).title == "Untitled"
    assert queries.get_note(alice.actor, make(alice, "\u200b\u3164", "")).title == "Untitled"


def test_what_cannot_be_a_note(alice: Person) -> None:
    with pytest.raises(Invalid):
        make(alice, "x" * 301)
    with pytest.raises(NoteTooLong):
        make(alice, "Long", "x" * (2 * 1024 * 1024 + 1))
    with pytest.raises(NoteTooLong):
        make(alice, "Long", "\u20ac" * 1024 * 1024)
    make(alice, "Just fits", "x" * 2 * 1024 * 1024)


def test_texts_need_the_version_and_a_stale_one_gets_both(alice: Person) -> None:
    note_id = make(alice, "Plan", "one")
    with pytest.raises(PreconditionRequired):
        service.edit_note(alice.actor, note_id, NoteChanges(body="two"))
    service.edit_note(alice.actor, note_id, NoteChanges(body="two"), version=1)
    with pytest.raises(Conflict) as caught:
        service.edit_note(alice.actor, note_id, NoteChanges(body="three"), version=1)
    assert caught.value.extra == {"version": 2, "yours": {"body": "three"}, "theirs": {"body": "two"}}
    assert body_of(alice, note_id) == "two"


def test_marks_and_tags_disturb_nobody_who_is_editing(alice: Person) -> None:
    note_id = make(alice, "Plan", "one")
    service.edit_note(alice.actor, note_id, NoteChanges(pinned=True, is_template=True, tags=("a", "b")))
    service.mark_notes(alice.actor, [note_id], pinned=False)
    service.edit_note(alice.actor, note_id, NoteChanges(body="two"), version=1)
    note = queries.get_note(alice.actor, note_id)
    assert (note.pinned, note.is_template, len(note.tags), note.version) == (False, True, 2, 2)


def test_saving_the_same_again_is_no_change(alice: Person) -> None:
    note_id = make(alice, "Plan", "one")
    edit(alice, note_id, title="Plan", body="one")
    assert version_of(alice, note_id) == 1


def test_saves_of_one_sitting_are_one_version(alice: Person, bob: Person) -> None:
    with clock.freeze(NOON):
        note_id = make(alice, "Plan", "one")
        edit(alice, note_id, body="two")
    with clock.freeze(NOON + 4 * MINUTE):
        edit(alice, note_id, body="three")
    assert numbers(alice, note_id) == [1]
    with clock.freeze(NOON + 6 * MINUTE):
        edit(alice, note_id, body="four")
    assert numbers(alice, note_id) == [2, 1]
    assert queries.get_version(alice.actor, note_id, 1).body == "three"


def test_saves_of_two_people_are_two_versions(alice: Person, bob: Person) -> None:
    team = spaces.create_team(alice.actor, name="Together")
    spaces.add_member(alice.actor, team, user_id=bob.id, role=Role.MEMBER)
    note_id = make(alice, "Plan", "one", space_id=team)
    edit(bob, note_id, body="two")
    authors = [each.author_id for each in queries.list_versions(alice.actor, note_id).items]
    assert authors == [bob.id, alice.id]


def test_an_earlier_version_comes_back_as_a_new_one(alice: Person) -> None:
    with clock.freeze(NOON):
        note_id = make(alice, "Plan", "one")
    edit(alice, note_id, title="Other", body="two")
    with pytest.raises(Conflict):
        service.restore_version(alice.actor, note_id, 1, version=1)
    service.restore_version(alice.actor, note_id, 1, version=version_of(alice, note_id))
    assert (queries.get_note(alice.actor, note_id).title, body_of(alice, note_id)) == ("Plan", "one")
    assert numbers(alice, note_id) == [3, 2, 1]
    with pytest.raises(NotFound):
        service.restore_version(alice.actor, note_id, 9, version=version_of(alice, note_id))


def test_versions_are_bounded_in_number_and_age(alice: Person) -> None:
    with clock.freeze(NOON):
        note_id = make(alice, "Plan", "0")
    for number in range(1, 104):
        with clock.freeze(NOON + number * 6 * MINUTE):
            edit(alice, note_id, body=str(number))
    pages = queries.list_versions(alice.actor, note_id, limit=100)
    assert (len(pages.items), pages.next_cursor, pages.items[-1].number) == (100, None, 5)
    with clock.freeze(NOON + timedelta(days=400)):
        service.forget_old_versions()
    assert numbers(alice, note_id) == [104]


def test_a_box_is_ticked_in_place(alice: Person) -> None:
    body = "intro\n- [ ] one\n  > 1. [ ] two\n- [x] three"
    note_id = make(alice, "List", body)
    service.tick(alice.actor, note_id, line=2, checked=True, expected="- [ ] one")
    service.tick(alice.actor, note_id, line=4, checked=False, expected="- [x] three")
    assert body_of(alice, note_id) == "intro\n- [x] one\n  > 1. [ ] two\n- [ ] three"


@pytest.mark.parametrize(
    ("line", "expected"), [(1, "- [ ] other"), (2, "no task"), (3, "- [ ] one"), (0, "- [ ] one"), (10**9, "")]
)
def test_a_line_that_says_something_else_is_not_ticked(alice: Person, line: int, expected: str) -> None:
    note_id = make(alice, "List", "- [ ] one\nno task")
    with pytest.raises(LineChanged):
        service.tick(alice.actor, note_id, line=line, checked=True, expected=expected)
    assert version_of(alice, note_id) == 1


def test_templates_fill_in_their_places(alice: Person) -> None:
    template_id = make(
        alice, "Meeting", "# {{title}}\n{{ date }} {{other}} {{time}}", is_template=True, tags=("meeting",)
    )
    with clock.freeze(NOON):
        note_id = service.create_from_template(
            alice.actor, alice.space_id, template_id, NoteDraft(title="Launch", parent_id=None)
        )
    note, text = queries.read_note(alice.actor, note_id)
    assert text.body == "# Launch\n2025-11-27 {{other}} 12:00"
    assert ([tag.name for tag in note.tags], note.is_template) == (["meeting"], False)
    with pytest.raises(NotFound):
        service.create_from_template(alice.actor, alice.space_id, note_id, NoteDraft())


def test_a_day_has_one_note_of_each_person(alice: Person, bob: Person) -> None:
    team = spaces.create_team(alice.actor, name="Together")
    spaces.add_member(alice.actor, team, user_id=bob.id, role=Role.MEMBER)
    with clock.freeze(NOON):
        mine = service.daily_note(alice.actor, team)
        assert service.daily_note(alice.actor, team) == mine
        assert service.daily_note(bob.actor, team) != mine
    assert queries.get_note(alice.actor, mine).daily_on == date(2025, 11, 27)
    assert queries.daily_days(alice.actor, team, date(2025, 11, 1), date(2025, 11, 30)) == [date(2025, 11, 27)]
    service.trash_notes(alice.actor, [mine])
    again = service.daily_note(alice.actor, team, date(2025, 11, 27))
    assert again != mine
    service.restore_notes(alice.actor, [mine])
    assert queries.get_note(alice.actor, mine).daily_on is None


def test_notes_are_moved_between_siblings(alice: Person) -> None:
    ids = {title: make(alice, title) for title in "abcd"}
    service.move_note(alice.actor, ids["d"], parent_id=None, before_id=ids["b"])
    assert titles(alice) == ["a", "d", "b", "c"]
    service.move_note(alice.actor, ids["a"], parent_id=None)
    assert titles(alice) == ["d", "b", "c", "a"]
    service.move_note(alice.actor, ids["a"], parent_id=ids["b"])
    assert (titles(alice), titles(alice, ids["b"])) == (["d", "b", "c"], ["a"])
    for _time in range(30):
        service.move_note(alice.actor, ids["c"], parent_id=None, before_id=ids["b"])
        service.move_note(alice.actor, ids["d"], parent_id=None, before_id=ids["b"])
    assert titles(alice) == ["c", "d", "b"]
    with pytest.raises(NotFound):
        service.move_note(alice.actor, ids["a"], parent_id=None, before_id=ids["a"])


def test_no_circles_and_no_abyss(alice: Person) -> None:
    top = make(alice, "top")
    below = make(alice, "below", parent_id=top)
    lowest = make(alice, "lowest", parent_id=below)
    for place in (top, below, lowest):
        with pytest.raises(NoteCircle):
            service.move_note(alice.actor, top, parent_id=place)
    chain = make(alice, "chain")
    for _level in range(MAX_DEPTH - 2):
        chain = make(alice, "chain", parent_id=chain)
    service.move_note(alice.actor, lowest, parent_id=chain)
    with pytest.raises(NoteTooDeep):
        make(alice, "deeper", parent_id=lowest)
    with pytest.raises(NoteTooDeep):
        service.move_note(alice.actor, top, parent_id=chain)
    assert [each.title for each in queries.path_to(alice.actor, lowest)][-1] == "lowest"
    assert len(queries.path_to(alice.actor, lowest)) == MAX_DEPTH


def test_what_is_below_goes_along_and_comes_back(alice: Person) -> None:
    top = make(alice, "top", tags=("x",))
    middle = make(alice, "middle", parent_id=top)
    low = make(alice, "low", "findme", parent_id=middle)
    gone = make(alice, "gone before", parent_id=middle)
    with clock.freeze(NOON):
        service.trash_notes(alice.actor, [gone])
    assert service.trash_notes(alice.actor, [top, middle]) == 3
    assert (titles(alice), queries.find_notes(alice.actor, "findme", 5)) == ([], [])
    assert service.restore_notes(alice.actor, [top]) == 3
    assert (titles(alice), titles(alice, top), titles(alice, middle)) == (["top"], ["middle"], ["low"])
    assert [hit.id for hit in queries.find_notes(alice.actor, "findme", 5)] == [low]
    service.trash_notes(alice.actor, [top])
    service.restore_notes(alice.actor, [middle])
    assert (titles(alice), titles(alice, middle)) == (["middle"], ["low"])
    service.trash_notes(alice.actor, [middle])
    assert service.purge_notes(alice.actor, [top]) == 1
    assert service.purge_notes(alice.actor, [middle]) == 3


def test_nothing_of_somebody_else(alice: Person, stranger: Person) -> None:
    note_id, own = make(alice, "Plan", "one"), make(stranger, "Own")
    actor = stranger.actor
    for act in (
        lambda: queries.read_note(actor, note_id),
        lambda: queries.list_versions(actor, note_id),
        lambda: queries.get_version(actor, note_id, 1),
        lambda: queries.list_backlinks(actor, note_id),
        lambda: queries.list_outgoing(actor, note_id),
        lambda: queries.list_branches(actor, alice.space_id),
        lambda: service.edit_note(actor, note_id, NoteChanges(body="x"), version=1),
        lambda: service.tick(actor, note_id, line=1, checked=True, expected=""),
        lambda: service.move_note(actor, own, parent_id=note_id),
        lambda: service.move_note(actor, own, parent_id=None, before_id=note_id),
        lambda: service.trash_notes(actor, [own, note_id]),
        lambda: service.create_note(actor, stranger.space_id, NoteDraft(title="x", parent_id=note_id)),
        lambda: service.create_note(actor, alice.space_id, NoteDraft(title="x")),
        lambda: service.daily_note(actor, alice.space_id),
        lambda: service.ensure_note(actor, alice.space_id, "Plan"),
    ):
        with pytest.raises(NotFound):
            act()


def test_a_viewer_reads_only(alice: Person, bob: Person) -> None:
    team = spaces.create_team(alice.actor, name="Together")
    spaces.add_member(alice.actor, team, user_id=bob.id, role=Role.VIEWER)
    note_id = make(alice, "Plan", "one", space_id=team)
    assert body_of(bob, note_id) == "one"
    with pytest.raises(Forbidden):
        edit(bob, note_id, body="two")
    with pytest.raises(Forbidden):
        service.trash_notes(bob.actor, [note_id])
