"""Notes."""

from tests.authorization.cases import OWNER, PERSON, READ, WRITE

VERSION = {"If-Match": '"1"'}
SEALED = {"cipher_text": "Y" * 64, "salt": "c" * 24, "iv": "aXZpdml2aXZpdml2", "iterations": 600_000}

TABLE = {
    "GET notes.index": PERSON,
    "POST notes.create": PERSON.posts(lambda things: {"title": things.unused_name}),
    "GET notes.new": PERSON,
    "GET notes.daily": PERSON,
    "POST notes.begin_day": PERSON.posts({"day": "2026-01-05"}),
    "GET notes.detail": READ,
    "GET notes.write": READ,
    "POST notes.save": WRITE.posts({"title": "Changed", "version": "1"}),
    "POST notes.preview": READ.asks(lambda things: {"space": things.space_id}).posts({"text": "[[A]]"}),
    "GET notes.titles": READ.asks(lambda things: {"space": things.space_id}),
    "GET notes.tree": READ.asks(lambda things: {"note": things.note_id}),
    "GET notes.branches": READ.asks(lambda things: {"parent": things.note_id}),
    "POST notes.move": WRITE.posts(lambda things: {"parent_id": things.other_note_id}),
    "GET notes.named": READ.asks(lambda things: {"space": things.space_id, "title": "Nowhere"}),
    "GET notes.missing": PERSON,
    "POST notes.name": WRITE.posts(lambda things: {"space": things.space_id, "title": things.unused_name}),
    "POST notes.make_task": WRITE.posts({"text": "A task of a line"}),
    "POST notes.mark": WRITE.posts({"pinned": "1"}),
    "POST notes.set_tags": WRITE.posts({"tags": "a, b"}),
    "POST notes.tick": WRITE.posts({"line": "1", "checked": "true", "expected": "- [ ] A task"}),
    "POST notes.trash": WRITE,
    "POST notes.restore": WRITE.asks(lambda things: {"ids": things.trashed_note_id}),
    "POST notes.undo_rename": OWNER.at(undo_id="renamed_note_undo_id"),
    "POST notes.change_many": WRITE.posts(lambda things: {"verb": "pin", "ids": things.note_id}),
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
}
