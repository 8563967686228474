"""JSON of notes."""

from trackeep.notes.api import imports, links, notes, places, versions
from trackeep.notes.api.door import blueprint

__all__ = ["blueprint", "imports", "links", "notes", "places", "versions"]
