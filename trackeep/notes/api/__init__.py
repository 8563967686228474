"""JSON of notes."""

from trackeep.notes.api import links, notes, places, versions
from trackeep.notes.api.door import blueprint

__all__ = ["blueprint", "links", "notes", "places", "versions"]
