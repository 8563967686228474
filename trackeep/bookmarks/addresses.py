"""Addresses that several entrances name."""

from flask import url_for


def highlight_address(bookmark_id: int, highlight_id: int) -> str:
    """Where a highlight is seen on its page."""
    return f"{url_for('bookmarks.show_highlights', bookmark_id=bookmark_id)}#highlight-{highlight_id}"
