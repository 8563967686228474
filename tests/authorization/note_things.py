"""Alice's notes."""

import io
from functools import cached_property
from zipfile import ZipFile

from tests.authorization.belongings import Belongings
from trackeep.notes import service as notes
from trackeep.notes.drafts import NoteDraft


class NoteThings(Belongings):
    @property
    def note_file(self) -> tuple[io.BytesIO, str]:
        """A zip file of Markdown, to be uploaded."""
        stream = io.BytesIO()
        with ZipFile(stream, "w") as archive:
            archive.writestr(f"Brought {self.number}.md", "A text")
        stream.seek(0)
        return stream, "notes.zip"

    @cached_property
    def note_import_id(self) -> int:
        """One of notes that has been looked through and waits to be saved."""
        stream, name = self.note_file
        import_id = notes.open_import(self.actor, self.space_id, file_name=name, stream=stream)
        notes.check_import(import_id)
        return import_id

    @cached_property
    def note_id(self) -> int:
        draft = NoteDraft(title=f"A note {self.number}", body="- [ ] A task")
        return notes.create_note(self.actor, self.space_id, draft)

    @cached_property
    def other_note_id(self) -> int:
        return notes.create_note(self.actor, self.space_id, NoteDraft(title=f"Another note {self.number}"))

    @cached_property
    def trashed_note_id(self) -> int:
        notes.trash_notes(self.actor, [self.other_note_id])
        return self.other_note_id

    @cached_property
    def sealed_note_id(self) -> int:
        sealed = notes.Sealed(cipher_text="Y" * 64, salt="c" * 24, iv="aXZpdml2aXZpdml2", iterations=600_000)
        note_id = notes.create_note(self.actor, self.space_id, NoteDraft(title=f"Another note {self.number}.1"))
        notes.seal_note(self.actor, note_id, sealed, version=1)
        return note_id

    @cached_property
    def note_marks_undo_id(self) -> int:
        return notes.change_many(self.actor, [self.note_id], notes.BulkVerb.PIN).undo_id or 0

    @cached_property
    def renamed_note_undo_id(self) -> int:
        changes = notes.NoteChanges(title=f"Renamed {self.number}")
        return notes.edit_note(self.actor, self.note_id, changes, version=1).undo_id or 0
