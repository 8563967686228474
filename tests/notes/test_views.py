"""The pages of notes: lists, tree, reading, writing, days, names without a note, and what forms and scripts send."""

import json
import re
from datetime import date

import pytest
from werkzeug.test import TestResponse

from tests.factories.accounts import Person
from tests.notes.making import body_of, edit, make, version_of
from trackeep.notes import queries, service

SCRIPT = {"X-Form": "1"}


def shown(person: Person, path: str, **options: object) -> str:
    answer = person.client().get(path, **options)
    assert answer.status_code == 200, answer.get_data(as_text=True)[:500]
    return str(answer.get_data(as_text=True))


def test_lists_show_their_own_notes(alice: Person, stranger: Person) -> None:
    make(alice, "Plan <b>", "first words", tags=("garden",))
    make(alice, "Pinned one", pinned=True)
    make(alice, "Form of a day", is_template=True)
    page = shown(alice, "/notes")
    assert "Plan &lt;b&gt;" in page and "first words" in page and 'name="verb"' in page
    rows = shown(alice, "/notes?view=pinned", headers={"HX-Request": "true"})
    assert "Pinned one" in rows and "Plan" not in rows and "<html" not in rows
    assert "Form of a day" in shown(alice, "/notes?view=templates")
    assert "No note has all of this" in shown(alice, "/notes?text=nowhere")
    assert "Plan" in shown(alice, "/notes?tag=garden", headers={"HX-Request": "true"})
    assert "Plan" not in shown(stranger, "/notes")


def test_a_list_goes_on(alice: Person) -> None:
    for number in range(60):
        make(alice, f"Note {number:02}")
    first = shown(alice, "/notes?sort=title", headers={"HX-Request": "true"})
    further = re.search(r'hx-get="([^"]*cursor=[^"]*)"', first)
    assert further is not None
    rest = shown(alice, further[1].replace("&amp;", "&"), headers={"HX-Request": "true"})
    assert "Note 00" in first and "Note 59" not in first and "Note 59" in rest


def test_the_tree_is_open_where_the_note_is_and_where_the_cookie_says(alice: Person) -> None:
    top = make(alice, "Top")
    inside = make(alice, "Inside", parent_id=top)
    leaf = make(alice, "Leaf", parent_id=inside)
    other = make(alice, "Other")
    hidden = make(alice, "Hidden one", parent_id=other)
    assert "Inside" not in re.sub(r'aria-label="[^"]*"', "", shown(alice, f"/notes/{other}"))
    page = shown(alice, f"/notes/{leaf}")
    assert 'aria-current="page" title="Leaf"' in page and "Hidden one" not in page
    browser = alice.client()
    browser.set_cookie("note_branches", f"{other}.x.999999999")
    assert "Hidden one" in browser.get("/notes").get_data(as_text=True)
    part = shown(alice, f"/notes/branches?parent={other}", headers={"HX-Request": "true"})
    assert f'data-note="{hidden}"' in part and "<html" not in part


def test_a_long_branch_shows_its_first_page_and_the_note_on_show(alice: Person) -> None:
    top = make(alice, "Top")
    ids = [make(alice, f"Child {number}", parent_id=top) for number in range(105)]
    page = shown(alice, f"/notes/{ids[-1]}")
    assert "Child 104" in page and "Child 101" not in page and "Show more" in page
    further = re.search(r'hx-get="([^"]*branches[^"]*)"', page)
    assert further is not None
    assert "Child 101" in shown(alice, further[1].replace("&amp;", "&"))


def test_moving_in_the_tree(alice: Person, stranger: Person) -> None:
    one, two = make(alice, "One"), make(alice, "Two")
    browser = alice.client()
    three = make(alice, "Three")
    moved = browser.post(f"/notes/{two}/move", data={"parent_id": one}, headers=SCRIPT)
    assert queries.get_note(alice.actor, two).parent_id == one
    undo = json.loads(moved.headers["HX-Trigger"])["toast"]["undo_url"]
    assert browser.post(undo, headers=SCRIPT).status_code == 204
    tops = queries.list_branches(alice.actor, alice.space_id).items
    assert [branch.id for branch in tops] == [one, two, three]
    browser.post(f"/notes/{two}/move", data={"parent_id": one}, headers=SCRIPT)
    assert browser.post(f"/notes/{one}/move", data={"parent_id": two}, headers=SCRIPT).status_code == 422
    assert stranger.client().post(f"/notes/{two}/move", headers=SCRIPT).status_code == 404
    assert f'data-note="{two}"' in shown(alice, f"/notes/tree?note={two}", headers={"HX-Request": "true"})


