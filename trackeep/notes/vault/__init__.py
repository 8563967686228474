"""Folders of Markdown in a zip file, as Obsidian keeps them: read as drafts of notes, and written to come back."""

from trackeep.notes.vault.drafts import NoteDraft, Remark
from trackeep.notes.vault.reading import UnreadableVault, read_vault
from trackeep.notes.vault.writing import NoteOut, write_vault

__all__ = ["NoteDraft", "NoteOut", "Remark", "UnreadableVault", "read_vault", "write_vault"]
