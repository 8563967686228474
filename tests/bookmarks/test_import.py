"""Imports: the dry run, the saving, interruptions and the way back."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from apiflask import APIFlask

from tests.bookmarks.browser_export import Kind, browser_export
from tests.bookmarks.importing import HEAD, bring, bring_file, entries_in, entry, folder, library, report, run, work
from tests.bookmarks.test_api import save
from tests.people import Browser, People
from trackeep.bookmarks import queries, service
from trackeep.bookmarks.drafts import Changes
from trackeep.bookmarks.service.importing import running
from trackeep.core import ext, jobs
from trackeep.core.actor import Actor
from trackeep.core.errors import Gone, TooLarge


@pytest.fixture
def alice(people: People) -> Actor:
    return people.add("alice")


@pytest.fixture
def browser(people: People, alice: Actor) -> Browser:
    return people.browser("alice")


@pytest.fixture(autouse=True)
def no_fetches(monkeypatch: pytest.MonkeyPatch) -> None:
    """These tests are about the import; nothing is fetched after it."""
    monkeypatch.setattr(jobs, "enqueue_many", lambda *_arguments, **_named: None)


def test_the_dry_run_saves_nothing_and_the_run_saves_all(app: APIFlask, alice: Actor) -> None:
    item = bring(
        app,
        alice,
        folder("Kitchen", folder("Bread & more", entry("https://example.org/rye", "Rye", marks='TAGS="food,a/b"'))),
        entry("https://example.org/two", "Two", marks='ADD_DATE="1300000000" TOREAD="1"', detail="<DD>Why &amp; how\n"),
    )

    assert (item.state, item.total, item.counts["new"]) == ("checked", 2, 2)
    assert library(alice) == {}

    done = run(app, alice, item)

    assert (done.state, done.saved, done.error) == ("done", 2, None)
    found = library(alice)
    rye, two = found["https://example.org/rye"], found["https://example.org/two"]
    assert [tag.name for tag in rye.tags] == ["a/b", "food"]
    paths = {node.id: node.path for node in queries.collection_tree(alice)}
    assert [paths[each] for each in rye.collection_ids] == [("Kitchen", "Bread & more")]
    assert (two.title, two.description, two.unread, two.added_at.year) == ("Two", "Why & how", True, 2011)


def test_a_second_import_of_the_file_changes_nothing(app: APIFlask, alice: Actor) -> None:
    content = browser_export(200).bytes()
    run(app, alice, bring_file(app, alice, content))
    before = library(alice)

    again = bring_file(app, alice, content)
    done = run(app, alice, again)

    assert again.counts.get("new", 0) == 0
    assert done.state == "done"
    assert done.saved == 0
    assert library(alice) == before


@pytest.mark.parametrize("style", ["firefox", "chrome"])
def test_no_entry_is_lost_without_a_word(app: APIFlask, alice: Actor, style: str) -> None:
    export = browser_export(1_000, style=style)
    item = bring_file(app, alice, export.bytes())

    assert item.total == 1_000
    assert entries_in(item.counts) == 1_000
    assert item.counts["new"] == export.distinct
    assert item.counts["same"] == export.kinds[Kind.DUPLICATE]
    assert item.counts["broken"] == export.kinds[Kind.UNCLOSED_TAG]
    lines = report(alice, item)
    assert sorted({line.number for line in lines}) == list(range(1, 1_001))
    assert all(line.notes for line in lines if line.outcome not in ("new", "saved"))

    done = run(app, alice, item)

    assert entries_in(done.counts) == 1_000
    assert done.saved == export.distinct == len(library(alice))


def test_the_same_page_twice_is_one_bookmark_in_both_folders(app: APIFlask, alice: Actor) -> None:
    item = bring(
        app,
        alice,
        folder("One", entry("https://example.org/a", "First", marks='TAGS="x" ADD_DATE="1300000000"')),
        folder("Two", entry("http://example.org/a?utm_source=z", "Second", marks='TAGS="y,X" ADD_DATE="1200000000"')),
    )
    lines = report(alice, item)
    assert [line.outcome for line in lines] == ["new", "same"]
    assert "entry 1" in lines[1].notes[0]

    run(app, alice, item)

    (found,) = library(alice).values()
    assert found.title == "First"
    assert sorted(tag.name for tag in found.tags) == ["x", "y"]
    assert len(found.collection_ids) == 2
    assert found.added_at.year == 2008


def test_what_the_library_has_stays_as_it_is(app: APIFlask, alice: Actor) -> None:
    kept = save(alice, 1, title="Mine", tags=["own"])
    url = queries.get_bookmark(alice, kept).url

    item = bring(app, alice, entry(url, "Theirs", marks='TAGS="new"'), entry(url, "Again"))

    assert item.counts == {"known": 2, "public": 0, "left": 0}
    assert run(app, alice, item).saved == 0
    assert queries.get_bookmark(alice, kept).title == "Mine"


def test_other_bookmarks_is_no_collection_but_the_toolbar_is(app: APIFlask, alice: Actor) -> None:
    item = bring(
        app,
        alice,
        folder("Lesezeichenleiste", entry("https://example.org/bar"), marks='PERSONAL_TOOLBAR_FOLDER="true"'),
        folder(
            "Weitere Lesezeichen",
            entry("https://example.org/loose"),
            folder("Deep", entry("https://example.org/deep")),
            marks='UNFILED_BOOKMARKS_FOLDER="true"',
        ),
    )
    run(app, alice, item)

    assert [node.path for node in queries.collection_tree(alice)] == [("Deep",), ("Lesezeichenleiste",)]
    assert library(alice)["https://example.org/loose"].collection_ids == []


def test_nothing_is_shared_unless_the_person_says_so(app: APIFlask, alice: Actor) -> None:
    public = entry("https://example.org/p", marks='PRIVATE="0"')
    item = bring(app, alice, public, entry("https://example.org/q", marks='PRIVATE="1"'))
    assert item.counts["public"] == 1

    run(app, alice, item, share_public=True)

    assert [url for url, found in library(alice).items() if found.shared] == ["https://example.org/p"]
    other = bring(app, alice, entry("https://example.org/r", marks='PRIVATE="0"'))
    run(app, alice, other)
    assert not library(alice)["https://example.org/r"].shared


def test_odd_texts_are_cut_cleaned_and_told(app: APIFlask, alice: Actor) -> None:
    item = bring(
        app,
        alice,
        entry("https://example.org/long", "word " * 2_000),
        entry("https://example.org/nul", "a\0b"),
        entry("https://example.org/emoji", "🚲🌧️ שלום عربى", marks='TAGS="日本,#hash,/"'),
        entry("javascript:alert(1)", "Little program"),
        entry("https://example.org/" + "x" * 10_000),
        entry("https://example.org/detail", detail="<DD>" + "long " * 5_000),
        entry("https://example.org/key", marks='SHORTCUTURL="k"'),
        b'<DT><A HREF="https://example.org/latin">Caf\xe9</A>\n',
    )
    outcomes = [line.outcome for line in report(alice, item)]
    assert outcomes == ["new", "new", "new", "skipped", "skipped", "new", "new", "new"]
    assert all(line.notes for line in report(alice, item) if line.title != "🚲🌧️ שלום عربى")

    assert run(app, alice, item).saved == 6
    found = library(alice)
    assert len(found["https://example.org/long"].title) == 1_000
    assert found["https://example.org/nul"].title == "ab"
    assert [tag.name for tag in found["https://example.org/emoji"].tags] == ["hash", "日本"]
    assert len(found["https://example.org/detail"].description) <= 20_000
    assert found["https://example.org/latin"].title == "Café"


def test_a_file_that_ends_in_the_middle_is_told(app: APIFlask, alice: Actor) -> None:
    content = (HEAD + folder("A", entry("https://example.org/a")) + '<DT><A HREF="https://exam').encode()
    item = bring_file(app, alice, content)

    assert item.state == "checked"
    assert item.counts["new"] == 1
    assert any("damaged" in note or "ends" in note for line in report(alice, item) for note in line.notes)


def test_utf_16_is_read(app: APIFlask, alice: Actor) -> None:
    content = (HEAD + entry("https://example.org/a", "Größe") + "</DL>").encode("utf-16")

    run(app, alice, bring_file(app, alice, content))

    assert library(alice)["https://example.org/a"].title == "Größe"


def test_a_file_that_is_too_large_leaves_nothing(app: APIFlask, alice: Actor) -> None:
    ext.settings.bind(replace(ext.settings(), max_import_size=5_000))

    with pytest.raises(TooLarge):
        bring(app, alice, *[entry(f"https://example.org/{number}") for number in range(500)])
    assert queries.list_imports(alice) == []
    assert not [path for path in (ext.settings().data_dir / "blobs").rglob("*") if path.is_file()]


def test_the_file_is_gone_after_the_dry_run(app: APIFlask, alice: Actor) -> None:
    bring(app, alice, entry("https://example.org/a"))

    assert not [path for path in (ext.settings().data_dir / "blobs").rglob("*") if path.is_file()]


def test_two_clicks_save_once(app: APIFlask, alice: Actor) -> None:
    item = bring(app, alice, *[entry(f"https://example.org/{number}") for number in range(20)])

    service.start_import(alice, item.id)
    service.start_import(alice, item.id)
    work(app)
    service.start_import(alice, item.id)
    work(app)

    assert queries.get_import(alice, item.id).saved == 20
    assert len(library(alice)) == 20


def test_a_killed_worker_goes_on_where_it_was(app: APIFlask, alice: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "BATCH", 30)
    export = browser_export(200)
    item = bring_file(app, alice, export.bytes())
    service.start_import(alice, item.id)
    with monkeypatch.context() as killing:
        killing.setattr(running, "save_many", _failing_after(3))
        with pytest.raises(_KilledError):
            service.run_import(item.id)
    halfway = queries.get_import(alice, item.id)
    assert (halfway.state, halfway.saved) == ("running", 90)

    service.run_import(item.id)
    service.run_import(item.id)

    done = queries.get_import(alice, item.id)
    assert (done.state, done.saved, done.error) == ("done", export.distinct, None)
    assert entries_in(done.counts) == 200
    assert len(library(alice)) == export.distinct


class _KilledError(BaseException):
    """A worker that is killed raises nothing that anybody catches."""


def _failing_after(times: int) -> Callable[..., list[int]]:
    left = [times]

    def save_some(*arguments: Any, **named: Any) -> list[int]:
        ids = service.save_many(*arguments, **named)
        if not left[0]:
            raise _KilledError
        left[0] -= 1
        return ids

    return save_some


def test_an_interruption_is_told_and_the_button_goes_on(
    app: APIFlask, alice: Actor, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = bring(app, alice, entry("https://example.org/a"))
    service.start_import(alice, item.id)
    with monkeypatch.context() as breaking:
        breaking.setattr(running, "save_many", lambda *_arguments, **_named: [].pop())
        with pytest.raises(IndexError):
            service.run_import(item.id)
    assert "interrupted" in (queries.get_import(alice, item.id).error or "")
    assert "Go on now" in browser.get(f"/bookmarks/import/{item.id}", partial=True).text

    done = run(app, alice, item)

    assert (done.state, done.saved, done.error) == ("done", 1, None)


def test_a_page_saved_meanwhile_is_left_alone(app: APIFlask, alice: Actor) -> None:
    kept = save(alice, 1)
    url = queries.get_bookmark(alice, kept).url
    service.trash_bookmarks(alice, [kept])
    item = bring(app, alice, entry(url), entry("https://example.org/other"))
    service.restore_bookmarks(alice, [kept])

    done = run(app, alice, item)

    assert (done.saved, done.counts["known"], done.counts["saved"]) == (1, 1, 1)


def test_undo_takes_back_all_but_what_was_edited(app: APIFlask, alice: Actor) -> None:
    item = bring(
        app,
        alice,
        folder("Made", entry("https://example.org/a"), entry("https://example.org/b")),
        folder("Kept", entry("https://example.org/c")),
    )
    run(app, alice, item)
    edited = library(alice)["https://example.org/c"]
    service.edit_bookmark(alice, edited.id, Changes(title="Mine now"), version=edited.version)
    fetched = library(alice)["https://example.org/a"]
    service.note_fetch_failure(fetched.id, "not reachable")

    service.start_undo(alice, item.id)
    service.start_undo(alice, item.id)
    work(app)

    undone = queries.get_import(alice, item.id)
    assert (undone.state, undone.counts["undone"], undone.counts["kept"]) == ("undone", 2, 1)
    assert list(library(alice)) == ["https://example.org/c"]
    assert [node.name for node in queries.collection_tree(alice)] == ["Kept"]
    with pytest.raises(Gone):
        service.start_undo(alice, item.id)
