"""The verbs of archives: ask for one, make it, fetch it, delete it, and forget those that have expired."""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from trackeep.core import audit, clock, db, ext, jobs
from trackeep.core.actor import Actor
from trackeep.core.jobs import PermanentFailure
from trackeep.core.slots import Exporter, slots
from trackeep.portability import queries
from trackeep.portability.errors import AlreadyMaking, NotReady, TooManyArchives
from trackeep.portability.models import Archive
from trackeep.portability.packing import Member, pack

KEPT = timedelta(days=7)
MOST = 5
LARGEST = 64 * 1024**3
CHUNK = 256 * 1024
MAKE_JOB = "portability.make_archive"


@dataclass(frozen=True, slots=True)
class Download:
    """A finished archive on the disk, and the name it gets on the way out."""

    path: Path
    file_name: str


def request_archive(actor: Actor) -> int:
    """Have an archive made in the background and answer its id. Raises AlreadyMaking while one is in the making, and
    TooManyArchives when the person keeps too many."""
    user_id, now = actor.require_user(), clock.now()
    try:
        with db.unit_of_work() as session:
            _give_up_late(user_id, now)
            if _count(user_id, now) >= MOST:
                raise TooManyArchives()
            row = {"user_id": user_id, "state": "waiting", "created_at": now, "expires_at": now + KEPT}
            archive_id = session.scalars(insert(Archive).returning(Archive.id), [row]).one()
            jobs.enqueue(MAKE_JOB, {"archive_id": archive_id}, unique_key=f"{MAKE_JOB}:{archive_id}")
            audit.record(actor, "portability.archive_requested", archive_id=archive_id)
    except IntegrityError as error:
        raise AlreadyMaking() from error
    return archive_id


def make_archive(archive_id: int) -> None:
    """Write the archive and keep it; doing it again changes nothing. Raises PermanentFailure when its owner is gone."""
    found = db.session().execute(select(Archive.user_id, Archive.state).where(Archive.id == archive_id)).first()
    if found is None or found.state != "waiting":
        return
    actor = slots.actor_of(found.user_id)
    if actor is None:
        _finish(archive_id, state="failed")
        raise PermanentFailure("The owner of this archive cannot act any more.")
    folder = ext.settings().data_dir
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=folder) as file:
        pack(file, _members(actor), made_at=clock.now(), number=archive_id)
        size = file.tell()
        key = ext.blobs().put(_chunks(file), LARGEST)
    if not _finish(archive_id, state="done", blob_key=key, size=size):
        ext.blobs().delete(key)


def open_archive(actor: Actor, archive_id: int) -> Download:
    """Raises NotFound unless it is the actor's own, NotReady while it is not made or once it has expired, and Forbidden
    for a token that may not read everything that an archive holds."""
    for exporter in slots.each(Exporter):
        actor.require_scope(f"{exporter.domain}:read")
    found = queries.archive_of(actor, archive_id)
    path = ext.blobs().path(found.blob_key) if found.blob_key else None
    if path is None or found.expires_at <= clock.now() or not path.exists():
        raise NotReady()
    with db.unit_of_work():
        audit.record(actor, "portability.archive_downloaded", archive_id=archive_id)
    return Download(path, f"trackeep-{found.created_at:%Y-%m-%d}-{archive_id}.zip")


def delete_archive(actor: Actor, archive_id: int) -> None:
    with db.unit_of_work():
        found = queries.archive_of(actor, archive_id)
        _forget(found.id, found.blob_key)
        audit.record(actor, "portability.archive_deleted", archive_id=archive_id)


def forget_expired() -> int:
    """Delete the archives whose days are over; answers how many."""
    with db.unit_of_work() as session:
        expired = session.execute(select(Archive.id, Archive.blob_key).where(Archive.expires_at <= clock.now())).all()
        for row in expired:
            _forget(row.id, row.blob_key)
    return len(expired)


def _members(actor: Actor) -> list[Member]:
    exporters = slots.each(Exporter)
    return [Member(each.file_name, str(each.title or each.name), each.write(actor)) for each in exporters]


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    file.seek(0)
    return iter(lambda: file.read(CHUNK), b"")


def _finish(archive_id: int, **values: object) -> bool:
    """Whether the archive was still waited for."""
    with db.unit_of_work() as session:
        waiting = update(Archive).where(Archive.id == archive_id, Archive.state == "waiting")
        done = waiting.values(**values).returning(Archive.id).execution_options(synchronize_session=False)
        return session.scalar(done) is not None


def _forget(archive_id: int, blob_key: str | None) -> None:
    # The key belongs to this archive alone: its number is part of the content.
    db.session().execute(delete(Archive).where(Archive.id == archive_id).execution_options(synchronize_session=False))
    if blob_key:
        db.after_commit(lambda: ext.blobs().delete(blob_key))


def _give_up_late(user_id: int, now: datetime) -> None:
    late = (Archive.user_id == user_id, Archive.state == "waiting", Archive.created_at < now - queries.LONGEST)
    db.session().execute(update(Archive).where(*late).values(state="failed"))


def _count(user_id: int, now: datetime) -> int:
    kept = select(func.count()).where(Archive.user_id == user_id, Archive.expires_at > now)
    return db.session().scalar(kept) or 0
