"""What has happened to notes."""

from trackeep.core.events import Fact

note_created = Fact("note_created")
"""id, space_id"""

notes_changed = Fact("notes_changed")
"""ids"""
