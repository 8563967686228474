"""Asking for an archive, making it, fetching it, and its end."""

import io
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest
from sqlalchemy import select

from tests.people import People
from trackeep.core import clock, db, ext
from trackeep.core.actor import Actor
from trackeep.core.audit import AuditEvent
from trackeep.core.errors import NotFound, Unauthenticated
from trackeep.core.jobs import JobRow, PermanentFailure
from trackeep.core.slots import Exporter, slots
from trackeep.portability import queries, service
from trackeep.portability.errors import AlreadyMaking, NotReady, TooManyArchives

TODAY = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def write_notes(actor: Actor) -> Iterable[bytes]:
    yield f"the notes of {actor.user_id}".encode()


@pytest.fixture
def alice(people: People) -> Actor:
    people.add("somebody")
    people.only_offer(Exporter(name="notes", domain="notes", file_name="notes.txt", write=write_notes, title="Notes"))
    return people.add("alice")


def made(actor: Actor) -> int:
    archive_id = service.request_archive(actor)
    service.make_archive(archive_id)
    return archive_id


def kept_files() -> list[Path]:
    return [path for path in (ext.settings().data_dir / "blobs").rglob("*") if path.is_file()]


def test_an_archive_is_asked_for_made_and_fetched(alice: Actor) -> None:
    archive_id = service.request_archive(alice)
    assert [archive.state for archive in queries.archives(alice)] == ["pending"]
    job = db.session().execute(select(JobRow.name, JobRow.arguments)).one()
    assert (job.name, job.arguments) == (service.MAKE_JOB, {"archive_id": archive_id})
    with pytest.raises(NotReady):
        service.open_archive(alice, archive_id)

    service.make_archive(archive_id)
    download = service.open_archive(alice, archive_id)
    assert ZipFile(io.BytesIO(download.path.read_bytes())).read("notes.txt") == f"the notes of {alice.user_id}".encode()
    (summary,) = queries.archives(alice)
    assert (summary.state, summary.size) == ("done", download.path.stat().st_size)


def test_making_it_again_changes_nothing(alice: Actor) -> None:
    archive_id = made(alice)
    before = (queries.archives(alice), kept_files())
    service.make_archive(archive_id)
    assert (queries.archives(alice), kept_files()) == before


def test_only_one_is_in_the_making(alice: Actor, people: People) -> None:
    service.request_archive(alice)
    with pytest.raises(AlreadyMaking):
        service.request_archive(alice)
    service.request_archive(people.add("bob"))


def test_one_that_never_came_counts_as_failed(alice: Actor) -> None:
    with clock.freeze(TODAY):
        service.request_archive(alice)
    with clock.freeze(TODAY + timedelta(hours=2)):
        assert [archive.state for archive in queries.archives(alice)] == ["failed"]
        service.request_archive(alice)
        assert [archive.state for archive in queries.archives(alice)] == ["pending", "failed"]


def test_a_person_keeps_only_a_few(alice: Actor) -> None:
    ids = [made(alice) for _ in range(service.MOST)]
    with pytest.raises(TooManyArchives):
        service.request_archive(alice)
    service.delete_archive(alice, ids[0])
    service.request_archive(alice)


def test_a_stranger_finds_nothing(alice: Actor, people: People) -> None:
    archive_id, bob = made(alice), people.add("bob", is_admin=True)
    assert queries.archives(bob) == []
    with pytest.raises(NotFound):
        service.open_archive(bob, archive_id)
    with pytest.raises(NotFound):
        service.delete_archive(bob, archive_id)
    with pytest.raises(Unauthenticated):
        service.request_archive(Actor())
    assert service.open_archive(alice, archive_id).path.exists()


def test_after_its_days_it_is_gone_with_its_file(alice: Actor) -> None:
    with clock.freeze(TODAY):
        archive_id = made(alice)
    with clock.freeze(TODAY + service.KEPT - timedelta(seconds=1)):
        assert service.forget_expired() == 0
        service.open_archive(alice, archive_id)
    with clock.freeze(TODAY + service.KEPT):
        with pytest.raises(NotReady):
            service.open_archive(alice, archive_id)
        assert queries.archives(alice) == []
        assert service.forget_expired() == 1
    assert kept_files() == []


def test_deleting_takes_the_file_and_leaves_the_others(alice: Actor) -> None:
    first, second = made(alice), made(alice)
    service.delete_archive(alice, first)
    assert [archive.id for archive in queries.archives(alice)] == [second]
    assert len(kept_files()) == 1


def test_one_deleted_while_it_was_made_leaves_no_file(alice: Actor, people: People) -> None:
    def delete_meanwhile(actor: Actor) -> Iterable[bytes]:
        service.delete_archive(actor, archive_id)
        yield b""

    people.only_offer(Exporter(name="notes", domain="notes", file_name="notes.txt", write=delete_meanwhile))
    archive_id = service.request_archive(alice)
    service.make_archive(archive_id)
    assert kept_files() == []
    assert queries.archives(alice) == []


def test_an_owner_who_is_gone_gets_none(alice: Actor) -> None:
    archive_id = service.request_archive(alice)
    slots.fill(())
    with pytest.raises(PermanentFailure):
        service.make_archive(archive_id)
    assert [archive.state for archive in queries.archives(alice)] == ["failed"]


def test_a_member_that_breaks_leaves_nothing_half_done(alice: Actor, people: People) -> None:
    def broken(_actor: Actor) -> Iterable[bytes]:
        yield b"half"
        raise RuntimeError("broken")

    people.only_offer(Exporter(name="notes", domain="notes", file_name="notes.txt", write=broken))
    archive_id = service.request_archive(alice)
    with pytest.raises(RuntimeError):
        service.make_archive(archive_id)
    assert kept_files() == []
    assert [archive.state for archive in queries.archives(alice)] == ["pending"]


def test_what_happens_to_archives_is_recorded(alice: Actor) -> None:
    archive_id = made(alice)
    service.open_archive(alice, archive_id)
    service.delete_archive(alice, archive_id)
    names = db.session().scalars(select(AuditEvent.name).order_by(AuditEvent.id)).all()
    assert [name.removeprefix("portability.archive_") for name in names] == ["requested", "downloaded", "deleted"]
