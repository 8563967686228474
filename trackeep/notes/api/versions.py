"""JSON of versions, and of what is sealed."""

from flask import Response

from trackeep.core.openapi.document import TAKES_VERSION
from trackeep.core.paging import Page
from trackeep.core.web.identity import current_actor
from trackeep.notes import queries, service
from trackeep.notes.api.door import answer, blueprint, expected_version
from trackeep.notes.queries import SealedVersionItem, SealedVersionText, VersionItem, VersionText
from trackeep.notes.schemas import (
    NoteOut,
    OpenedIn,
    PageQuery,
    RenamedNoteOut,
    SealedIn,
    SealedVersionOut,
    SealedVersionsOut,
    VersionOut,
    VersionsOut,
)


@blueprint.get("/<int:note_id>/versions")
@blueprint.input(PageQuery, location="query")
@blueprint.output(VersionsOut)
def list_versions(note_id: int, query_data: PageQuery) -> Page[VersionItem]:
    """List the versions of a note, newest first

    At most 100 are kept, for at most a year. Those of an encrypted note are listed under ``sealed/versions``.
    """
    return queries.list_versions(current_actor(), note_id, cursor=query_data.cursor, limit=query_data.limit)


@blueprint.get("/<int:note_id>/versions/<int:number>")
@blueprint.output(VersionOut)
def show_version(note_id: int, number: int) -> VersionText:
    """Show a version with its text"""
    return queries.get_version(current_actor(), note_id, number)


@blueprint.post("/<int:note_id>/versions/<int:number>/restore")
@blueprint.doc(extensions={TAKES_VERSION: True})
@blueprint.output(RenamedNoteOut)
def restore_version(note_id: int, number: int) -> Response:
    """Let a note say what it said before

    That is a new version. Needs ``If-Match``.
    """
    actor = current_actor()
    done = service.restore_version(actor, note_id, number, version=expected_version())
    return answer(actor, note_id, linked=done.notes, undo_id=done.undo_id)


@blueprint.put("/<int:note_id>/sealed")
@blueprint.doc(extensions={TAKES_VERSION: True})
@blueprint.input(SealedIn)
@blueprint.output(NoteOut)
def seal_note(note_id: int, json_data: SealedIn) -> Response:
    """Encrypt a note, or save an encrypted one

    What the browser sealed takes the place of the text. The versions with the plain text are deleted, and nothing but
    the title can be found; what was sealed before stays a version. Needs ``If-Match``.
    """
    actor = current_actor()
    service.seal_note(
        actor,
        note_id,
        json_data.sealed(),
        version=expected_version(),
        apart=json_data.apart,
        new_passphrase=json_data.new_passphrase,
        forget_earlier=json_data.forget_earlier,
    )
    return answer(actor, note_id)


@blueprint.get("/<int:note_id>/sealed/versions")
@blueprint.input(PageQuery, location="query")
@blueprint.output(SealedVersionsOut)
def list_sealed_versions(note_id: int, query_data: PageQuery) -> Page[SealedVersionItem]:
    """List the versions of an encrypted note, newest first

    At most 100 of 20 MB together are kept, for at most a year. Each opens with the passphrase that the note had then.
    """
    return queries.list_sealed_versions(current_actor(), note_id, cursor=query_data.cursor, limit=query_data.limit)


@blueprint.get("/<int:note_id>/sealed/versions/<int:number>")
@blueprint.output(SealedVersionOut)
def show_sealed_version(note_id: int, number: int) -> SealedVersionText:
    """Show a version of an encrypted note as it was sealed

    To let the note say it again, open it, seal it with the passphrase of now and save it ``apart``.
    """
    return queries.get_sealed_version(current_actor(), note_id, number)


@blueprint.put("/<int:note_id>/opened")
@blueprint.doc(extensions={TAKES_VERSION: True})
@blueprint.input(OpenedIn)
@blueprint.output(NoteOut)
def open_note(note_id: int, json_data: OpenedIn) -> Response:
    """Make an encrypted note a plain one

    With the text, which the browser has opened. Its sealed versions are deleted. Needs ``If-Match``.
    """
    actor = current_actor()
    service.open_note(actor, note_id, json_data.body, version=expected_version())
    return answer(actor, note_id)
