"""Templates that a new note may begin with."""

from trackeep.core.actor import Actor
from trackeep.core.i18n import gettext as _
from trackeep.notes import queries
from trackeep.notes.filters import Filters, Sort, View

MOST = 100


def template_choices(actor: Actor, space_id: int) -> list[tuple[str, str]]:
    """By title, behind the choice of none; empty while there are no templates."""
    found = queries.list_notes(actor, Filters(view=View.TEMPLATES, space_id=space_id), sort=Sort.TITLE, limit=MOST)
    choices = [(str(note.id), note.title) for note in found.items if not note.encrypted]
    return [("", str(_("None, an empty note"))), *choices] if choices else []
