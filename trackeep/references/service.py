"""The verbs of references: link two things, part them, and make a thing about another."""

from dataclasses import dataclass, replace

from trackeep.core import db, references
from trackeep.core.actor import Actor
from trackeep.core.errors import Forbidden, Invalid, NotFound
from trackeep.core.i18n import gettext as _
from trackeep.core.objects import take_turn_with, touch_spaces_of
from trackeep.core.slots import Found, QuickAdd
from trackeep.references import queries

MAX_TEXT = 20_000


@dataclass(frozen=True, slots=True)
class Parted:
    """What is needed to link the two again."""

    object_id: int
    other_id: int
    note: str


def link(actor: Actor, object_id: int, other_id: int, *, note: str = "") -> int:
    """The id of the reference, also when it was there before; then its note stays. Raises NotFound for what the actor
    may not see, Forbidden when neither of the two is theirs to change, and Invalid for a thing and itself."""
    actor.require_user()
    with db.unit_of_work():
        take_turn_with([object_id, other_id])
        _require_pair(actor, object_id, other_id)
        reference_id, is_new = references.connect(actor, object_id, other_id, _checked_note(note))
        if is_new:
            touch_spaces_of([object_id, other_id])
    return reference_id


def unlink(actor: Actor, reference_id: int) -> Parted:
    """Raises NotFound for what the actor may not see, and Forbidden like ``link``."""
    actor.require_user()
    with db.unit_of_work():
        pair = references.find_pair(reference_id)
        if pair is None:
            raise NotFound()
        object_id, other_id, note = pair
        take_turn_with([object_id, other_id])
        _require_pair(actor, object_id, other_id)
        references.disconnect(object_id, [other_id])
        touch_spaces_of([object_id, other_id])
    return Parted(object_id, other_id, note)


def make_from(actor: Actor, object_id: int, kind: str, text: str) -> Found:
    """Make a thing of this kind out of the text, in the space of the object, and link the two; both or neither. Raises
    NotFound or Forbidden for the object, and Invalid for a kind that is not offered or a text that its domain does not
    take."""
    actor.require_user()
    with db.unit_of_work():
        take_turn_with([object_id])
        space_id = queries.space_of(actor, object_id)
        actor.require_write(space_id)
        made = _maker(actor, kind).add(actor, space_id, _checked_text(text))
        if made.object_id is not None and made.object_id != object_id:
            link(actor, object_id, made.object_id)
    return replace(made, kind=made.kind or kind)


def _require_pair(actor: Actor, object_id: int, other_id: int) -> None:
    spaces = [queries.space_of(actor, each) for each in (object_id, other_id)]
    if not any(map(actor.can_write, spaces)):
        raise Forbidden()
    if object_id == other_id:
        raise Invalid(fields={"other_id": [_("A thing cannot be linked with itself.")]})


def _maker(actor: Actor, kind: str) -> QuickAdd:
    offer = next((offer for offer in queries.makers(actor) if offer.kind == kind), None)
    if offer is None:
        raise Invalid(fields={"kind": [_("Nothing of this kind can be made here.")]})
    return offer


def _checked_note(note: str) -> str:
    words = note.strip()
    if len(words) > references.MAX_NOTE:
        raise Invalid(fields={"note": [_("At most %(limit)s characters.", limit=references.MAX_NOTE)]})
    return words


def _checked_text(text: str) -> str:
    words = text.strip()
    if not words or len(words) > MAX_TEXT:
        raise Invalid(fields={"text": [_("Write something, at most %(limit)s characters.", limit=f"{MAX_TEXT:,}")]})
    return words