def test_reading_shows_text_outline_links_and_mentions(alice: Person) -> None:
    target = make(alice, "Target")
    note = make(alice, "Source", "# A\n\n## B\n\n[[Target]] and [[Missing one]]\n\n- [ ] Buy **soil**")
    page = shown(alice, f"/notes/{note}")
    assert 'href="#h-b"' in page
    assert f'<a class="wikilink" href="/notes/{target}"' in page
    assert "wikilink-missing" in page and "Missing%20one" in page.replace("+", "%20")
    assert 'data-expected="- [ ] Buy **soil**"' in page
    assert "Source" in shown(alice, f"/notes/{target}")


def test_a_line_of_a_box_cannot_break_out_of_its_attribute(alice: Person) -> None:
    note = make(alice, "Odd", '- [ ] "><script>alert(1)</script>\n\n<input data-line="1"> `<input data-line="1"`')
    page = shown(alice, f"/notes/{note}")
    assert "<script>alert" not in page
    assert page.count("data-expected=") == 1


def test_others_see_nothing_and_viewers_only_read(alice: Person, stranger: Person) -> None:
    note = make(alice, "Mine", "- [ ] x")
    for path in (
        f"/notes/{note}",
        f"/notes/{note}/edit",
        f"/notes/branches?parent={note}",
        f"/notes/new?parent={note}",
    ):
        assert stranger.client().get(path).status_code == 404
    for path in ("tick", "task", "marks", "tags", "trash"):
        data = {"line": "1", "checked": "true", "expected": "- [ ] x", "text": "x", "pinned": "1", "tags": "a"}
        assert stranger.client().post(f"/notes/{note}/{path}", data=data).status_code == 404


def test_ticking_changes_the_line_that_was_shown(alice: Person) -> None:
    note = make(alice, "List", "a\n- [ ] one")
    browser = alice.client()
    given = {"line": "2", "checked": "true", "expected": "- [ ] one"}
    assert browser.post(f"/notes/{note}/tick", data=given, headers=SCRIPT).get_json()["version"] == 2
    assert body_of(alice, note) == "a\n- [x] one"
    assert browser.post(f"/notes/{note}/tick", data=given, headers=SCRIPT).status_code == 409


def test_saving_by_a_form_and_by_a_script(alice: Person) -> None:
    note = make(alice, "Old", "text")
    browser = alice.client()
    page = shown(alice, f"/notes/{note}/edit")
    assert 'name="version" value="1"' in page and "notes/writing" in page
    answer = browser.post(f"/notes/{note}", data={"title": "New", "body": "a\r\nb", "version": "1"})
    assert (answer.status_code, body_of(alice, note)) == (303, "a\nb")
    saved = browser.post(f"/notes/{note}", data={"body": "c", "version": "2"}, headers=SCRIPT).get_json()
    assert saved["version"] == 3 and saved["saved"].startswith("Saved ")
    assert queries.get_note(alice.actor, note).title == "New"


def test_a_stale_save_shows_both_and_keeps_the_saved_one(alice: Person) -> None:
    note = make(alice, "Both", "start")
    edit(alice, note, body="theirs")
    for headers in ({}, SCRIPT):
        answer = alice.client().post(
            f"/notes/{note}", data={"body": "mine", "base": "start", "version": "1"}, headers=headers
        )
        page = answer.get_data(as_text=True)
        assert answer.status_code == 409 and "mine" in page and "theirs" in page
    assert body_of(alice, note) == "theirs"


def test_a_new_title_takes_links_along_and_can_be_taken_back(alice: Person) -> None:
    note = make(alice, "Old")
    other = make(alice, "Other", "[[Old]]")
    browser = alice.client()
    answer = browser.post(f"/notes/{note}", data={"title": "New", "version": "1"}, headers=SCRIPT)
    undo = re.search(r"/notes/undo/\d+", answer.headers["HX-Trigger"])
    assert undo is not None and body_of(alice, other) == "[[New]]"
    assert browser.post(undo[0], headers=SCRIPT).status_code == 204
    assert body_of(alice, other) == "[[Old]]"


