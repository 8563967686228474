"""By what notes are found and sorted: the folded title."""

from trackeep.core.tokeniser import fold
from trackeep.notes.texts import MAX_TITLE


def title_key(title: str) -> str:
    """What two spellings of a title share. One of signs alone, of which nothing is left, stays as it is."""
    return (fold(title) or title)[:MAX_TITLE]
