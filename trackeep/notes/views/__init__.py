"""Pages of notes."""

from trackeep.notes.views import lists
from trackeep.notes.views.door import blueprint

__all__ = ["blueprint", "lists"]
