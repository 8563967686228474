"""Drafts: there for those who may write where they are, and for nobody else, wherever notes are shown."""

import io
import zipfile

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient

from tests.factories.accounts import Person
from tests.notes.making import edit, make
from trackeep.core.actor import Role
from trackeep.core.errors import Forbidden, NotFound
from trackeep.notes import exports, queries, service
from trackeep.notes.drafts import NoteChanges
from trackeep.notes.filters import Filters, View
from trackeep.references import service as references
from trackeep.references.queries import exported, linked_with
from trackeep.spaces import service as spaces

URL = "/api/v1/notes"


@pytest.fixture
def team(alice: Person, bob: Person) -> int:
    """Alice's, where bob may only read."""
    space_id = spaces.create_team(alice.actor, name="Handbook")
    spaces.add_member(alice.actor, space_id, user_id=bob.id, role=Role.VIEWER)
    return space_id


@pytest.fixture
def reader(bob: Person, team: int) -> Person:
    return bob


@pytest.fixture
def published(alice: Person, team: int) -> int:
    return make(alice, "Holidays", "Of all. See [[Salaries]] and [[Nothing yet]].", space_id=team)


@pytest.fixture
def draft(alice: Person, team: int, published: int) -> int:
    return make(
        alice, "Salaries", "As in [[Holidays]], and [[Secret plan]].", space_id=team, is_draft=True, tags=("money",)
    )


def titles(person: Person, **filters: object) -> set[str]:
    return {note.title for note in queries.list_notes(person.actor, Filters(**filters)).items}  # type: ignore[arg-type]


def test_lists_show_a_draft_to_writers_only(alice: Person, reader: Person, team: int, draft: int) -> None:
    for filters in ({}, {"view": View.EVERYTHING, "space_id": team}, {"text": "holidays"}):
        assert titles(alice, **filters) == {"Holidays", "Salaries"}
        assert titles(reader, **filters) == {"Holidays"}
    assert titles(alice, view=View.DRAFTS) == titles(alice, tag="money") == {"Salaries"}
    assert titles(reader, view=View.DRAFTS) == titles(reader, tag="money") == set()


def test_an_answer_that_is_kept_is_for_those_with_the_same_rights(
    alice: Person, reader: Person, team: int, draft: int
) -> None:
    for _asked_again in range(2):
        assert titles(alice, space_id=team) == {"Holidays", "Salaries"}
        assert titles(reader, space_id=team) == {"Holidays"}
    spaces.change_role(alice.actor, team, user_id=reader.id, role=Role.MEMBER)
    assert titles(reader, space_id=team) == {"Holidays", "Salaries"}


def test_other_pages_find_a_draft_for_writers_only(alice: Person, reader: Person, team: int, draft: int) -> None:
    assert [hit.title for hit in queries.find_notes(alice.actor, "salar", 5)] == ["Salaries", "Holidays"]
    assert [hit.title for hit in queries.find_notes(reader.actor, "salar", 5)] == ["Holidays"]
    assert queries.find_notes(reader.actor, "secret", 5) == []
    assert {hit.title for hit in queries.newest_notes(reader.actor, View.EVERYTHING, 5)} == {"Holidays"}
    assert draft in queries.hits(alice.actor, [draft])
    assert queries.hits(reader.actor, [draft]) == {}
    service.mark_notes(alice.actor, [draft], pinned=True)
    assert [hit.id for hit in queries.newest_notes(alice.actor, View.PINNED, 5)] == [draft]
    assert queries.newest_notes(reader.actor, View.PINNED, 5) == []


def test_the_tree_leaves_it_out_and_what_is_below_is_still_found(
    alice: Person, reader: Person, team: int, draft: int
) -> None:
    inside = make(alice, "Published inside", space_id=team, parent_id=draft)
    make(alice, "Draft inside", space_id=team, parent_id=inside, is_draft=True)

    assert {branch.title for branch in queries.list_branches(alice.actor, team).items} == {"Holidays", "Salaries"}
    assert [branch.title for branch in queries.list_branches(reader.actor, team).items] == ["Holidays"]
    assert queries.list_branches(reader.actor, team, inside).items == []
    assert [branch.title for branch in queries.path_to(alice.actor, inside)] == ["Salaries", "Published inside"]
    (step,) = queries.path_to(reader.actor, inside)
    assert (step.title, step.children) == ("Published inside", 0)
    assert queries.list_inside(reader.actor, team, [None, inside])[inside].items == []
    assert titles(reader) == {"Holidays", "Published inside"}


def test_links_lead_to_it_for_writers_only(
    alice: Person, reader: Person, team: int, published: int, draft: int
) -> None:
    assert queries.resolve_titles(alice.actor, team, ["Salaries"]) == {"Salaries": draft}
    assert queries.resolve_titles(reader.actor, team, ["Salaries"]) == {}
    assert queries.link_targets(alice.actor, published) == {"Salaries": draft}
    assert queries.link_targets(reader.actor, published) == {}
    assert [link.target_id for link in queries.list_outgoing(alice.actor, published).items] == [draft, None]
    found = queries.list_outgoing(reader.actor, published).items
    assert [(link.target_id, link.target_title) for link in found] == [(None, None), (None, None)]
    assert [link.note_id for link in queries.list_backlinks(alice.actor, published).items] == [draft]
    assert queries.list_backlinks(reader.actor, published).items == []
    assert (queries.count_backlinks(alice.actor, published), queries.count_backlinks(reader.actor, published)) == (1, 0)
    assert [name.title for name in queries.list_missing(alice.actor, team).items] == ["Nothing yet", "Secret plan"]
    assert [name.title for name in queries.list_missing(reader.actor, team).items] == ["Nothing yet"]


