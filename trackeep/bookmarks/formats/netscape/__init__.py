"""Netscape bookmark files, which every browser and bookmark manager writes: read with bounded memory, and written."""

from trackeep.bookmarks.formats.netscape.reader import read
from trackeep.bookmarks.formats.netscape.source import looks_like_netscape
from trackeep.bookmarks.formats.netscape.writer import write

__all__ = ["looks_like_netscape", "read", "write"]
