"""Reads: a person's roles and spaces."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import Subquery, func, select

from trackeep.core import db
from trackeep.core.actor import Actor, Role
from trackeep.spaces.models import Membership, Space


@dataclass(frozen=True, slots=True)
class SpaceSummary:
    """A space as the switcher shows it."""

    id: int
    kind: str
    name: str
    role: Role


def roles_of(user_id: int) -> Mapping[int, Role]:
    rows = db.session().execute(select(Membership.space_id, Membership.role).where(Membership.user_id == user_id))
    return {space_id: Role(role) for space_id, role in rows}


def memberships() -> Subquery:
    """Who belongs to which space with which role, and whether it is their personal one: for joining to a person."""
    is_personal = Space.kind == "personal"
    rows = select(Membership.user_id, Membership.space_id, Membership.role, is_personal.label("is_personal"))
    return rows.join(Space, Space.id == Membership.space_id).subquery("memberships_of_person")


def personal_space_of(user_id: int) -> int | None:
    return db.session().scalar(select(Space.id).where(Space.created_by == user_id, Space.kind == "personal"))


def spaces_of(actor: Actor) -> Sequence[SpaceSummary]:
    """The spaces that the actor may read, the personal one first."""
    rows = db.rows(_spaces_of(db.dialect()), {"ids": actor.readable_spaces})
    return [SpaceSummary(row.id, row.kind, row.name, actor.roles[row.id]) for row in rows]


@lru_cache
def _spaces_of(_dialect: str) -> db.AnySelect:
    query: db.AnySelect = select(Space.id, Space.kind, Space.name)
    query = query.where(db.is_one_of(Space.id, "ids"), Space.archived_at.is_(None))
    return query.order_by(Space.kind != "personal", func.lower(Space.name), Space.id)


def owner_count(space_id: int) -> int:
    owners = select(func.count()).where(Membership.space_id == space_id, Membership.role == Role.OWNER)
    return db.session().scalar(owners) or 0


def owned_teams(user_id: int) -> Sequence[tuple[int, int, int]]:
    """The teams that the person owns: id, number of members, number of owners."""
    mine = select(Membership.space_id).where(Membership.user_id == user_id, Membership.role == Role.OWNER)
    owners = func.count().filter(Membership.role == Role.OWNER)
    rows = db.session().execute(
        select(Space.id, func.count(), owners)
        .join(Membership, Membership.space_id == Space.id)
        .where(Space.id.in_(mine), Space.kind == "team")
        .group_by(Space.id)
    )
    return [(row[0], row[1], row[2]) for row in rows]
