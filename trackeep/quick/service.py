"""The verb of quick add: a text becomes the thing that the domain surest of it makes."""

from trackeep.core.actor import Actor
from trackeep.core.errors import Forbidden, Invalid
from trackeep.core.i18n import gettext as _
from trackeep.core.slots import Found, QuickAdd
from trackeep.quick import queries

MAX_TEXT = 20_000


def kind_of(actor: Actor, text: str) -> QuickAdd | None:
    """The offer that fits the text best; None while there is nothing to add."""
    return queries.surest(actor, text)[0]


def add(actor: Actor, *, text: str, space_id: int | None = None) -> Found:
    """Make the thing, in the given space or the personal one. Raises Invalid when no domain wants the text, NotFound
    or Forbidden when the space is not the actor's to write."""
    actor.require_user()
    target = space_id if space_id is not None else actor.personal_space_id
    if target is None:
        raise Forbidden()
    actor.require_write(target)
    offer = kind_of(actor, text)
    if offer is None:
        raise Invalid(fields={"text": [_("There is nothing here yet that could be made of this text.")]})
    return offer.add(actor, target, text.strip())
