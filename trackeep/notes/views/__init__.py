"""Pages of notes."""

from trackeep.notes.views import conflicts, exports, imports, lists, sealing, versions
from trackeep.notes.views.door import blueprint

__all__ = ["blueprint", "conflicts", "exports", "imports", "lists", "sealing", "versions"]
