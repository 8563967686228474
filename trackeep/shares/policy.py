"""Who may show a thing to the world, and who may end that."""

from trackeep.core.actor import Actor


def may_publish(actor: Actor, space_id: int) -> bool:
    """Whoever may change a thing could as well copy it elsewhere; who may only read it may not give it away."""
    return actor.user_id is not None and actor.can_write(space_id)


def may_revoke(actor: Actor, space_id: int, created_by: int) -> bool:
    """One's own links always, and those of others in a space that one looks after."""
    return actor.user_id == created_by or actor.can_manage(space_id)
