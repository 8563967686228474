"""Who may do what with a space and its members."""

from trackeep.core.actor import Actor, Role


def can_add_members(actor: Actor, space_id: int, role: Role) -> bool:
    """Administrators of a space add people up to their own role."""
    own = actor.role_in(space_id)
    return actor.can_manage(space_id) and own is not None and own.rank >= role.rank


def can_change_member(actor: Actor, space_id: int, before: Role, after: Role) -> bool:
    own = actor.role_in(space_id)
    return actor.can_manage(space_id) and own is not None and own.rank >= max(before.rank, after.rank)