def test_making_notes(alice: Person) -> None:
    parent = make(alice, "Parent")
    form = make(alice, "Meeting", "On {{date}}: {{title}}", is_template=True)
    browser = alice.client()
    assert "Meeting" in shown(alice, f"/notes/new?parent={parent}")
    answer = browser.post("/notes", data={"title": "Talk", "template_id": form, "parent_id": parent})
    note_id = int(re.findall(r"\d+", answer.headers["Location"])[-1])
    assert answer.headers["Location"].endswith("/edit")
    note, text = queries.read_note(alice.actor, note_id)
    assert (note.title, note.parent_id) == ("Talk", parent) and text.body.endswith(": Talk")
    assert browser.post("/notes", data={"title": "x" * 400}).status_code == 422


def test_days(alice: Person) -> None:
    browser = alice.client()
    page = shown(alice, "/notes/daily")
    assert "Nothing is written for this day yet" in page
    assert browser.post("/notes/daily", data={"day": "2026-11-26"}).status_code == 303
    found = queries.find_daily(alice.actor, alice.space_id, date(2026, 11, 26))
    assert browser.get("/notes/daily?day=2026-11-26").headers["Location"].endswith(f"/notes/{found}")
    assert "note-week" in shown(alice, f"/notes/{found}")
    assert "2026-11-26" in shown(alice, "/notes?view=daily")
    assert browser.get("/notes/daily?day=nonsense").status_code == 422


def test_a_name_without_a_note_makes_it(alice: Person) -> None:
    source = make(alice, "Source", "[[New place]]")
    browser = alice.client()
    assert "No note has this name yet" in shown(alice, "/notes/named?title=New+place")
    made = browser.post("/notes/named", data={"title": "New place", "space": alice.space_id}, headers=SCRIPT)
    assert made.headers["X-Location"].endswith("/edit")
    (target,) = [link.target_id for link in queries.list_outgoing(alice.actor, source).items]
    assert browser.get("/notes/named?title=new+PLACE").headers["Location"].endswith(f"/notes/{target}")


def test_suggested_titles_end_with_the_new_name(alice: Person, stranger: Person) -> None:
    make(alice, "Garden plan")
    items = alice.client().get(f"/notes/titles?text=gard&space={alice.space_id}").get_json()["items"]
    assert [item["title"] for item in items] == ["Garden plan", "gard"]
    assert alice.client().get("/notes/titles").get_json()["items"][0]["title"] == "Garden plan"
    assert stranger.client().get(f"/notes/titles?space={alice.space_id}").status_code == 404


def test_a_preview_knows_links(alice: Person, stranger: Person) -> None:
    target = make(alice, "Target")
    address = f"/notes/preview?space={alice.space_id}"
    html = alice.client().post(address, data={"text": "[[Target]] <script>x</script>"}).get_data(as_text=True)
    assert f"/notes/{target}" in html and "<script>" not in html
    assert stranger.client().post(address, data={"text": "[[Target]]"}).status_code == 404


def test_marks_tags_trash_and_back(alice: Person) -> None:
    note = make(alice, "Plan")
    below = make(alice, "Below", parent_id=note)
    browser = alice.client()
    assert browser.post(f"/notes/{note}/marks", data={"pinned": "1"}).status_code == 303
    assert browser.post(f"/notes/{note}/tags", data={"tags": "a, b/c"}, headers=SCRIPT).status_code == 204
    found = queries.get_note(alice.actor, note)
    assert found.pinned and [tag.name for tag in found.tags] == ["a", "b/c"]
    answer = browser.post(f"/notes/{note}/trash", data={"part": "list"}, headers=SCRIPT)
    assert "2 notes" in answer.headers["HX-Trigger"]
    assert browser.post(f"/notes/restore?ids={note},x", headers=SCRIPT).status_code == 204
    assert queries.get_note(alice.actor, below).parent_id == note


@pytest.mark.parametrize(
    ("verb", "view"), [("pin", "pinned"), ("template", "templates"), ("unpin", "notes"), ("note", "notes")]
)
def test_the_bar_of_marked_notes(alice: Person, verb: str, view: str) -> None:
    ids = [make(alice, f"Note {number}") for number in range(2)]
    browser = alice.client()
    assert browser.post("/notes/bulk", data={"verb": verb, "ids": ids}, headers=SCRIPT).status_code == 204
    page = shown(alice, f"/notes?view={view}", headers={"HX-Request": "true"})
    assert "Note 0" in page and "Note 1" in page
    answer = browser.post("/notes/bulk", data={"verb": "trash", "ids": ids}, headers=SCRIPT)
    assert queries.trashed_titles(alice.actor, ids)
    assert browser.post(_undo_url(answer), headers=SCRIPT).status_code == 204
    assert "Note 0" in shown(alice, f"/notes?view={view}", headers={"HX-Request": "true"})
    assert browser.post("/notes/bulk", data={"verb": "trash"}, headers=SCRIPT).status_code == 422


