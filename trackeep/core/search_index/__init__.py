"""The search documents: one row per findable object, indexed the same way by SQLite and PostgreSQL."""

from trackeep.core.search_index.documents import (
    Document,
    SearchDocument,
    index_documents,
    move_documents,
    remove_documents,
    titles_of,
)
from trackeep.core.search_index.matcher import Matcher, matching

__all__ = [
    "Document",
    "Matcher",
    "SearchDocument",
    "index_documents",
    "matching",
    "move_documents",
    "remove_documents",
    "titles_of",
]
