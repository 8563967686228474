"""Notes."""

from tests.authorization.cases import OWNER, PERSON, READ, WRITE
from tests.authorization.expectations.statuses import REFUSED

VERSION = {"If-Match": '"1"'}
SEALED = {"cipher_text": "Y" * 64, "salt": "c" * 24, "iv": "aXZpdml2aXZpdml2", "iterations": 600_000}
IMPORT = OWNER.at(import_id="note_import_id")

TABLE = {
    "GET notes.index": PERSON,
    "GET notes.show": READ,
    "GET notes_api.list_notes": READ.asks(lambda things: {"space": things.space_id}),
    "POST notes_api.create_note": WRITE.sends(
        lambda things: {"title": things.unused_name, "space_id": things.space_id}
    ),
    "GET notes_api.show_note": READ,
    "PATCH notes_api.edit_note": WRITE.sends({"title": "Changed"}).heads(VERSION),
    "DELETE notes_api.trash_note": WRITE,
    "POST notes_api.undo_rename": OWNER.at(undo_id="renamed_note_undo_id"),
    "GET notes_api.list_branches": READ.asks(lambda things: {"space": things.space_id}),
    "GET notes_api.show_path": READ,
    "POST notes_api.move_note": WRITE.sends(lambda things: {"parent_id": things.other_note_id}),
    "POST notes_api.tick": WRITE.sends({"line": 1, "checked": True, "expected": "- [ ] A task"}),
    "POST notes_api.ensure_note": WRITE.sends(
        lambda things: {"title": things.unused_name, "space_id": things.space_id}
    ),
    "POST notes_api.daily_note": WRITE.sends(lambda things: {"space_id": things.space_id}),
    "GET notes_api.list_versions": READ,
    "GET notes_api.show_version": READ.at(note_id="note_id", number=lambda _things: 1),
    "POST notes_api.restore_version": WRITE.at(note_id="note_id", number=lambda _things: 1).heads(VERSION),
    "PUT notes_api.seal_note": WRITE.sends(SEALED).heads(VERSION),
    "PUT notes_api.open_note": WRITE.at(note_id="sealed_note_id").sends({"body": "Open"}).heads({"If-Match": '"2"'}),
    "GET notes_api.list_backlinks": READ,
    "GET notes_api.list_outgoing": READ,
    "GET notes_api.list_missing": READ.asks(lambda things: {"space": things.space_id}),
    "GET notes.import_page": PERSON,
    "POST notes.upload_import": PERSON.posts(lambda things: {"file": things.note_file}),
    "GET notes.show_import": IMPORT,
    "POST notes.run_import": IMPORT,
    "POST notes.undo_import": IMPORT.may_answer(REFUSED),
    "POST notes.discard_import": IMPORT,
    "GET notes.export_page": READ.asks(lambda things: {"note": things.note_id}),
    "GET notes.export_file": READ.asks(lambda things: {"space": things.space_id}),
    "GET notes_api.list_imports": PERSON,
    "POST notes_api.upload_import": WRITE.posts(lambda things: {"file": things.note_file, "space_id": things.space_id}),
    "GET notes_api.show_import": IMPORT,
    "GET notes_api.list_import_rows": IMPORT,
    "POST notes_api.run_import": IMPORT,
    "POST notes_api.undo_import": IMPORT.may_answer(REFUSED),
    "DELETE notes_api.discard_import": IMPORT,
    "GET notes_api.export_notes": READ.asks(lambda things: {"space": things.space_id}),
    "GET notes.list_versions": READ,
    "POST notes.restore_version": WRITE.at(note_id="note_id", number=lambda _things: 1).posts({"version": 1}),
    "POST notes.show_conflict": WRITE.posts({"title": "Mine", "body": "Mine"}).may_answer(409),
    "POST notes.settle_conflict": WRITE.posts({"title": "Mine", "body": "Mine", "version": 1}),
    "GET notes.show_sealed": READ,
}
