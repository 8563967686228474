"""The blueprint of the JSON about notes, the scope of a token, and what every answer with a note needs."""

from apiflask import APIBlueprint
from flask import Response, request

from trackeep.core.actor import Actor
from trackeep.core.errors import Malformed, NotFound
from trackeep.core.templating import json_response
from trackeep.core.web.identity import current_actor
from trackeep.notes import queries

READING = frozenset({"GET", "HEAD", "OPTIONS"})

blueprint = APIBlueprint("notes_api", __name__, tag="Notes")


@blueprint.before_request
def check_scope() -> None:
    actor = current_actor()
    actor.require_user()
    actor.require_scope("notes:read" if request.method in READING else "notes:write")


def own_space(actor: Actor) -> int:
    if actor.personal_space_id is None:
        raise NotFound()
    return actor.personal_space_id


def expected_version() -> int | None:
    """From ``If-Match``, as it stood in the ETag; None without."""
    text = request.headers.get("If-Match", "").strip().removeprefix("W/").strip('"').partition(".")[0]
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise Malformed()
    return int(text)


def answer(actor: Actor, note_id: int, status: int = 200, **more: object) -> Response:
    """The note with its text, as it now is."""
    note, text = queries.read_note(actor, note_id)
    shape = {**note._asdict(), **text._asdict(), **more}
    response = json_response(shape, status)
    # Tags and marks raise no version of the text, so they are a part of the ETag too.
    response.add_etag()
    response.set_etag(f"{note.version}.{response.get_etag()[0]}")
    return response
