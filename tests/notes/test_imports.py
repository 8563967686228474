"""Zip files of Markdown come in once, go back out equal, and can be taken back."""

from datetime import UTC, datetime
from zipfile import ZipFile

import pytest

from tests.factories.accounts import Person
from tests.notes.making import edit, make
from tests.notes.zipping import bring, count, outcomes, packed, run, take_back, tree, vault
from trackeep.core.errors import Invalid, NotFound
from trackeep.notes import queries, service
from trackeep.notes.imports import Outcome

VAULT: dict[str, bytes | str] = {
    "Garden/Beds/Roses.md": "---\ntags: [red, '#thorny']\nupdated: 2024-05-06T07:08:09\n---\nSee [[Home]].\n",
    "Home.md": "Welcome to [[Roses]] and [[Nowhere]]",
    "Garden.md": "The garden",
    "Garden/cat.png": b"\x89PNG",
    "Inbox/a.txt": "plain",
}


def test_a_vault_comes_in_with_folders_tags_and_links(alice: Person) -> None:
    item = bring(alice, VAULT)
    assert (item.state, item.total) == ("checked", 5)
    assert outcomes(alice, item) == {
        "Home": "new",
        "Garden": "new",
        "Inbox": "new",
        "Garden/Beds": "new",
        "Garden/Beds/Roses": "new",
        "Garden/cat.png": "skipped",
        "Inbox/a": "new",
    }
    assert tree(alice) == {}

    item = run(alice, item)

    assert (item.state, item.saved) == ("done", 6)
    texts = tree(alice)
    assert texts["Garden/Beds/Roses"] == "See [[Home]].\n"
    assert (texts["Garden"], texts["Garden/Beds"], texts["Inbox/a"]) == ("The garden", "", "plain")
    [roses] = queries.find_notes(alice.actor, "Roses", 1)
    note = queries.get_note(alice.actor, roses.id)
    assert ([tag.name for tag in note.tags], note.changed_at) == (
        ["red", "thorny"],
        datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC),
    )
    assert [each.title for each in queries.list_backlinks(alice.actor, roses.id).items] == ["Home"]


def test_the_same_file_again_brings_nothing(alice: Person) -> None:
    first = run(alice, bring(alice, VAULT))
    again = bring(alice, VAULT)
    assert (count(again, Outcome.NEW), count(again, Outcome.KNOWN)) == (0, first.saved)
    assert run(alice, again).saved == 0
    assert len(tree(alice)) == first.saved


def test_two_imports_of_one_file_that_wait_together_bring_it_once(alice: Person) -> None:
    first, second = bring(alice, VAULT), bring(alice, VAULT)
    assert count(second, Outcome.NEW) == 6
    assert (run(alice, first).saved, run(alice, second).saved) == (6, 0)
    assert len(tree(alice)) == 6


def test_another_text_comes_beside_what_is_there(alice: Person) -> None:
    run(alice, bring(alice, VAULT))
    changed = {**VAULT, "Garden.md": "Another garden", "Garden/Beds/Tulips.md": "new"}
    item = bring(alice, changed)
    assert count(item, Outcome.NEW) == 2
    rows = queries.import_rows(alice.actor, item.id, outcome=Outcome.NEW).items
    assert "says something else" in rows[0].remarks[0]
    run(alice, item)
    bodies = [text.body for _note, text in queries.exported(alice.actor, _ids(alice))]
    assert bodies.count("The garden") == bodies.count("Another garden") == 1
    assert "Garden/Beds/Tulips" in tree(alice)
    assert count(bring(alice, changed), Outcome.NEW) == 0


def test_what_is_odd_is_told_by_file(alice: Person) -> None:
    item = bring(
        alice, {"../up.md": "x", "A.md": "1", "a.txt": "1", "a.markdown": "2", "latin.md": "caf\xe9".encode("l1")}
    )
    rows = {row.title: row for row in queries.import_rows(alice.actor, item.id).items}
    assert "leads out" in rows["../up.md"].remarks[0]
    assert "could not be read" in rows["latin"].remarks[0]
    assert (count(item, Outcome.SAME), count(item, Outcome.BROKEN), count(item, Outcome.NEW)) == (1, 1, 3)
    assert run(alice, item).saved == 3


def test_tags_that_are_too_long_or_too_many_stop_nothing(alice: Person) -> None:
    lines = "".join(f"  - t{number}\n" for number in range(150))
    files: dict[str, bytes | str] = {"a.md": f"---\ntags:\n  - {'x' * 190}\n  - good\n{lines}---\ntext"}
    assert run(alice, bring(alice, files)).saved == 1
    [hit] = queries.find_notes(alice.actor, "a", 1)
    assert "good" in [tag.name for tag in queries.get_note(alice.actor, hit.id).tags]


