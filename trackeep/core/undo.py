"""The undo journal: what objects were like before an import or a bulk edit, so that one step takes it all back."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, Boolean, ForeignKey, Index, Integer, String, delete, func, insert, select, update
from sqlalchemy.orm import Mapped, mapped_column

from trackeep.core import clock, db
from trackeep.core.actor import Actor
from trackeep.core.errors import Gone, NotFound
from trackeep.core.i18n import lazy_gettext as _l
from trackeep.core.objects import Object, take_turn_with

KEPT = timedelta(days=30)
MAX_TITLE_LENGTH = 200
_STEP = 500


class UndoBatch(db.Base):
    """``facts`` is what the domain needs to know besides the objects, such as what the batch did to things that are
    none."""

    __tablename__ = "undo_batches"
    __table_args__ = (Index("ix_undo_batches_user_id_id", "user_id", "id"), Index("ix_undo_batches_at", "created_at"))

    id: Mapped[int] = mapped_column(db.BigId, primary_key=True)
    user_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("users.id", ondelete="CASCADE"), nullable=False)
    title: Mapped[str] = mapped_column(String(MAX_TITLE_LENGTH), nullable=False)
    created_at: Mapped[datetime] = mapped_column(nullable=False)
    undone_at: Mapped[datetime | None]
    facts: Mapped[dict[str, Any] | None]


class UndoEntry(db.Base):
    """One object's state before the batch changed it, and the version that the change gave it."""

    __tablename__ = "undo_entries"
    __table_args__ = (Index("ix_undo_entries_object_id", "object_id"),)

    batch_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("undo_batches.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    object_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("objects.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    kind: Mapped[str] = mapped_column(String(60), nullable=False)
    before: Mapped[dict[str, Any]] = mapped_column(nullable=False)
    version: Mapped[int] = mapped_column(Integer, nullable=False)
    kept: Mapped[bool] = mapped_column(Boolean, nullable=False, default=False)


@dataclass(frozen=True, slots=True)
class Batch:
    """A change that can be undone; ``size`` is the number of objects left to restore."""

    id: int
    title: str
    created_at: datetime
    undone_at: datetime | None
    facts: Mapping[str, Any] | None
    size: int


@dataclass(frozen=True, slots=True)
class Undone:
    """How many objects are as before, and which ones somebody has edited since and were left alone."""

    title: str
    restored: int
    kept: tuple[int, ...]


Restorer = Callable[[Actor, Mapping[int, dict[str, Any]]], None]
"""A domain's verb: puts objects (id to what was remembered) back, checking that the actor may, in the open unit of
work. What ``before`` holds is the domain's matter; for objects that the batch created it is empty and the verb trashes
them."""


def begin(actor: Actor, title: str, facts: Mapping[str, Any] | None = None) -> int:
    """The id of a new batch, inside the open unit of work."""
    row = {
        "user_id": actor.require_user(),
        "title": title[:MAX_TITLE_LENGTH],
        "created_at": clock.now(),
        "facts": facts,
    }
    return db.session().scalars(insert(UndoBatch).returning(UndoBatch.id), [row]).one()


def remember(batch_id: int, kind: str, before: Mapping[int, dict[str, Any]]) -> None:
    """Note what these objects were like; called after their change and in its unit of work, since the version that the
    change gave them is noted too. The first note of an object in a batch stays. ``kind`` names the restorer."""
    ids = list(before)
    for start in range(0, len(ids), _STEP):
        some = ids[start : start + _STEP]
        versions = db.session().execute(select(Object.id, Object.version).where(Object.id.in_(some))).all()
        rows = [
            {"batch_id": batch_id, "object_id": row.id, "kind": kind, "before": before[row.id], "version": row.version}
            for row in versions
        ]
        if rows:
            note = db.upsert(UndoEntry)
            keys = [UndoEntry.batch_id, UndoEntry.object_id]
            note = note.on_conflict_do_update(index_elements=keys, set_={"version": note.excluded.version})
            db.write(note, [{**row, "kept": False} for row in rows])


def follow(object_ids: Sequence[int]) -> None:
    """Called right after these objects were touched by something that is nobody's edit, such as a background fetch:
    what was unedited before still is."""
    current = select(Object.version).where(Object.id == UndoEntry.object_id).scalar_subquery()
    change = update(UndoEntry).where(UndoEntry.object_id.in_(object_ids), UndoEntry.version == current - 1)
    db.session().execute(change.values(version=current).execution_options(synchronize_session=False))


def entries_of(batch_id: int) -> dict[int, bool]:
    """The objects that are left to restore, and whether somebody has edited each since."""
    query = select(UndoEntry.object_id, UndoEntry.version != Object.version)
    query = query.join(Object, Object.id == UndoEntry.object_id).where(UndoEntry.batch_id == batch_id)
    return {row[0]: bool(row[1]) for row in db.session().execute(query)}


def keep(batch_id: int, object_ids: Iterable[int]) -> None:
    """Let these stay as they are when the batch is undone, inside the open unit of work."""
    ids = list(object_ids)
    for start in range(0, len(ids), _STEP):
        some = (UndoEntry.batch_id == batch_id, UndoEntry.object_id.in_(ids[start : start + _STEP]))
        change = update(UndoEntry).where(*some).values(kept=True)
        db.session().execute(change.execution_options(synchronize_session=False))


def undo(actor: Actor, batch_id: int, restorers: Mapping[str, Restorer]) -> Undone:
    """Restore everything in the batch that nobody has edited since. Commits step by step; after an interruption a
    second call goes on. Raises NotFound for somebody else's batch and Gone for one that was undone before."""
    title = _open_title(actor, batch_id)
    steps: list[int] = []
    while (step := _undo_step(actor, batch_id, restorers)) is not None:
        steps.append(step)
    with db.unit_of_work() as session:
        if not _close(batch_id) and not steps:
            raise _undone()
        kept = session.scalars(
            select(UndoEntry.object_id).where(UndoEntry.batch_id == batch_id).order_by(UndoEntry.object_id)
        ).all()
    return Undone(title, sum(steps), tuple(kept))


def find_batch(actor: Actor, batch_id: int) -> Batch:
    """Raises NotFound for somebody else's."""
    size = select(func.count()).where(UndoEntry.batch_id == UndoBatch.id).scalar_subquery()
    columns = (UndoBatch.id, UndoBatch.title, UndoBatch.created_at, UndoBatch.undone_at, UndoBatch.facts)
    own = (UndoBatch.id == batch_id, UndoBatch.user_id == actor.require_user())
    row = db.session().execute(select(*columns, size.label("size")).where(*own)).first()
    if row is None:
        raise NotFound()
    return Batch(**row._mapping)


def forget_old() -> None:
    """Nobody undoes what is a month old."""
    with db.unit_of_work() as session:
        session.execute(delete(UndoBatch).where(UndoBatch.created_at < clock.now() - KEPT))


def _open_title(actor: Actor, batch_id: int) -> str:
    batch = find_batch(actor, batch_id)
    if batch.undone_at is not None or batch.created_at < clock.now() - KEPT:
        raise _undone()
    return batch.title


def _undone() -> Gone:
    return Gone(_l("This has been undone already, or it is too long ago."))


def _undo_step(actor: Actor, batch_id: int, restorers: Mapping[str, Restorer]) -> int | None:
    """Restore some entries and forget them, mark those that were edited; answers how many, None when nothing is
    left."""
    with db.unit_of_work() as session:
        take_turn_with(select(UndoEntry.object_id).where(UndoEntry.batch_id == batch_id))
        # Whoever presses the button twice waits here and then finds nothing left.
        session.execute(select(UndoBatch.id).where(UndoBatch.id == batch_id).with_for_update())
        entries = _next_entries(batch_id)
        if not entries:
            return None
        edited = [entry.object_id for entry in entries if entry.version != entry.current]
        unedited = [entry for entry in entries if entry.version == entry.current]
        for kind in sorted({entry.kind for entry in unedited}):
            restorers[kind](actor, {entry.object_id: entry.before for entry in unedited if entry.kind == kind})
        done = [entry.object_id for entry in unedited]
        of_batch = UndoEntry.batch_id == batch_id
        session.execute(delete(UndoEntry).where(of_batch, UndoEntry.object_id.in_(done)))
        mark = update(UndoEntry).where(of_batch, UndoEntry.object_id.in_(edited)).values(kept=True)
        session.execute(mark.execution_options(synchronize_session=False))
        if len(entries) < _STEP:
            # In the same transaction: whoever waited for it is told that it has been undone.
            _close(batch_id)
    return len(done)


def _next_entries(batch_id: int) -> Sequence[Any]:
    return (
        db.session()
        .execute(
            select(
                UndoEntry.object_id,
                UndoEntry.kind,
                UndoEntry.before,
                UndoEntry.version,
                Object.version.label("current"),
            )
            .join(Object, Object.id == UndoEntry.object_id)
            .where(UndoEntry.batch_id == batch_id, UndoEntry.kept.is_(False))
            .order_by(UndoEntry.object_id)
            .limit(_STEP)
            .with_for_update(of=Object)
        )
        .all()
    )


def _close(batch_id: int) -> bool:
    """Write that it has been undone; answers whether nobody had."""
    still_open = (UndoBatch.id == batch_id, UndoBatch.undone_at.is_(None))
    change = update(UndoBatch).where(*still_open).values(undone_at=clock.now()).returning(UndoBatch.id)
    return db.session().execute(change.execution_options(synchronize_session=False)).first() is not None
