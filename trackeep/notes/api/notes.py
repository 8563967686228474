"""JSON of single notes and of lists."""

from flask import Response, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from trackeep.core.openapi.document import TAKES_VERSION
from trackeep.core.paging import Page
from trackeep.core.undo import Undone
from trackeep.core.web.idempotent import idempotent
from trackeep.core.web.identity import current_actor
from trackeep.core.web.limits import SEARCH, limited_by, searched
from trackeep.notes import queries, service
from trackeep.notes.api.door import answer, blueprint, expected_version, own_space
from trackeep.notes.queries import NoteItem
from trackeep.notes.schemas import (
    ListQuery,
    NoteIn,
    NoteOut,
    NotePageOut,
    NotePatch,
    NotesBulkIn,
    NotesBulkOut,
    RenamedNoteOut,
    UndoneOut,
)
from trackeep.notes.service import BulkDone, Taken


@blueprint.get("")
@limited_by(SEARCH, searched("text"))
@blueprint.input(ListQuery, location="query")
@blueprint.output(NotePageOut)
def list_notes(query_data: ListQuery) -> Page[NoteItem]:
    """List notes

    Without their texts, the last changed first or by title. The filters all have to hold: ``text`` finds words, ``tag``
    includes the tags below it. Go on with ``next_cursor``.
    """
    return queries.list_notes(
        current_actor(),
        query_data.filters(),
        sort=query_data.sort,
        cursor=query_data.cursor,
        limit=query_data.limit,
    )


@blueprint.post("")
@idempotent
@blueprint.input(NoteIn)
@blueprint.output(NoteOut, status_code=201)
def create_note(json_data: NoteIn) -> Response:
    """Make a note

    Links that have waited for its title lead to it from now on. With ``template_id``, ``{{title}}``, ``{{date}}`` and
    ``{{time}}`` of the template are filled in. A draft is seen only by those who may write in its space.
    """
    actor = current_actor()
    space_id = json_data.space_id or own_space(actor)
    if json_data.template_id is None:
        note_id = service.create_note(actor, space_id, json_data.draft())
    else:
        note_id = service.create_from_template(actor, space_id, json_data.template_id, json_data.draft())
    response = answer(actor, note_id, 201)
    response.headers["Location"] = url_for("notes_api.show_note", note_id=note_id)
    return response


@blueprint.get("/<int:note_id>")
@blueprint.output(NoteOut)
def show_note(note_id: int) -> AnyResponse:
    """Show a note with its text

    The ``ETag`` begins with its version, for ``If-Match`` when you change it.
    """
    return answer(current_actor(), note_id).make_conditional(request)


@blueprint.patch("/<int:note_id>")
@blueprint.doc(extensions={TAKES_VERSION: True})
@blueprint.input(NotePatch)
@blueprint.output(RenamedNoteOut)
def edit_note(note_id: int, json_data: NotePatch) -> Response:
    """Change a note

    Only the fields that are sent change. Title and text need ``If-Match``; a stale version answers 409 with both texts.
    With a new title the links to it in all notes of the space follow; ``undo_id`` takes that back.
    """
    actor = current_actor()
    done = service.edit_note(actor, note_id, json_data.changes(), version=expected_version())
    return answer(actor, note_id, linked=done.notes, undo_id=done.undo_id)


@blueprint.delete("/<int:note_id>")
@blueprint.output({}, status_code=204)
def trash_note(note_id: int) -> str:
    """Move a note to the trash, with all below it"""
    actor = current_actor()
    service.trash_notes(actor, [queries.get_note(actor, note_id).id])
    return ""


@blueprint.post("/bulk")
@blueprint.input(NotesBulkIn)
@blueprint.output(NotesBulkOut)
def change_many(json_data: NotesBulkIn) -> BulkDone:
    """Do one thing to many notes"""
    return service.change_many(
        current_actor(), json_data.ids, json_data.verb, json_data.tags, parent_id=json_data.parent_id
    )


@blueprint.post("/bulk/undo/<int:undo_id>")
@blueprint.output(UndoneOut)
def undo_many(undo_id: int) -> Undone:
    """Take a change of many notes back

    What was edited since stays as it is.
    """
    return service.undo_many(current_actor(), undo_id)


@blueprint.post("/undo/<int:undo_id>")
@blueprint.output(UndoneOut)
def undo_rename(undo_id: int) -> Taken:
    """Take a renaming back

    The note gets its former name, and so do the links that followed, where nobody has edited them since.
    """
    return service.undo_rename(current_actor(), undo_id)
