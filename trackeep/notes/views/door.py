"""The blueprint of the pages, and what each of their requests must be: somebody's, with the scope for it."""

from flask import Blueprint, request, url_for

from trackeep.core.web.identity import current_actor

READING = frozenset({"GET", "HEAD", "OPTIONS"})

blueprint = Blueprint("notes", __name__, url_prefix="/notes", template_folder="../templates")


@blueprint.before_request
def check_visitor() -> None:
    actor = current_actor()
    actor.require_user()
    actor.require_scope("notes:read" if request.method in READING else "notes:write")


def note_url(note_id: int) -> str:
    """Where a note is read."""
    return url_for("notes.detail", note_id=note_id)