def test_it_does_not_exist_for_readers(alice: Person, reader: Person, published: int, draft: int) -> None:
    for deed in (
        lambda: queries.get_note(reader.actor, draft),
        lambda: queries.read_note(reader.actor, draft),
        lambda: queries.list_versions(reader.actor, draft),
        lambda: queries.exported_ids(reader.actor, queries.get_note(alice.actor, draft).space_id, draft),
        lambda: service.edit_note(reader.actor, draft, NoteChanges(title="Mine"), version=1),
        lambda: service.mark_notes(reader.actor, [draft], is_draft=False),
        lambda: service.trash_notes(reader.actor, [draft]),
    ):
        with pytest.raises(NotFound):
            deed()
    with pytest.raises(Forbidden):
        service.mark_notes(reader.actor, [published], is_draft=True)


def test_its_pages_and_answers_do_not_exist_for_readers(reader: Person, team: int, published: int, draft: int) -> None:
    browser = reader.client()
    for address in (f"/notes/{draft}", f"/notes/{draft}/versions", f"{URL}/{draft}", f"{URL}/{draft}/backlinks"):
        assert browser.get(address).status_code == 404
    page = browser.get(f"/notes/{published}").text
    assert f"/notes/{draft}" not in page
    assert f"/notes/{draft}" not in browser.get(f"/notes?space={team}").text


def test_nothing_is_linked_with_it_by_readers(
    app: APIFlask, alice: Person, reader: Person, team: int, published: int, draft: int
) -> None:
    own = make(reader, "Mine")
    references.link(reader.actor, own, published)
    with pytest.raises(NotFound):
        references.link(reader.actor, own, draft)
    spaces.change_role(alice.actor, team, user_id=reader.id, role=Role.MEMBER)
    references.link(reader.actor, own, draft)
    spaces.change_role(alice.actor, team, user_id=reader.id, role=Role.VIEWER)
    with app.test_request_context():
        assert [each.thing.title for each in linked_with(reader.actor, own)[1].items] == ["Holidays"]
    assert [line["between"][1]["title"] for line in exported(reader.actor)] == ["Mine"]  # type: ignore[index]


def test_exports_hold_what_one_sees(alice: Person, reader: Person, team: int, draft: int) -> None:
    make(alice, "Published inside", space_id=team, parent_id=draft)
    assert set(names_in(alice, team)) == {"Holidays.md", "Salaries.md", "Salaries/Published inside.md"}
    assert set(names_in(reader, team)) == {"Holidays.md", "Published inside.md"}
    assert "draft: true" in names_in(alice, team)["Salaries.md"]
    assert (queries.export_size(alice.actor, team), queries.export_size(reader.actor, team)) == (3, 2)


def names_in(person: Person, space_id: int) -> dict[str, str]:
    data = b"".join(exports.vault_file(person.actor, space_id))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_published_it_is_there_and_a_mark_disturbs_no_edit(alice: Person, reader: Person, draft: int) -> None:
    done = service.change_many(alice.actor, [draft], service.BulkVerb.PUBLISH)
    assert (done.changed, titles(reader)) == (1, {"Holidays", "Salaries"})
    assert queries.get_note(alice.actor, draft).version == 1
    service.undo_many(alice.actor, done.undo_id or 0)
    assert titles(reader) == {"Holidays"}
    edit(alice, draft, is_draft=False)
    assert titles(reader) == {"Holidays", "Salaries"}


def test_one_is_made_and_published_on_the_pages(alice: Person, reader: Person, team: int) -> None:
    browser = alice.client()
    parent = make(alice, "Rules", space_id=team)
    assert 'name="is_draft"' in browser.get(f"/notes/new?parent={parent}").text
    assert 'name="is_draft"' not in browser.get("/notes/new").text
    made = browser.post("/notes", data={"title": "Rough", "parent_id": parent, "is_draft": "1"})
    note_id = int(made.headers["Location"].split("/")[-2])
    assert "Only those who may write here see it." in browser.get(f"/notes/{note_id}").text
    assert reader.client().get(f"/notes/{note_id}").status_code == 404
    assert browser.post(f"/notes/{note_id}/marks", data={"is_draft": "0"}).status_code == 303
    shown = reader.client().get(f"/notes/{note_id}")
    assert (shown.status_code, "Only those who may" in shown.text) == (200, False)


def test_one_is_made_and_published_by_the_api(alice: Person, reader: Person, team: int) -> None:
    browser: FlaskClient = alice.client()
    made = browser.post(URL, json={"title": "Rough", "space_id": team, "is_draft": True})
    assert (made.status_code, made.get_json()["is_draft"]) == (201, True)
    address = made.headers["Location"]
    assert reader.client().get(address).status_code == 404
    assert browser.patch(address, json={"is_draft": False}).get_json()["is_draft"] is False
    assert reader.client().get(address).status_code == 200
    listed = browser.get(URL, query_string={"view": "drafts"}).get_json()
    assert listed["items"] == []


def test_from_a_template_it_is_a_draft_when_it_is_meant_to_be(alice: Person, team: int) -> None:
    form = make(alice, "Form", "Words", is_template=True)
    given = {"template_id": form, "title": "One", "space_id": team, "is_draft": True}
    assert alice.client().post(URL, json=given).get_json()["is_draft"] is True
