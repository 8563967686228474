"""What Trackeep itself exports, written and read back without loss: JSON, JSON lines, CSV and Markdown."""

from trackeep.bookmarks.formats.own import cells, lines, markdown, places

__all__ = ["cells", "lines", "markdown", "places"]