def _undo_url(answer: TestResponse) -> str:
    return str(json.loads(answer.headers["HX-Trigger"])["toast"]["undo_url"])


def test_marked_notes_get_tags_lose_them_and_are_as_before(alice: Person, stranger: Person) -> None:
    one, two = make(alice, "One", tags=["a"]), make(alice, "Two")
    browser = alice.client()

    def names(note_id: int) -> list[str]:
        return [tag.name for tag in queries.get_note(alice.actor, note_id).tags]

    added = browser.post("/notes/bulk", data={"verb": "tag", "tags": "a, b", "ids": [one, two]}, headers=SCRIPT)
    assert (names(one), names(two)) == (["a", "b"], ["a", "b"])
    assert stranger.client().post(_undo_url(added), headers=SCRIPT).status_code == 404
    assert browser.post(_undo_url(added), headers=SCRIPT).status_code == 204
    assert (names(one), names(two)) == (["a"], [])
    assert browser.post(_undo_url(added), headers=SCRIPT).status_code == 410
    taken = browser.post("/notes/bulk", data={"verb": "untag", "tags": "A", "ids": [one, two]}, headers=SCRIPT)
    assert "1 note was changed" in taken.headers["HX-Trigger"]
    assert names(one) == []
    assert browser.post("/notes/bulk", data={"verb": "tag", "ids": [one]}, headers=SCRIPT).status_code == 422
    again = browser.post("/notes/bulk", data={"verb": "unpin", "ids": [one]}, headers=SCRIPT)
    assert "like that already" in again.headers["HX-Trigger"]
    assert "bulk-tags-field" in shown(alice, "/notes/bulk/tags", headers={"HX-Request": "true"})


def test_a_mark_that_was_edited_since_stays(alice: Person) -> None:
    one, two = make(alice, "One"), make(alice, "Two")
    done = service.change_many(alice.actor, [one, two], service.BulkVerb.PIN)
    service.mark_notes(alice.actor, [one], is_template=True)
    undone = service.undo_many(alice.actor, done.undo_id or 0)
    assert (undone.restored, undone.kept) == (1, (one,))
    assert queries.get_note(alice.actor, one).pinned
    assert not queries.get_note(alice.actor, two).pinned


def test_an_encrypted_note_is_not_opened_for_writing(alice: Person) -> None:
    note = make(alice, "Secret", "text")
    sealed = service.Sealed(cipher_text="Y" * 64, salt="c" * 24, iv="aXZpdml2aXZpdml2", iterations=600_000)
    service.seal_note(alice.actor, note, sealed, version=version_of(alice, note))
    assert "This note is encrypted" in shown(alice, f"/notes/{note}")
    assert alice.client().get(f"/notes/{note}/edit").status_code == 302


def test_names_that_are_not_written_yet(alice: Person, stranger: Person) -> None:
    make(alice, "Source", "[[Nowhere <b>]] and [[Nowhere <b>]]")
    page = shown(alice, "/notes/missing")
    assert "Nowhere &lt;b&gt;" in page and "2 mentions" in page
    assert "Every link leads somewhere" in shown(stranger, "/notes/missing")


def test_what_was_trashed_on_its_own_page_can_come_back(alice: Person) -> None:
    note = make(alice, "Plan")
    browser = alice.client()
    answer = browser.post(f"/notes/{note}/trash")
    assert "In the trash: Plan" in browser.get(answer.headers["Location"]).get_data(as_text=True)
    back = browser.post("/notes/restore", data={"ids": note, "then": "note"})
    assert back.headers["Location"].endswith(f"/notes/{note}")


def test_a_text_with_too_many_links_says_so(alice: Person) -> None:
    words = "only the first 2,000 are followed"
    note = make(alice, "Many", "[[a]] " * 2_001)
    assert words in shown(alice, f"/notes/{note}") and words in shown(alice, f"/notes/{note}/edit")
    edit(alice, note, body="[[a]] " * 2_000)
    assert words not in shown(alice, f"/notes/{note}")
