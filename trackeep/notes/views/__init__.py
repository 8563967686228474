"""Pages of notes."""

from trackeep.notes.views import exports, imports, lists
from trackeep.notes.views.door import blueprint

__all__ = ["blueprint", "exports", "imports", "lists"]
