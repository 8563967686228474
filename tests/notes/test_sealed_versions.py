"""Versions of encrypted notes: what was sealed stays sealed, by the rules of plain versions."""

import base64
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from tests.factories.accounts import Person
from tests.notes.making import edit, make
from tests.notes.test_sealing import seal, sealed
from trackeep.core import clock, db
from trackeep.core.errors import NotFound
from trackeep.notes import queries, service
from trackeep.notes.models import NoteVersion, SealedVersion
from trackeep.notes.sealed import Sealed
from trackeep.notes.service import sealed_versions, versions

NOON = datetime(2025, 11, 27, 12, tzinfo=UTC)


def saying(letter: str, length: int = 40) -> Sealed:
    return sealed(cipher_text=base64.b64encode(letter.encode() * length).decode())


def sealed_note(person: Person) -> int:
    note_id = make(person, "Diary", "the secretword")
    seal(person, note_id, saying("a"))
    return note_id


def numbers(person: Person, note_id: int) -> list[int]:
    return [each.number for each in queries.list_sealed_versions(person.actor, note_id).items]


def said(person: Person, note_id: int, number: int) -> Sealed:
    return queries.get_sealed_version(person.actor, note_id, number).sealed


def test_saves_of_one_sitting_are_one_version(alice: Person) -> None:
    with clock.freeze(NOON):
        note_id = sealed_note(alice)
        seal(alice, note_id, saying("b"))
    assert numbers(alice, note_id) == [1]
    assert said(alice, note_id, 1) == saying("b")
    with clock.freeze(NOON + timedelta(minutes=6)):
        seal(alice, note_id, saying("c", 50))
        seal(alice, note_id, saying("d", 60), apart=True)
    assert numbers(alice, note_id) == [3, 2, 1]
    assert [said(alice, note_id, number) for number in (1, 2, 3)] == [saying("b"), saying("c", 50), saying("d", 60)]
    newest = queries.list_sealed_versions(alice.actor, note_id).items[0]
    assert (newest.size, newest.passphrase, newest.author_id) == (60, 1, alice.id)


def test_the_table_holds_nothing_but_what_was_sealed(alice: Person) -> None:
    note_id = sealed_note(alice)
    edit(alice, note_id, title="Journal")
    (row,) = db.rows(select(*SealedVersion.__table__.columns))
    kept = {name for name, value in row._mapping.items() if isinstance(value, (str, bytes))}
    assert kept == {"cipher_text", "salt", "iv"}
    assert db.rows(select(NoteVersion.number).where(NoteVersion.note_id == note_id)) == []


def test_another_passphrase_never_takes_the_place_of_the_one_before(alice: Person) -> None:
    note_id = sealed_note(alice)
    assert queries.newest_passphrase(alice.actor, note_id) == (1, None)
    seal(alice, note_id, saying("b"), new_passphrase=True)
    seal(alice, note_id, saying("c"))
    found = queries.list_sealed_versions(alice.actor, note_id).items
    assert [(each.number, each.passphrase) for each in found] == [(2, 2), (1, 1)]
    assert queries.newest_passphrase(alice.actor, note_id) == (2, found[0].begun_at)
    assert said(alice, note_id, 1) == saying("a")
    seal(alice, note_id, saying("d"), new_passphrase=True, forget_earlier=True)
    found = queries.list_sealed_versions(alice.actor, note_id).items
    assert [(each.number, each.passphrase) for each in found] == [(3, 3)]


def test_a_note_encrypted_before_there_were_versions_loses_nothing(alice: Person) -> None:
    note_id = sealed_note(alice)
    with db.unit_of_work():
        versions.forget_versions(SealedVersion, [note_id])
    seal(alice, note_id, saying("b"), new_passphrase=True)
    assert [said(alice, note_id, number) for number in (1, 2)] == [saying("a"), saying("b")]
    found = queries.list_sealed_versions(alice.actor, note_id).items
    assert [(each.passphrase, each.author_id) for each in found] == [(2, alice.id), (1, None)]