def test_below_a_note(alice: Person) -> None:
    parent_id = make(alice, "Old papers")
    run(alice, bring(alice, {"A.md": "a", "A/B.md": "b"}, parent_id))
    assert tree(alice) == {"Old papers": "", "Old papers/A": "a", "Old papers/A/B": "b"}


def test_an_import_is_taken_back(alice: Person) -> None:
    make(alice, "Mine", "kept")
    item = take_back(alice, run(alice, bring(alice, VAULT)))
    assert (item.state, item.counts["undone"], item.counts["kept"]) == ("undone", 6, 0)
    assert tree(alice) == {"Mine": "kept"}


def test_what_was_edited_since_stays_with_what_is_above_it(alice: Person) -> None:
    item = run(alice, bring(alice, VAULT))
    [roses] = queries.find_notes(alice.actor, "Roses", 1)
    edit(alice, roses.id, body="Mine now")
    [inbox] = queries.find_notes(alice.actor, "Inbox", 1)
    make(alice, "Below", parent_id=inbox.id)
    item = take_back(alice, item)
    assert set(tree(alice)) == {"Garden", "Garden/Beds", "Garden/Beds/Roses", "Inbox", "Inbox/Below"}
    assert (item.counts["kept"], item.counts["undone"]) == (4, 2)


def test_what_was_taken_back_comes_back_from_the_trash_together(alice: Person) -> None:
    item = run(alice, bring(alice, VAULT))
    before = tree(alice)
    [garden] = queries.find_notes(alice.actor, "Garden", 1)
    take_back(alice, item)
    service.restore_notes(alice.actor, [garden.id])
    assert tree(alice) == {path: body for path, body in before.items() if path.startswith("Garden")}


def test_out_and_in_again_is_equal(alice: Person, bob: Person) -> None:
    run(alice, bring(alice, VAULT))
    top = make(alice, "Plan: a/b?", "---\nrating: 5\n---\n# Text", tags=("x y",))
    make(alice, "Plan: a/b?", "twice")
    make(alice, "Below", "one\n\ntwo\n", parent_id=top)
    run(alice, bring(alice, {"Known.md": "---\naliases: [Uno, Due]\n---\nText"}))
    run(bob, bring(bob, vault(alice)))
    assert tree(bob) == tree(alice)
    assert list(tree(bob)) == list(tree(alice))
    assert vault(bob).getvalue()[:2] == b"PK"


def test_a_part_goes_out(alice: Person) -> None:
    run(alice, bring(alice, VAULT))
    [garden] = queries.find_notes(alice.actor, "Garden", 1)
    assert ZipFile(vault(alice, garden.id)).namelist() == ["Garden.md", "Garden/Beds.md", "Garden/Beds/Roses.md"]


def test_an_encrypted_note_goes_out_sealed(alice: Person) -> None:
    note_id = make(alice, "Secret", "canary")
    sealed = service.Sealed(cipher_text="Y" * 64, salt="c" * 24, iv="aXZpdml2aXZpdml2", iterations=600_000)
    service.seal_note(alice.actor, note_id, sealed, version=1)
    text = ZipFile(vault(alice)).read("Secret.md").decode()
    assert "Y" * 64 in text
    assert "canary" not in text


def test_an_import_of_somebody_else_is_not_there(alice: Person, bob: Person) -> None:
    item = bring(alice, VAULT)
    for verb in (service.start_import, service.start_undo, service.discard_import):
        with pytest.raises(NotFound):
            verb(bob.actor, item.id)
    with pytest.raises(NotFound):
        service.open_import(
            bob.actor, bob.space_id, file_name="x.zip", stream=packed({}), parent_id=make(alice, "Alice's")
        )


def test_what_is_no_zip_file_is_told_at_once(alice: Person) -> None:
    stream = packed({})
    stream.write(b"no zip file at all" * 10)
    stream.truncate()
    with pytest.raises(Invalid):
        service.open_import(alice.actor, alice.space_id, file_name="x", stream=type(stream)(b"# A note, as it is"))


def test_a_locked_or_damaged_file_fails_with_words(alice: Person) -> None:
    data = bytearray(packed({"a.md": "x"}).getvalue())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    item = bring(alice, type(packed({}))(bytes(data)))
    assert item.state == "failed"
    assert item.error is not None
    assert "password" in item.error


def _ids(person: Person) -> list[int]:
    return list(queries.exported_ids(person.actor, person.space_id))
