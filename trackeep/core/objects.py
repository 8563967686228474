"""The objects table: one row per content thing of any kind, with its space, version and trash mark."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Executable,
    ForeignKey,
    Index,
    Integer,
    Select,
    String,
    UniqueConstraint,
    bindparam,
    delete,
    false,
    insert,
    literal,
    select,
    text,
    update,
)
from sqlalchemy.orm import InstrumentedAttribute, Mapped, mapped_column

from trackeep.core import clock, db, versions
from trackeep.core.actor import Actor
from trackeep.core.errors import Conflict, NotFound
from trackeep.core.i18n import gettext as _

_TRASHED = text("deleted_at IS NOT NULL")
_UNTAGGED, _UNTAGGED_SQLITE = (text(f"{bare} AND deleted_at IS NULL") for bare in ("NOT tagged", "tagged = 0"))
_TURNS = "turns taken"
_TAKE = text("SELECT pg_advisory_xact_lock(:space)")


class Object(db.Base):
    """The key of each content table refers to this row, so that tags, shares, undo and search have real keys.

    ``version`` is raised by every change, ``content_version`` by all but marks such as a star, which disturb nobody
    who is editing. ``tagged`` is kept by triggers of the table that says which tags an object has."""

    __tablename__ = "objects"
    __table_args__ = (
        UniqueConstraint("id", "space_id"),
        Index("ix_objects_space_id_kind_id", "space_id", "kind", "id"),
        Index("ix_objects_deleted_at", "deleted_at", postgresql_where=_TRASHED, sqlite_where=_TRASHED),
        Index(
            "ix_objects_space_id_deleted_at",
            "space_id",
            "deleted_at",
            "id",
            postgresql_where=_TRASHED,
            sqlite_where=_TRASHED,
        ),
        Index(
            "ix_objects_untagged",
            "space_id",
            "kind",
            "id",
            postgresql_where=_UNTAGGED,
            sqlite_where=_UNTAGGED_SQLITE,
        ),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(db.BigId, primary_key=True)
    kind: Mapped[str] = mapped_column(String(40), nullable=False)
    space_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("spaces.id", ondelete="CASCADE"), nullable=False)
    created_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("users.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(nullable=False)
    updated_at: Mapped[datetime] = mapped_column(nullable=False)
    version: Mapped[int] = mapped_column(Integer, nullable=False, default=1)
    content_version: Mapped[int] = mapped_column(Integer, nullable=False, server_default=text("1"))
    tagged: Mapped[bool] = mapped_column(nullable=False, server_default=false())
    deleted_at: Mapped[datetime | None]


def _inserting() -> Executable:
    """One statement for any number of objects that differ in their ids only."""
    numbers = select(literal(1).label("number")).cte("numbers", recursive=True)
    numbers = numbers.union_all(
        select(numbers.c.number + 1).where(numbers.c.number < bindparam("count", type_=Integer))
    )
    now = bindparam("now", type_=Object.created_at.type)
    values: dict[InstrumentedAttribute[Any], ColumnElement[Any]] = {
        Object.kind: bindparam("kind", type_=String),
        Object.space_id: bindparam("space_id", type_=BigInteger),
        Object.created_by: bindparam("created_by", type_=BigInteger),
        Object.created_at: now,
        Object.updated_at: now,
        Object.version: literal(1),
    }
    rows: db.AnySelect = select(*values.values()).select_from(numbers)
    return insert(Object).from_select(list(values), rows).returning(Object.id)


_INSERT = _inserting()


def take_turn(*space_ids: int) -> None:
    """Inside the open unit of work, wait until nobody else writes in these spaces. A verb takes its turn before it
    locks or reads what it changes: then two never wait for each other in a circle, and neither counts what the other
    has changed meanwhile. SQLite has one writer in any case."""
    if db.dialect() == "sqlite":
        return
    session = db.session()
    taken: set[int] = session.info.setdefault(_TURNS, set())
    for space_id in sorted(set(space_ids) - taken):
        session.execute(_TAKE, {"space": space_id})
        taken.add(space_id)


def take_turn_with(ids: Iterable[int] | db.AnySelect) -> None:
    """The same for the spaces that these objects are in; outside of a unit of work, where nothing changes, nothing."""
    if db.dialect() != "sqlite" and db.in_work():
        wanted = ids if isinstance(ids, Select) else list(ids)
        take_turn(*db.session().scalars(select(Object.space_id).where(Object.id.in_(wanted)).distinct()))


def take_turn_where(space_id: int, *object_ids: int) -> None:
    """Take the turn of the space in which these were read, and see that they are still there: raises Conflict when one
    has moved to another space meanwhile, NotFound when one was put into the trash."""
    take_turn(space_id)
    query = select(Object.space_id, Object.deleted_at).where(db.is_one_of(Object.id, sorted(set(object_ids))))
    rows = db.session().execute(query).all()
    if any(row.space_id != space_id for row in rows):
        raise Conflict(_("It was moved to another space at the same moment. Please open it again."))
    if len(rows) < len(set(object_ids)) or any(row.deleted_at is not None for row in rows):
        raise NotFound()


def create_object(kind: str, space_id: int, actor: Actor) -> int:
    """Insert one object inside the open unit of work, raise its space's version, and return its id."""
    return create_objects(kind, space_id, actor, 1)[0]


