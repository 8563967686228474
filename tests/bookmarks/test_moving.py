"""A person moves in from any product and out again in any form, and nothing is lost."""

import pytest
from apiflask import APIFlask

from tests.bookmarks.formats.reading import archive, sample
from tests.bookmarks.formats.test_products import BROKEN, WELL_FORMED
from tests.bookmarks.importing import EVERYTHING, bring_file, entries_in, library, report, run
from tests.people import People
from trackeep.bookmarks import exports, formats, queries, service
from trackeep.bookmarks.drafts import Draft, Quote
from trackeep.bookmarks.imports import Outcome, draft_of
from trackeep.core import jobs
from trackeep.core.actor import Actor

FORMS = tuple(exports.FILE_TYPES)
NASTY = (
    "=cmd|' /C calc'!A0",
    "'=quoted already",
    'commas, "quotes"; \\ and [brackets](<x>)',
    "שלום \u202emirrored",
    "🚲 " * 30,
    "long " * 200,
    "",
)


@pytest.fixture
def alice(people: People) -> Actor:
    return people.add("alice")


@pytest.fixture(autouse=True)
def no_fetches(monkeypatch: pytest.MonkeyPatch) -> None:
    """These tests are about files; nothing is fetched."""
    monkeypatch.setattr(jobs, "enqueue_many", lambda *_arguments, **_named: None)


def known(actor: Actor, *, with_author: bool = True, whole_seconds: bool = False) -> list[tuple[object, ...]]:
    """All that a person could miss, comparable between two libraries."""
    paths = {node.id: node.path for node in queries.collection_tree(actor)}
    return sorted(
        (
            item.url,
            item.title,
            item.description,
            item.notes,
            sorted(tag.name for tag in item.tags),
            sorted(paths[each] for each in item.collection_ids),
            (item.unread, item.favourite, item.archived, item.shared),
            int(item.added_at.timestamp()) if whole_seconds else item.added_at,
            (item.author, item.published_at) if with_author else None,
            _marked(actor, item.id) if with_author else None,
        )
        for item in library(actor).values()
    )


def _marked(actor: Actor, bookmark_id: int) -> list[tuple[str, str, str]]:
    items = [placed.item for placed in queries.highlights_of(actor, bookmark_id)]
    return sorted((item.quote, item.note, item.colour) for item in items)


def moved(app: APIFlask, people: People, alice: Actor, form: str) -> Actor:
    content = b"".join(exports.export(alice, EVERYTHING, form))
    other = people.add(f"to{form}")
    item = bring_file(app, other, content, name="x")
    done = run(app, other, item, share_public=True)
    assert done.state == "done"
    assert entries_in({**done.counts, "skipped": 0, "broken": 0}) == done.total
    return other


def compared(actor: Actor, form: str) -> list[tuple[object, ...]]:
    """HTML has neither authors nor highlights nor parts of seconds."""
    return known(actor, with_author=form != "html", whole_seconds=form == "html")


def fill_with_nasty_values(actor: Actor) -> None:
    space_id = actor.personal_space_id or 0
    parent: int | None = None
    ids = []
    for depth in range(50):
        name = NASTY[depth % len(NASTY)][:150].strip() or "x"
        parent = service.create_collection(actor, space_id, name=f"{name} {depth}", parent_id=parent)
        ids.append(parent)
    for number, text in enumerate(NASTY):
        draft = Draft(
            url=f"https://nasty.example/{number}?a=<b>&c='d'(e)",
            title=text[:1_000],
            description=f"{text}\n\n  two lines",
            notes=f"- [ ] task\n    > {text}\n## no heading",
            tags=["two words", f"=t{number}", "a/b"],
            collection_ids=[ids[number], ids[-1]],
            unread=number % 2 == 0,
            favourite=number % 3 == 0,
            archived=number % 4 == 0,
            shared=number % 5 == 0,
            highlights=[Quote(text=text.strip() or "x", note=f"{text}\n\n> q", colour="pink"), Quote(text="plain")],
        )
        service.save_bookmark(actor, space_id=space_id, draft=draft)


