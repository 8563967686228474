"""Which objects have to do with each other, whatever they are: one row a pair, seen from both sides.

What changes pairs runs inside the caller's unit of work; the caller has the turns and raises the versions."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    case,
    delete,
    func,
    or_,
    select,
)
from sqlalchemy.orm import Mapped, aliased, mapped_column

from trackeep.core import clock, db
from trackeep.core.actor import Actor
from trackeep.core.errors import Invalid
from trackeep.core.i18n import gettext as _
from trackeep.core.objects import Object
from trackeep.core.paging import Page, bounded_limit, decode_cursor, encode_cursor

MAX_NOTE = 500
PER_OBJECT = 1_000
_STEP = 500


class ObjectReference(db.Base):
    """A pair of objects. The smaller id stands first, so that the database lets each pair in once, whichever side it
    is made from."""

    __tablename__ = "object_references"
    __table_args__ = (
        UniqueConstraint("low_id", "high_id"),
        CheckConstraint("low_id < high_id", name="order"),
        Index("ix_object_references_high_id", "high_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(db.BigId, primary_key=True)
    low_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("objects.id", ondelete="CASCADE"), nullable=False)
    high_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("objects.id", ondelete="CASCADE"), nullable=False)
    note: Mapped[str] = mapped_column(String(MAX_NOTE), nullable=False)
    created_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("users.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(nullable=False)


@dataclass(frozen=True, slots=True)
class End:
    """The object at the other end of a reference."""

    reference_id: int
    object_id: int
    kind: str
    space_id: int
    note: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Pair:
    """Both ends of a reference, by their ids and kinds."""

    reference_id: int
    object_ids: tuple[int, int]
    kinds: tuple[str, str]
    note: str
    created_at: datetime


def connect(actor: Actor, object_id: int, other_id: int, note: str = "") -> tuple[int, bool]:
    """The id of the pair's reference, and whether it is new. The caller has asked whether the actor may. Raises Invalid
    when one of them has too many."""
    _require_room(object_id, other_id)
    low_id, high_id = sorted((object_id, other_id))
    row = {
        "low_id": low_id,
        "high_id": high_id,
        "note": note[:MAX_NOTE],
        "created_by": actor.user_id,
        "created_at": clock.now(),
    }
    adding = db.upsert(ObjectReference).values(row).on_conflict_do_nothing().returning(ObjectReference.id)
    added = db.session().scalar(adding)
    if added is None:
        pair = (ObjectReference.low_id == low_id, ObjectReference.high_id == high_id)
        return db.session().scalars(select(ObjectReference.id).where(*pair)).one(), False
    return added, True


def disconnect(object_id: int, other_ids: Collection[int]) -> None:
    """Forget that these have to do with the object."""
    below = (ObjectReference.high_id == object_id) & ObjectReference.low_id.in_(other_ids)
    above = (ObjectReference.low_id == object_id) & ObjectReference.high_id.in_(other_ids)
    gone = delete(ObjectReference).where(or_(below, above)).execution_options(synchronize_session=False)
    db.session().execute(gone)


def hand_over(actor: Actor, from_ids: Collection[int], to_id: int) -> list[int]:
    """Connect one object with all that these have to do with; answers what it gained. They keep theirs:
    ``disconnect`` takes the step back when they return."""
    rows = db.session().execute(_ends_of(from_ids)).all()
    wanted = {row.other_id: row.note for row in rows if row.other_id != to_id and row.other_id not in from_ids}
    there = set(db.session().scalars(select(_other_of(to_id)).where(_touches(to_id))))
    gained = [other_id for other_id in wanted if other_id not in there][: max(0, PER_OBJECT - len(there))]
    low_high = [sorted((to_id, other_id)) for other_id in gained]
    now = clock.now()
    rows_to_add = [
        {"low_id": low, "high_id": high, "note": wanted[low if high == to_id else high]} for low, high in low_high
    ]
    if rows_to_add:
        added = [{**row, "created_by": actor.user_id, "created_at": now} for row in rows_to_add]
        db.session().execute(db.upsert(ObjectReference).on_conflict_do_nothing(), added)
    return gained


def referred(
    object_id: int, spaces: Collection[int], kinds: Collection[str], *, cursor: str | None = None, limit: int = 50
) -> Page[End]:
    """What has to do with an object, the newest reference first: things of these kinds in these spaces, without those
    that lie in the trash."""
    count = bounded_limit(limit)
    shown = (Object.deleted_at.is_(None), Object.kind.in_(list(kinds)), Object.space_id.in_(list(spaces)))
    query = _ends(object_id).where(_touches(object_id), *shown)
    query = query.order_by(ObjectReference.id.desc()).limit(count + 1)
    if cursor:
        query = query.where(ObjectReference.id < decode_cursor(cursor, (int,))[0])
    ends = [End(**row._mapping) for row in db.session().execute(query)]
    more = len(ends) > count
    return Page(ends[:count], encode_cursor(ends[count - 1].reference_id) if more else None)


def referred_among(object_id: int, other_ids: Iterable[int]) -> set[int]:
    """Those of the ids that the object has to do with already."""
    other = _other_of(object_id)
    query = select(other).where(_touches(object_id), other.in_(list(other_ids)))
    return set(db.session().scalars(query))


def find_pair(reference_id: int) -> tuple[int, int, str] | None:
    """Both ids and the note of a reference."""
    columns = (ObjectReference.low_id, ObjectReference.high_id, ObjectReference.note)
    row = db.session().execute(select(*columns).where(ObjectReference.id == reference_id)).first()
    return (row.low_id, row.high_id, row.note) if row else None


def end_of(object_id: int, reference_id: int) -> End | None:
    """The other end of this reference of the object's, wherever it lies."""
    mine = (ObjectReference.id == reference_id, _touches(object_id))
    row = db.session().execute(_ends(object_id).where(*mine)).first()
    return End(**row._mapping) if row else None


