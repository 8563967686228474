"""How far pages were read goes into the archive of the account, and comes back with it and from other products."""

import io
import json
from datetime import UTC, datetime, timedelta

import pytest
from apiflask import APIFlask
from sqlalchemy import update

from tests.bookmarks.formats.reading import archive
from tests.bookmarks.importing import EVERYTHING, bring_file, library, run
from tests.bookmarks.reading import saved
from tests.people import People
from tests.statements import counted
from trackeep.bookmarks import exports, queries, service
from trackeep.bookmarks.articles.looks import ReaderLooks
from trackeep.bookmarks.drafts import Draft
from trackeep.bookmarks.formats.own import places
from trackeep.bookmarks.models import ReadingProgress
from trackeep.bookmarks.progress import NOT_BEGUN, Progress
from trackeep.bookmarks.provides import carrying
from trackeep.bookmarks.service.saving import save_many
from trackeep.core import clock, db, jobs
from trackeep.core.actor import Actor, Role
from trackeep.spaces import service as spaces

READ = datetime(2026, 3, 1, 8, 30, 15, 250_000, tzinfo=UTC)
MANIFEST = b'{"format": "trackeep-archive", "version": 1}'


@pytest.fixture
def alice(people: People) -> Actor:
    return people.add("alice")


@pytest.fixture(autouse=True)
def no_fetches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "enqueue_many", lambda *_arguments, **_named: None)


def read_long_ago(actor: Actor, number: int, fraction: float) -> int:
    bookmark_id = saved(actor, number)
    service.note_progress(actor, bookmark_id, fraction)
    mine = (ReadingProgress.bookmark_id == bookmark_id, ReadingProgress.user_id == actor.user_id)
    with db.unit_of_work() as session:
        session.execute(update(ReadingProgress).where(*mine).values(updated_at=READ))
    return bookmark_id


def archived(actor: Actor, **members: bytes) -> bytes:
    return archive(
        {
            "manifest.json": MANIFEST,
            "bookmarks.jsonl": b"".join(exports.export(actor, EVERYTHING, "jsonl")),
            "reading.jsonl": b"".join(carrying.export_reading(actor)),
            **{name.replace("_", "."): content for name, content in members.items()},
        }
    )


def progress_of(actor: Actor, number: int) -> Progress:
    return queries.progress_of(actor, library(actor)[f"https://example.org/{number}"].id)