def create_objects(kind: str, space_id: int, actor: Actor, count: int) -> Sequence[int]:
    """Ids of ``count`` new objects, in ascending order."""
    if count < 1:
        return []
    take_turn(space_id)
    values = {"kind": kind, "space_id": space_id, "created_by": actor.user_id, "now": clock.now(), "count": count}
    ids = sorted(found[0] for found in db.rows(_INSERT, values))
    versions.raise_versions(versions.space_scope(space_id))
    return ids


def touch_objects(ids: Iterable[int], *, marks_only: bool = False) -> None:
    """Raise the versions of these objects and the version of their spaces, and set their time of change. With
    ``marks_only`` the version of the content stays: what has changed disturbs nobody who is editing."""
    raised = {"version": Object.version + 1} if marks_only else _raised()
    _change(ids, {**raised, "updated_at": clock.now()})


def touch_spaces_of(ids: Iterable[int]) -> None:
    """Raise the version of their spaces only: what is shown has changed, but no text that somebody may be editing."""
    _raise_spaces(list(ids))


def trash_objects(ids: Iterable[int]) -> None:
    now = clock.now()
    _change(ids, {**_raised(), "updated_at": now, "deleted_at": now})


def restore_objects(ids: Iterable[int]) -> None:
    _change(ids, {**_raised(), "updated_at": clock.now(), "deleted_at": None})


def purge_objects(ids: Iterable[int]) -> None:
    """Delete these objects for good; what refers to them goes by its foreign key."""
    wanted = list(ids)
    _raise_spaces(wanted)
    db.session().execute(delete(Object).where(Object.id.in_(wanted)))


def expect_version(object_id: int, expected: int, *, yours: object = None, theirs: object = None) -> None:
    """Lock the object and compare its content's version; raises Conflict with both texts, or NotFound."""
    row = db.session().execute(select(Object.content_version).where(Object.id == object_id).with_for_update()).first()
    if row is None:
        raise NotFound()
    if row.content_version != expected:
        raise Conflict(version=row.content_version, yours=yours, theirs=theirs)


def _raised() -> dict[str, object]:
    return {"version": Object.version + 1, "content_version": Object.content_version + 1}


def _change(ids: Iterable[int], values: dict[str, object]) -> None:
    wanted = list(ids)
    if not wanted:
        return
    db.session().execute(
        update(Object).where(Object.id.in_(wanted)).values(**values).execution_options(synchronize_session=False)
    )
    _raise_spaces(wanted)


def _raise_spaces(ids: list[int]) -> None:
    spaces = db.session().scalars(select(Object.space_id).where(Object.id.in_(ids)).distinct())
    versions.raise_versions(*(versions.space_scope(space_id) for space_id in spaces))