def pairs_within(space_id: int, spaces: Collection[int]) -> Iterator[Pair]:
    """Every reference with an end in the space, whose ends lie in these spaces and not in the trash, by id."""
    low, high = aliased(Object), aliased(Object)
    columns = (ObjectReference.id, ObjectReference.low_id, ObjectReference.high_id, ObjectReference.note)
    query = select(*columns, ObjectReference.created_at, low.kind.label("low_kind"), high.kind.label("high_kind"))
    query = query.join(low, low.id == ObjectReference.low_id).join(high, high.id == ObjectReference.high_id)
    query = query.where(or_(low.space_id == space_id, high.space_id == space_id))
    for end in (low, high):
        query = query.where(end.deleted_at.is_(None), end.space_id.in_(list(spaces)))
    last = 0
    while True:
        step = query.where(ObjectReference.id > last).order_by(ObjectReference.id).limit(_STEP)
        rows = db.session().execute(step).all()
        for row in rows:
            yield Pair(row.id, (row.low_id, row.high_id), (row.low_kind, row.high_kind), row.note, row.created_at)
        if len(rows) < _STEP:
            return
        last = rows[-1].id


def _ends(object_id: int) -> db.AnySelect:
    query: db.AnySelect = select(
        ObjectReference.id.label("reference_id"),
        Object.id.label("object_id"),
        Object.kind,
        Object.space_id,
        ObjectReference.note,
        ObjectReference.created_at,
    )
    return query.join(Object, Object.id == _other_of(object_id))


def _ends_of(object_ids: Collection[int]) -> db.AnySelect:
    """The other ends of these objects' references, the newest first."""
    low, high = ObjectReference.low_id, ObjectReference.high_id
    columns = (ObjectReference.note, ObjectReference.id.label("reference_id"))
    parts = [
        select(other.label("other_id"), *columns).where(mine.in_(object_ids))
        for mine, other in ((low, high), (high, low))
    ]
    both = parts[0].union_all(parts[1]).subquery()
    return select(both.c.other_id, both.c.note).order_by(both.c.reference_id.desc()).limit(PER_OBJECT)


def _touches(object_id: int) -> ColumnElement[bool]:
    return or_(ObjectReference.low_id == object_id, ObjectReference.high_id == object_id)


def _other_of(object_id: int) -> ColumnElement[int]:
    return case((ObjectReference.low_id == object_id, ObjectReference.high_id), else_=ObjectReference.low_id)


def _require_room(*object_ids: int) -> None:
    for object_id in object_ids:
        counted = select(func.count()).select_from(ObjectReference).where(_touches(object_id))
        if (db.session().scalar(counted) or 0) >= PER_OBJECT:
            raise Invalid(_("More than %(number)s things cannot be linked with one.", number=f"{PER_OBJECT:,}"))
