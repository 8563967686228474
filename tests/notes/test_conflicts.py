"""A save meets a newer version: both texts are shown, merged, and both can be found afterwards."""

import pytest
from flask.testing import FlaskClient

from tests.factories.accounts import Person
from tests.notes.making import body_of, edit, make, version_of
from trackeep.core.errors import Conflict, PreconditionRequired
from trackeep.notes import queries, service
from trackeep.notes.errors import NoteSealed
from trackeep.notes.service import Text

BASE = "one\ntwo\nthree\nfour\nfive"
THEIRS = "one\nTHEIRS <b>\nthree\nfour\nFIVE"
MINE = "ONE\nMINE <i>\nthree\nfour\nfive"


@pytest.fixture
def browser(alice: Person) -> FlaskClient:
    return alice.client()


@pytest.fixture
def note_id(alice: Person) -> int:
    note_id = make(alice, "Plan", BASE)
    edit(alice, note_id, body=THEIRS)
    return note_id


def kept(person: Person, note_id: int) -> list[str]:
    """What the versions say, newest first."""
    numbers = [each.number for each in queries.list_versions(person.actor, note_id).items]
    return [queries.get_version(person.actor, note_id, number).body for number in numbers]


def form(person: Person, note_id: int, **more: object) -> dict[str, object]:
    texts = {"title": "Plan", "base_title": "Plan", "body": MINE.replace("\n", "\r\n"), "base": BASE}
    return {**texts, "version": version_of(person, note_id), **more}


def test_the_page_has_both_texts_and_changes_nothing(alice: Person, browser: FlaskClient, note_id: int) -> None:
    answer = browser.post(f"/notes/{note_id}/conflict", data=form(alice, note_id))
    assert answer.status_code == 409
    page = answer.text
    assert "1 place was changed by both" in page
    assert "THEIRS &lt;b&gt;" in page
    assert "MINE &lt;i&gt;" in page
    assert 'name="chosen_title"' not in page
    assert body_of(alice, note_id) == THEIRS


@pytest.mark.parametrize(
    ("choice", "body"),
    [
        ("mine", "one\nMINE <i>\nthree\nfour\nFIVE"),
        ("theirs", "one\nTHEIRS <b>\nthree\nfour\nFIVE"),
    ],
)
def test_what_is_chosen_is_saved_and_both_are_kept(
    alice: Person, browser: FlaskClient, note_id: int, choice: str, body: str
) -> None:
    mine = MINE.replace("ONE", "one")
    data = form(alice, note_id, body=mine, **{"choice-0": choice})
    answer = browser.post(f"/notes/{note_id}/conflict/settle", data=data)
    assert answer.status_code in (204, 303)
    assert body_of(alice, note_id) == body
    assert {mine, THEIRS} <= set(kept(alice, note_id))
    assert kept(alice, note_id)[0] == body


def test_without_a_choice_both_stand(alice: Person, browser: FlaskClient, note_id: int) -> None:
    browser.post(f"/notes/{note_id}/conflict/settle", data=form(alice, note_id))
    body = body_of(alice, note_id)
    assert all(word in body for word in ("ONE", "MINE", "THEIRS", "FIVE"))


def test_somebody_saves_again_meanwhile(alice: Person, browser: FlaskClient, note_id: int) -> None:
    data = form(alice, note_id)
    edit(alice, note_id, body=f"{THEIRS}\nonce more")
    answer = browser.post(f"/notes/{note_id}/conflict/settle", data=data)
    assert answer.status_code == 409
    assert "once more" in answer.text
    assert f'name="version" value="{version_of(alice, note_id)}"' in answer.text
    assert body_of(alice, note_id) == f"{THEIRS}\nonce more"


def test_a_title_that_only_the_other_changed_stays(alice: Person, browser: FlaskClient, note_id: int) -> None:
    edit(alice, note_id, title="Their plan")
    browser.post(f"/notes/{note_id}/conflict/settle", data=form(alice, note_id))
    assert queries.get_note(alice.actor, note_id).title == "Their plan"


def test_two_new_titles_are_chosen(alice: Person, browser: FlaskClient, note_id: int) -> None:
    edit(alice, note_id, title="Their plan")
    mine = {"title": "My plan"}
    assert 'name="chosen_title"' in browser.post(f"/notes/{note_id}/conflict", data=form(alice, note_id, **mine)).text
    data = form(alice, note_id, **mine, chosen_title="mine")
    browser.post(f"/notes/{note_id}/conflict/settle", data=data)
    assert queries.get_note(alice.actor, note_id).title == "My plan"


def test_the_verb_needs_the_version_and_a_plain_note(alice: Person, note_id: int) -> None:
    mine, merged = Text("Plan", "a"), Text("Plan", "b")
    with pytest.raises(PreconditionRequired):
        service.settle_conflict(alice.actor, note_id, mine=mine, merged=merged, version=None)
    with pytest.raises(Conflict):
        service.settle_conflict(alice.actor, note_id, mine=mine, merged=merged, version=1)
    sealed = service.Sealed(cipher_text="Y" * 64, salt="c" * 24, iv="aXZpdml2aXZpdml2", iterations=600_000)
    service.seal_note(alice.actor, note_id, sealed, version=version_of(alice, note_id))
    with pytest.raises(NoteSealed):
        service.settle_conflict(alice.actor, note_id, mine=mine, merged=merged, version=version_of(alice, note_id))
