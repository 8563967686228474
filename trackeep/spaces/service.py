"""The verbs of spaces: make them, and say who belongs to them with which role."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Subquery, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from trackeep.core import audit, clock, db, versions
from trackeep.core.actor import Actor, Role
from trackeep.core.errors import Forbidden, NotFound
from trackeep.spaces import policy, queries
from trackeep.spaces.errors import AlreadyMember, LastOwner
from trackeep.spaces.models import Membership, Space
from trackeep.spaces.queries import SpaceSummary


def create_personal_space(user_id: int, *, name: str) -> int:
    """The space that everybody has; called by the sign-up in its unit of work."""
    return _create("personal", user_id, name)


def create_team(actor: Actor, *, name: str) -> int:
    """A shared space, owned by the actor."""
    user_id = actor.require_user()
    with db.unit_of_work():
        space_id = _create("team", user_id, name)
        audit.record(actor, "spaces.team_created", space_id=space_id)
    return space_id


def roles_of(user_id: int) -> Mapping[int, Role]:
    """The one source of what a person may do where: space id to role."""
    return queries.roles_of(user_id)


def memberships() -> Subquery:
    """The same as rows that can be joined to a person, so that a request is identified by one query."""
    return queries.memberships()


def personal_space_of(user_id: int) -> int | None:
    return queries.personal_space_of(user_id)


def spaces_of(actor: Actor) -> Sequence[SpaceSummary]:
    return queries.spaces_of(actor)


def add_member(actor: Actor, space_id: int, *, user_id: int, role: Role) -> None:
    """Raises AlreadyMember, or Forbidden when the actor's own role is lower than the one given."""
    actor.require_manage(space_id)
    if not policy.can_add_members(actor, space_id, role):
        raise Forbidden()
    try:
        with db.unit_of_work():
            _join(space_id, user_id, role)
            audit.record(actor, "spaces.member_added", space_id=space_id, member_id=user_id, role=role.value)
    except IntegrityError as error:
        raise AlreadyMember() from error


def change_role(actor: Actor, space_id: int, *, user_id: int, role: Role) -> None:
    actor.require_manage(space_id)
    with db.unit_of_work():
        before = _locked_role(space_id, user_id)
        if not policy.can_change_member(actor, space_id, before, role):
            raise Forbidden()
        _set_role(space_id, user_id, role)
        _keep_an_owner(space_id)
        audit.record(actor, "spaces.role_changed", space_id=space_id, member_id=user_id, role=role.value)


def remove_member(actor: Actor, space_id: int, *, user_id: int) -> None:
    """Take somebody out, or leave oneself; the last owner stays."""
    actor.require_read(space_id)
    with db.unit_of_work():
        before = _locked_role(space_id, user_id)
        if user_id != actor.user_id and not policy.can_change_member(actor, space_id, before, before):
            raise Forbidden()
        db.session().execute(delete(Membership).where(Membership.space_id == space_id, Membership.user_id == user_id))
        _keep_an_owner(space_id)
        versions.raise_versions(versions.user_scope(user_id), versions.space_scope(space_id))
        audit.record(actor, "spaces.member_removed", space_id=space_id, member_id=user_id)


def delete_personal_space(user_id: int) -> None:
    """Everything in it goes with it; called by the deletion of the account in its unit of work."""
    db.session().execute(delete(Space).where(Space.created_by == user_id, Space.kind == "personal"))


def release_person(user_id: int) -> None:
    """Inside the unit of work that deletes an account: their personal space goes, and so do teams of theirs alone.
    Raises LastOwner for a team whose other members would be left without an owner."""
    for space_id, members, owners in queries.owned_teams(user_id):
        if owners == 1 and members > 1:
            raise LastOwner()
        if members == 1:
            db.session().execute(delete(Space).where(Space.id == space_id))
    _raise_around(user_id)
    delete_personal_space(user_id)


def _raise_around(user_id: int) -> None:
    """What the person has made loses its maker, and who is in a space that goes loses the space."""
    theirs = select(Membership.space_id).where(Membership.user_id == user_id)
    beside = db.rows(select(Membership.space_id, Membership.user_id).where(Membership.space_id.in_(theirs)))
    versions.raise_versions(*(versions.space_scope(row.space_id) for row in beside))
    versions.raise_versions(*(versions.user_scope(row.user_id) for row in beside))


def _create(kind: str, user_id: int, name: str) -> int:
    with db.unit_of_work() as session:
        space_id = session.scalars(
            insert(Space).returning(Space.id),
            [{"kind": kind, "name": name, "created_by": user_id, "created_at": clock.now()}],
        ).one()
        _join(space_id, user_id, Role.OWNER)
    return space_id


def _join(space_id: int, user_id: int, role: Role) -> None:
    db.session().execute(
        insert(Membership).values(space_id=space_id, user_id=user_id, role=role.value, joined_at=clock.now())
    )
    versions.raise_versions(versions.user_scope(user_id), versions.space_scope(space_id))


def _locked_role(space_id: int, user_id: int) -> Role:
    # All changes of a space's members wait here for each other, so that two owners cannot leave at once.
    session = db.session()
    session.execute(select(Space.id).where(Space.id == space_id).with_for_update())
    role = session.scalar(select(Membership.role).where(Membership.space_id == space_id, Membership.user_id == user_id))
    if role is None:
        raise NotFound()
    return Role(role)


def _set_role(space_id: int, user_id: int, role: Role) -> None:
    db.session().execute(
        update(Membership)
        .where(Membership.space_id == space_id, Membership.user_id == user_id)
        .values(role=role.value)
        .execution_options(synchronize_session=False)
    )
    versions.raise_versions(versions.user_scope(user_id), versions.space_scope(space_id))


def _keep_an_owner(space_id: int) -> None:
    if queries.owner_count(space_id) == 0:
        raise LastOwner()