@pytest.mark.parametrize("form", FORMS)
def test_a_library_full_of_nasty_values_comes_back(app: APIFlask, people: People, alice: Actor, form: str) -> None:
    fill_with_nasty_values(alice)

    assert compared(moved(app, people, alice, form), form) == compared(alice, form)


@pytest.mark.parametrize("form", FORMS)
def test_from_any_product_in_and_out_again(app: APIFlask, people: People, alice: Actor, form: str) -> None:
    for name in WELL_FORMED:
        brought = bring_file(app, alice, sample(name), name="nameless")
        assert brought.format == WELL_FORMED[name].value
        done = run(app, alice, brought)
        assert entries_in(done.counts) == done.total
    assert len(library(alice)) > 20

    assert compared(moved(app, people, alice, form), form) == compared(alice, form)


@pytest.mark.parametrize("name", [*WELL_FORMED, *BROKEN])
def test_the_same_file_twice_saves_nothing_twice_and_is_taken_back(app: APIFlask, alice: Actor, name: str) -> None:
    done = run(app, alice, bring_file(app, alice, sample(name)))
    before = known(alice)
    again = run(app, alice, bring_file(app, alice, sample(name)))

    assert (done.saved, again.saved) == (len(before), 0)
    assert known(alice) == before
    assert len(report(alice, done)) >= done.total
    service.start_undo(alice, done.id)
    jobs.work_off(app)
    assert queries.get_import(alice, done.id).state == "undone"
    assert library(alice) == {}
    assert queries.collection_tree(alice) == []


def test_the_archive_of_the_account_comes_in_by_the_same_door(app: APIFlask, people: People, alice: Actor) -> None:
    fill_with_nasty_values(alice)
    content = archive(
        {
            "manifest.json": b'{"format": "trackeep-archive", "version": 1}',
            "bookmarks.html": b"".join(exports.export(alice, EVERYTHING, "html")),
            "bookmarks.jsonl": b"".join(exports.export(alice, EVERYTHING, "jsonl")),
        }
    )
    bob = people.add("bob")

    done = run(app, bob, bring_file(app, bob, content), share_public=True)

    assert done.format == formats.Format.TRACKEEP.value
    assert known(bob) == known(alice)


def test_one_page_in_two_folders_is_one_bookmark_in_two_collections(app: APIFlask, alice: Actor) -> None:
    run(app, alice, bring_file(app, alice, sample("karakeep.json")))

    bread = library(alice)["https://bread.example/rise"]
    paths = {node.id: node.path for node in queries.collection_tree(alice)}
    assert sorted(paths[each] for each in bread.collection_ids) == [("Kitchen", "Bread"), ("To read",)]


def test_the_same_page_twice_merges_tags_and_highlights_and_is_told(app: APIFlask, alice: Actor) -> None:
    content = (
        b"url,title,excerpt,folder,tags,highlights\n"
        b'https://a.example/,A,,X,one,"First\nSecond"\nhttp://a.example/?utm_source=x,B,,Y,two,"Second\nThird"\n'
    )
    item = bring_file(app, alice, content)
    assert item.counts["same"] == 1
    run(app, alice, item)

    (bookmark,) = library(alice).values()
    assert [tag.name for tag in bookmark.tags] == ["one", "two"]
    assert len(bookmark.collection_ids) == 2


def test_highlights_of_the_same_page_are_carried_once() -> None:
    first = {"highlights": [{"text": "A"}, {"text": "B", "note": "n", "colour": "blue"}]}
    second = {"highlights": [{"text": "A", "note": "later"}, {"text": "C", "added": "2024-01-01T00:00:00+00:00"}]}

    draft = draft_of(first, [second], title="T", url="https://a.example/", collection_ids=[])

    assert [(quote.text, quote.note, quote.colour) for quote in draft.highlights] == [
        ("A", "later", "yellow"),
        ("B", "n", "blue"),
        ("C", "", "yellow"),
    ]
    assert isinstance(draft.highlights[0], Quote)


def test_highlights_wait_in_the_report_until_they_are_saved(app: APIFlask, alice: Actor) -> None:
    item = bring_file(app, alice, sample("raindrop.csv"))

    assert report(alice, item, Outcome.NEW)[0].title == "How bread rises"