def test_the_archive_holds_the_places_of_the_own_space(
    people: People, alice: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("trackeep.bookmarks.queries.reading.STEP", 2)
    bob = people.add("bob")
    team = spaces.create_team(alice, name="Together")
    alice = people.join("alice", team, Role.OWNER)
    ids = [read_long_ago(alice, number, 0.1 * number) for number in range(1, 6)]
    saved(alice, 7)
    service.note_progress(alice, saved(alice, 8, space_id=team), 0.5)
    shared = saved(bob, 9, shared=True)
    service.note_progress(alice, shared, 0.5)
    service.note_progress(bob, shared, 0.7)
    service.trash_bookmarks(alice, [ids[0]])

    lines = [json.loads(line) for line in b"".join(carrying.export_reading(alice)).splitlines()]

    assert [line["url"] for line in lines] == [f"https://example.org/{number}" for number in range(2, 6)]
    assert lines[0] == {
        "url": "https://example.org/2",
        "fraction": 0.2,
        "updated_at": "2026-03-01T08:30:15.250000+00:00",
        "finished_at": None,
    }


def test_the_archive_holds_how_the_reader_is_set(alice: Actor) -> None:
    service.save_looks(alice, ReaderLooks(theme="sepia", marks_read=False))

    told = json.loads(b"".join(carrying.export_looks(alice)))

    assert told == {
        "font": "sans", "size": "medium", "width": "medium", "line": "medium", "theme": "sepia", "marks_read": False
    }  # fmt: skip


def test_another_account_gets_its_places_back(app: APIFlask, people: People, alice: Actor) -> None:
    read_long_ago(alice, 1, 0.29)
    done = read_long_ago(alice, 2, 1.0)
    service.note_progress(alice, done, 0.0)
    saved(alice, 3)
    bob = people.add("bob")

    run(app, bob, bring_file(app, bob, archived(alice)))

    assert progress_of(bob, 1) == Progress(0.29, READ, None)
    assert progress_of(bob, 2) == progress_of(alice, 2)
    assert progress_of(bob, 2).finished_at is not None
    assert not progress_of(bob, 3)
    assert [each.percent for each in queries.continue_reading(bob, 10)] == [29]


def test_what_the_library_has_keeps_its_place(app: APIFlask, alice: Actor) -> None:
    bookmark_id = read_long_ago(alice, 1, 0.3)
    content = archived(alice)
    service.note_progress(alice, bookmark_id, 0.6)

    run(app, alice, bring_file(app, alice, content))

    assert queries.progress_of(alice, bookmark_id).fraction == 0.6


def test_damaged_lines_cost_no_bookmark(app: APIFlask, people: People, alice: Actor) -> None:
    for number in range(1, 5):
        saved(alice, number)
    ahead = (clock.now() + timedelta(hours=5)).isoformat()
    lines = (
        b"nonsense\n\xff\xfe\n[1]\n\n"
        b'{"url": "javascript:1", "fraction": 0.5}\n{"url": 5, "fraction": 0.5}\n{"fraction": 0.5}\n'
        b'{"url": "https://example.org/1", "fraction": 7, "updated_at": true}\n'
        b'{"url": "https://example.org/2", "fraction": true}\n'
        b'{"url": "https://example.org/3", "fraction": 0.5, "updated_at": "yesterday", "finished_at": [1]}\n'
        b'{"url": "https://example.org/4", "fraction": 0.5, "updated_at": "' + ahead.encode() + b'"}'
    )
    bob = people.add("bob")

    done = run(app, bob, bring_file(app, bob, archived(alice, reading_jsonl=lines)))

    assert (done.saved, done.counts.get("broken", 0)) == (4, 0)
    assert [progress_of(bob, number).fraction for number in range(1, 5)] == [0, 0, 0.5, 0.5]
    assert (progress_of(bob, 4).updated_at or clock.now()) <= clock.now()


def test_only_so_many_places_are_kept_in_memory(monkeypatch: pytest.MonkeyPatch, alice: Actor) -> None:
    monkeypatch.setattr(places, "MOST", 1)
    read_long_ago(alice, 1, 0.3), read_long_ago(alice, 2, 0.3)
    found = places.Places()

    found.read_lines(io.BytesIO(b"".join(carrying.export_reading(alice))), clock.now())

    assert found.of_page("https://example.org/1").fraction == 0.3
    assert found.of_page("https://example.org/2") is NOT_BEGUN


def test_what_was_read_in_another_product(app: APIFlask, alice: Actor) -> None:
    content = (
        b"Title,URL,Document tags,Saved date,Reading progress,Location\n"
        b"Half,https://example.org/1,,2024-01-02 10:00:00+00:00,0.42,later\n"
        b"Whole,https://example.org/2,,2024-01-02 10:00:00+00:00,1,archive\n"
        b"New,https://example.org/3,,2024-01-02 10:00:00+00:00,0,new\n"
        b"Half again,https://example.org/1?utm_source=x,,2024-01-02 10:00:00+00:00,0.5,later\n"
    )

    run(app, alice, bring_file(app, alice, content))

    at = datetime(2024, 1, 2, 10, tzinfo=UTC)
    assert progress_of(alice, 1) == Progress(0.5, at, None)
    assert progress_of(alice, 2) == Progress(1.0, at, at)
    assert not progress_of(alice, 3)


@pytest.mark.parametrize("count", [5, 500])
def test_many_take_two_statements(alice: Actor, count: int) -> None:
    space_id = alice.personal_space_id or 0
    plain = [Draft(url=f"https://example.com/{number}") for number in range(count)]
    begun = [Draft(url=f"https://example.org/{number}", progress=Progress(0.5)) for number in range(count)]
    with counted() as without:
        save_many(alice, space_id=space_id, drafts=plain)

    with counted() as sent:
        save_many(alice, space_id=space_id, drafts=begun)

    assert len(sent) - len(without) <= 2
    assert len(queries.percents(alice)) == min(count, 300)
