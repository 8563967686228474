"""The page of an encrypted note, and of a plain one that is to become so; all of the work is done in the browser."""

import orjson
from flask import Response, request, url_for
from werkzeug.utils import redirect
from werkzeug.wrappers import Response as AnyResponse

from trackeep.core import templating
from trackeep.core.slots import slots
from trackeep.core.web.identity import current_actor
from trackeep.notes import queries
from trackeep.notes.views.door import blueprint, note_url

IDLE = 300
"""After so many seconds without a touch the note locks itself."""
PAGE_SIZE = 30
# A browser that looks up the servers of links ahead of a click would tell whom the text names.
PRIVATE = {"Cache-Control": "no-store", "X-DNS-Prefetch-Control": "off"}


@blueprint.get("/<int:note_id>/sealed")
def show_sealed(note_id: int) -> Response:
    actor = current_actor()
    note, text = queries.read_note(actor, note_id)
    return templating.page(
        "notes/sealed.html",
        headers=PRIVATE,
        note=note,
        note_url=note_url(note_id),
        version=note.version,
        sealed=orjson.dumps(dict(text.sealed)).decode() if text.sealed is not None else "",
        idle=IDLE,
        may_write=actor.can_write(note.space_id),
        space_id=note.space_id,
    )


@blueprint.get("/<int:note_id>/sealed/versions")
def list_sealed_versions(note_id: int) -> AnyResponse:
    """A part of the page, which alone can open them."""
    actor = current_actor()
    note = queries.get_note(actor, note_id)
    if not templating.wants_partial():
        return redirect(versions_place(note_id), 303)
    page = queries.list_sealed_versions(actor, note_id, cursor=request.args.get("cursor"), limit=PAGE_SIZE)
    newest = queries.list_sealed_versions(actor, note_id, limit=1).items
    passphrase, since = queries.newest_passphrase(actor, note_id)
    next_url = url_for("notes.list_sealed_versions", note_id=note_id, cursor=page.next_cursor)
    return templating.page(
        "notes/sealed_versions.html",
        headers=PRIVATE,
        note=note,
        versions=page.items,
        next_url=next_url if page.next_cursor else "",
        names=slots.names_of(sorted({each.author_id for each in page.items if each.author_id is not None})),
        newest=newest[0].number if newest else None,
        passphrase=passphrase,
        since=since,
        may_write=actor.can_write(note.space_id),
    )


def versions_place(note_id: int) -> str:
    """Where the versions of an encrypted note are opened."""
    return url_for("notes.show_sealed", note_id=note_id, _anchor="versions")
