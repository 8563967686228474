"""Keeping what notes said, in words or sealed: each save is a version, one person's within five minutes are one."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import aliased

from trackeep.core import clock, db
from trackeep.core.actor import Actor
from trackeep.notes.models import NoteVersion, SealedVersion
from trackeep.notes.packing import pack

ONE_SITTING = timedelta(minutes=5)
MAX_VERSIONS = 100
KEPT = timedelta(days=365)
_BATCH = 500
Versions = NoteVersion | SealedVersion


def add_versions(actor: Actor, texts: Mapping[int, tuple[str, str]], *, apart: bool = False) -> None:
    """Keep title and body of these notes as their newest versions, inside the open unit of work. The oldest beyond
    ``MAX_VERSIONS`` go."""
    steps = next_steps(actor, newest_of(NoteVersion, list(texts)), list(texts), apart=apart)
    rows = [
        {**step, "title": title, "size": len(body.encode()), "body": pack(body)}
        for step, (title, body) in zip(steps, texts.values(), strict=True)
    ]
    write_versions(NoteVersion, rows)


def next_steps(
    actor: Actor, newest: Mapping[int, db.AnyRow], note_ids: Sequence[int], *, apart: bool
) -> list[dict[str, Any]]:
    """Which version a save of each note is: the newest one again in the same sitting, or with ``apart`` always the one
    after it."""
    now = clock.now()
    steps: list[dict[str, Any]] = []
    for note_id in note_ids:
        last = newest.get(note_id)
        same_sitting = not apart and last and last.author_id == actor.user_id and now - last.begun_at < ONE_SITTING
        steps.append(
            {
                "note_id": note_id,
                "number": (last.number if same_sitting else last.number + 1) if last else 1,
                "author_id": actor.user_id,
                "begun_at": last.begun_at if last and same_sitting else now,
                "saved_at": now,
            }
        )
    return steps


def write_versions(kept: type[Versions], rows: list[dict[str, Any]]) -> None:
    """Add the versions or let them take the place of their former selves; the oldest beyond ``MAX_VERSIONS`` go."""
    adding = db.upsert(kept)
    fixed = {"note_id", "number", "author_id", "begun_at"}
    replaced = {name: adding.excluded[name] for name in rows[0] if name not in fixed} if rows else {}
    db.write(adding.on_conflict_do_update(index_elements=[kept.note_id, kept.number], set_=replaced), rows)
    for row in rows:
        forget_up_to(kept, row["note_id"], row["number"] - MAX_VERSIONS)


def newest_numbers(note_ids: Sequence[int]) -> dict[int, int]:
    return {note_id: row.number for note_id, row in newest_of(NoteVersion, note_ids).items()}


def forget_versions(kept: type[Versions], note_ids: Sequence[int]) -> None:
    """All versions of these notes, inside the open unit of work."""
    db.session().execute(delete(kept).where(kept.note_id.in_(note_ids)))


def forget_up_to(kept: type[Versions], note_id: int, number: int) -> None:
    if number > 0:
        db.session().execute(delete(kept).where(kept.note_id == note_id, kept.number <= number))


def forget_old_versions() -> None:
    """What was saved over a year ago, but for the newest version of each note."""
    for kept in (NoteVersion, SealedVersion):
        _forget_old(kept)


def _forget_old(kept: type[Versions]) -> None:
    newer = aliased(kept)
    newest = select(func.max(newer.number)).where(newer.note_id == kept.note_id).scalar_subquery()
    with db.unit_of_work() as session:
        old = (kept.saved_at < clock.now() - KEPT, kept.number < newest)
        session.execute(delete(kept).where(*old).execution_options(synchronize_session=False))


def newest_of(kept: type[Versions], note_ids: Sequence[int]) -> dict[int, db.AnyRow]:
    """All of the newest version of each note but its text."""
    found: dict[int, db.AnyRow] = {}
    for start in range(0, len(note_ids), _BATCH):
        some = note_ids[start : start + _BATCH]
        newest = (
            select(kept.note_id, func.max(kept.number).label("number"))
            .where(db.is_one_of(kept.note_id, some))
            .group_by(kept.note_id)
            .subquery()
        )
        query: db.AnySelect = select(kept.note_id, kept.number, kept.author_id, kept.begun_at)
        same = (newest.c.note_id == kept.note_id) & (newest.c.number == kept.number)
        found |= {row.note_id: row for row in db.rows(query.join(newest, same))}
    return found
