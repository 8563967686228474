"""What notes offer to quick add, palette, home, search and trash."""

import pytest
from apiflask import APIFlask

from tests.factories.accounts import Person
from tests.notes.making import body_of, make
from trackeep.core.errors import Invalid
from trackeep.notes import provides, service


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        ("# A heading", 1.0),
        ("# A heading\n\nand text", 1.0),
        ("one\ntwo", 0.9),
        ("one\n\n", 0.0),
        ("#tag only", 0.0),
        ("https://example.org", 0.0),
        ("  ", 0.0),
    ],
)
def test_several_lines_or_a_heading_are_a_note(text: str, sure: float) -> None:
    assert provides.looks_like_note(text) == sure


def test_quick_add_makes_a_note(app: APIFlask, alice: Person) -> None:
    with app.test_request_context():
        found = provides.add(alice.actor, alice.space_id, "# Plan\n\nfirst\nsecond")
        assert (found.title, found.kind) == ("Plan", "note")
        assert body_of(alice, found.object_id or 0) == "first\nsecond"
        assert "Plan" in provides.preview(alice.actor, "# Plan\nx")
        with pytest.raises(Invalid) as caught:
            provides.add(alice.actor, alice.space_id, "# Long\n" + "x" * (3 * 1024 * 1024))
        assert "text" in caught.value.fields


def test_palette_search_and_cards_show_notes(app: APIFlask, alice: Person, stranger: Person) -> None:
    plan = make(alice, "Plan for spring", "some words", pinned=True)
    sealed = make(alice, "Other", "about planning")
    with app.test_request_context():
        assert [hit.object_id for hit in provides.find(alice.actor, "plan", 5)] == [plan, sealed]
        assert [hit.object_id for hit in provides.recent(alice.actor, 5)] == [sealed, plan]
        assert set(provides.load(alice.actor, [plan, sealed])) == {plan, sealed}
        assert provides.load(stranger.actor, [plan]) == {}
        assert provides.find(stranger.actor, "plan", 5) == []
        card = provides.pinned(alice.actor)
        assert card is not None
        assert [hit.id for hit in card["hits"]] == [plan]  # type: ignore[attr-defined]  # the template's data
        assert provides.recently_edited(stranger.actor) is None


def test_pages_are_shown(alice: Person) -> None:
    browser = alice.client()
    assert "No notes yet" in browser.get("/notes").get_data(as_text=True)
    note_id = make(alice, "Plan <b>", "**bold** <script>alert(1)</script>")
    assert "Plan &lt;b&gt;" in browser.get("/notes").get_data(as_text=True)
    page = browser.get(f"/notes/{note_id}").get_data(as_text=True)
    assert "<strong>bold</strong>" in page
    assert "<script>alert" not in page
    assert "Plan" in browser.get("/").get_data(as_text=True)


def test_the_trash_knows_notes(alice: Person) -> None:
    note_id = make(alice, "Plan")
    service.trash_notes(alice.actor, [note_id])
    assert "Plan" in alice.client().get("/trash").get_data(as_text=True)


def test_the_first_step_is_done_with_the_first_note(alice: Person, stranger: Person) -> None:
    assert not provides.has_notes(alice.actor)
    make(alice, "One", "")
    assert provides.has_notes(alice.actor) and not provides.has_notes(stranger.actor)
