"""The page of an encrypted note, and of a plain one that is to become so; all of the work is done in the browser."""

import orjson
from flask import Response

from trackeep.core import templating
from trackeep.core.web.identity import current_actor
from trackeep.notes import queries
from trackeep.notes.views.door import blueprint, note_url

IDLE = 300
"""After so many seconds without a touch the note locks itself."""


@blueprint.get("/<int:note_id>/sealed")
def show_sealed(note_id: int) -> Response:
    actor = current_actor()
    note, text = queries.read_note(actor, note_id)
    return templating.page(
        "notes/sealed.html",
        headers={"Cache-Control": "no-store"},
        note=note,
        note_url=note_url(note_id),
        version=note.version,
        sealed=orjson.dumps(dict(text.sealed)).decode() if text.sealed is not None else "",
        idle=IDLE,
        may_write=actor.can_write(note.space_id),
        space_id=note.space_id,
    )
