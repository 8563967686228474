"""The order in which the rules of a space act."""

from collections.abc import Sequence

from sqlalchemy import select, update

from trackeep.bookmarks import queries
from trackeep.bookmarks.models import BookmarkRule
from trackeep.core import db
from trackeep.core.actor import Actor
from trackeep.core.errors import Invalid
from trackeep.core.i18n import gettext as _
from trackeep.core.objects import take_turn


def arrange_rules(actor: Actor, space_id: int, rule_ids: Sequence[int]) -> None:
    """Put the rules into this order; those that are not named follow as they stood. Raises Invalid for a rule of
    elsewhere, or one that is named twice."""
    actor.require_write(space_id)
    with db.unit_of_work():
        take_turn(space_id)
        known = _ordered(space_id)
        if len(set(rule_ids)) < len(rule_ids) or not set(rule_ids) <= set(known):
            raise Invalid(fields={"ids": [_("Name each rule of this space once.")]})
        _place([*rule_ids, *(one for one in known if one not in set(rule_ids))])


def move_rule(actor: Actor, rule_id: int, step: int) -> None:
    """Exchange a rule with its neighbour, -1 towards the beginning or 1 towards the end; at the edge it stays."""
    space_id = queries.get_rule(actor, rule_id).space_id
    actor.require_write(space_id)
    with db.unit_of_work():
        take_turn(space_id)
        order = _ordered(space_id)
        at = order.index(rule_id) if rule_id in order else -1
        if at >= 0 and 0 <= at + step < len(order):
            order.insert(at + step, order.pop(at))
            _place(order)


def _ordered(space_id: int) -> list[int]:
    here = (BookmarkRule.space_id == space_id, BookmarkRule.deleted_at.is_(None))
    query = select(BookmarkRule.id).where(*here).order_by(BookmarkRule.position, BookmarkRule.id)
    return list(db.session().scalars(query))


def _place(rule_ids: Sequence[int]) -> None:
    rows = [{"id": rule_id, "position": place} for place, rule_id in enumerate(rule_ids, 1)]
    if rows:
        db.session().execute(update(BookmarkRule), rows)