def test_they_are_bounded_by_number_bytes_and_age(alice: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    note_id = sealed_note(alice)
    monkeypatch.setattr(versions, "MAX_VERSIONS", 3)
    for letter in "bcde":
        seal(alice, note_id, saying(letter), apart=True)
    assert numbers(alice, note_id) == [5, 4, 3]
    monkeypatch.setattr(sealed_versions, "MAX_BYTES", 100)
    seal(alice, note_id, saying("f"), apart=True)
    assert numbers(alice, note_id) == [6, 5]
    seal(alice, note_id, saying("g", 500), apart=True)
    assert numbers(alice, note_id) == [7]
    monkeypatch.undo()
    seal(alice, note_id, saying("h"), apart=True)
    with clock.freeze(clock.now() + timedelta(days=366)):
        service.forget_old_versions()
    assert numbers(alice, note_id) == [8]


def test_they_go_with_what_they_belong_to(alice: Person) -> None:
    note_id = sealed_note(alice)
    seal(alice, note_id, saying("b"), apart=True)
    service.trash_notes(alice.actor, [note_id])
    with pytest.raises(NotFound):
        queries.list_sealed_versions(alice.actor, note_id)
    service.restore_notes(alice.actor, [note_id])
    assert numbers(alice, note_id) == [2, 1]
    version = queries.get_note(alice.actor, note_id).version
    service.open_note(alice.actor, note_id, "plain again", version=version)
    assert numbers(alice, note_id) == []
    seal(alice, note_id, saying("c"))
    assert numbers(alice, note_id) == [1]
    service.trash_notes(alice.actor, [note_id])
    service.purge_notes(alice.actor, [note_id])
    assert db.rows(select(SealedVersion.number)) == []


def test_pages_of_them(alice: Person) -> None:
    note_id = sealed_note(alice)
    for letter in "bcde":
        seal(alice, note_id, saying(letter), apart=True)
    first = queries.list_sealed_versions(alice.actor, note_id, limit=3)
    rest = queries.list_sealed_versions(alice.actor, note_id, cursor=first.next_cursor, limit=3)
    assert [[each.number for each in page.items] for page in (first, rest)] == [[5, 4, 3], [2, 1]]
    assert rest.next_cursor is None
    with pytest.raises(NotFound):
        queries.get_sealed_version(alice.actor, note_id, 6)


def test_a_stranger_learns_nothing(alice: Person, stranger: Person) -> None:
    note_id = sealed_note(alice)
    with pytest.raises(NotFound):
        queries.list_sealed_versions(stranger.actor, note_id)
    with pytest.raises(NotFound):
        queries.get_sealed_version(stranger.actor, note_id, 1)


def part(person: Person, note_id: int, query: str = "") -> str:
    answer = person.client().get(f"/notes/{note_id}/sealed/versions{query}", headers={"HX-Request": "true"})
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_the_page_lists_them_and_tells_of_an_earlier_passphrase(alice: Person) -> None:
    note_id = sealed_note(alice)
    assert "still open only with the passphrase" not in part(alice, note_id)
    seal(alice, note_id, saying("b"), new_passphrase=True)
    page = part(alice, note_id)
    assert page.count('class="version-line"') == 2
    assert page.count("Earlier passphrase") == page.count("What it says now") == 1
    assert "still open only with the passphrase that the note had then" in page
    assert "Restore this version" in page
    assert saying("a").cipher_text not in page


def test_the_list_goes_on(alice: Person) -> None:
    note_id = sealed_note(alice)
    for _number in range(30):
        seal(alice, note_id, saying("b"), apart=True)
    page = part(alice, note_id)
    assert page.count('class="version-line"') == 30
    cursor = queries.list_sealed_versions(alice.actor, note_id, limit=30).next_cursor
    assert f"?cursor={cursor}" in page
    rest = part(alice, note_id, f"?cursor={cursor}")
    assert (rest.count('class="version-line"'), rest.count("What it says now")) == (1, 0)


def test_they_are_opened_where_the_note_is(alice: Person) -> None:
    note_id = sealed_note(alice)
    browser = alice.client()
    for place in (f"/notes/{note_id}/versions", f"/notes/{note_id}/sealed/versions"):
        assert browser.get(place).headers["Location"].endswith(f"/notes/{note_id}/sealed#versions")
    assert f"/notes/{note_id}/sealed#versions" in browser.get(f"/notes/{note_id}").get_data(as_text=True)
    page = browser.get(f"/notes/{note_id}/sealed")
    assert page.headers["X-DNS-Prefetch-Control"] == "off"
    assert page.headers["Cache-Control"] == "no-store"


def test_the_api_keeps_and_shows_them(alice: Person) -> None:
    note_id = make(alice, "Diary", "text")
    browser = alice.client()
    sent = {**saying("a").as_json(), "new_passphrase": True}
    url = f"/api/v1/notes/{note_id}/sealed"
    for version, more in ((1, {}), (2, {"apart": True}), (3, {"forget_earlier": True, "apart": True})):
        answer = browser.put(url, json={**sent, **more}, headers={"If-Match": f'"{version}"'})
        assert answer.status_code == 200
    items = browser.get(f"{url}/versions").get_json()["items"]
    assert [(each["number"], each["passphrase"]) for each in items] == [(3, 3)]
    assert browser.get(f"{url}/versions/3").get_json()["sealed"] == saying("a").as_json()
    assert browser.get(f"{url}/versions/2").status_code == 404
