"""Who may do what with tasks, beside what the role in the space says."""

from trackeep.core.actor import Actor


def can_edit_comment(actor: Actor, author_id: int | None) -> bool:
    """Nobody changes somebody else's words."""
    return actor.user_id is not None and actor.user_id == author_id


def can_delete_comment(actor: Actor, author_id: int | None, space_id: int) -> bool:
    """Who manages a space may remove what others wrote there."""
    return can_edit_comment(actor, author_id) or actor.can_manage(space_id)
