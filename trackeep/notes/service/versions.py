"""Keeping what notes said: each save is a version, saves of one person within five minutes are one."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import aliased

from trackeep.core import clock, db
from trackeep.core.actor import Actor
from trackeep.notes.models import NoteVersion
from trackeep.notes.packing import pack

ONE_SITTING = timedelta(minutes=5)
MAX_VERSIONS = 100
KEPT = timedelta(days=365)
_BATCH = 500


def add_versions(actor: Actor, texts: Mapping[int, tuple[str, str]], *, apart: bool = False) -> None:
    """Keep title and body of these notes as their newest versions, inside the open unit of work. The oldest beyond
    ``MAX_VERSIONS`` go."""
    now, newest = clock.now(), _newest_of(list(texts))
    rows: list[dict[str, Any]] = []
    for note_id, (title, body) in texts.items():
        last = newest.get(note_id)
        same_sitting = not apart and last and last.author_id == actor.user_id and now - last.begun_at < ONE_SITTING
        rows.append(
            {
                "note_id": note_id,
                "number": (last.number if same_sitting else last.number + 1) if last else 1,
                "author_id": actor.user_id,
                "begun_at": last.begun_at if last and same_sitting else now,
                "saved_at": now,
                "title": title,
                "size": len(body.encode()),
                "body": pack(body),
            }
        )
    adding = db.upsert(NoteVersion)
    replaced = {name: adding.excluded[name] for name in ("saved_at", "title", "size", "body")}
    keys = [NoteVersion.note_id, NoteVersion.number]
    db.write(adding.on_conflict_do_update(index_elements=keys, set_=replaced), rows)
    _forget_beyond([(row["note_id"], row["number"] - MAX_VERSIONS) for row in rows])


def newest_numbers(note_ids: Sequence[int]) -> dict[int, int]:
    return {note_id: row.number for note_id, row in _newest_of(note_ids).items()}


def forget_versions(note_ids: Sequence[int]) -> None:
    """All versions of these notes, inside the open unit of work."""
    db.session().execute(delete(NoteVersion).where(NoteVersion.note_id.in_(note_ids)))


def forget_old_versions() -> None:
    """What was saved over a year ago, but for the newest version of each note."""
    newer = aliased(NoteVersion)
    newest = select(func.max(newer.number)).where(newer.note_id == NoteVersion.note_id).scalar_subquery()
    with db.unit_of_work() as session:
        old = (NoteVersion.saved_at < clock.now() - KEPT, NoteVersion.number < newest)
        session.execute(delete(NoteVersion).where(*old).execution_options(synchronize_session=False))


def _newest_of(note_ids: Sequence[int]) -> dict[int, db.AnyRow]:
    found: dict[int, db.AnyRow] = {}
    for start in range(0, len(note_ids), _BATCH):
        some = note_ids[start : start + _BATCH]
        newest = (
            select(NoteVersion.note_id, func.max(NoteVersion.number).label("number"))
            .where(db.is_one_of(NoteVersion.note_id, some))
            .group_by(NoteVersion.note_id)
            .subquery()
        )
        query = select(NoteVersion.note_id, NoteVersion.number, NoteVersion.author_id, NoteVersion.begun_at)
        same = (newest.c.note_id == NoteVersion.note_id) & (newest.c.number == NoteVersion.number)
        found |= {row.note_id: row for row in db.rows(query.join(newest, same))}
    return found


def _forget_beyond(bounds: Sequence[tuple[int, int]]) -> None:
    for note_id, number in bounds:
        if number > 0:
            beyond = (NoteVersion.note_id == note_id, NoteVersion.number <= number)
            db.session().execute(delete(NoteVersion).where(*beyond))
