"""Netscape bookmark files, which every browser and bookmark manager writes: read with bounded memory, and written."""

from trackeep.bookmarks.netscape.reader import MAX_DEPTH, MAX_ROWS, read
from trackeep.bookmarks.netscape.rows import Fault, Problem, Root, Row, UnreadableFile, What
from trackeep.bookmarks.netscape.source import looks_like_netscape
from trackeep.bookmarks.netscape.values import (
    MAX_DESCRIPTION,
    MAX_FOLDER,
    MAX_NOTES,
    MAX_TAG,
    MAX_TAGS,
    MAX_TITLE,
)
from trackeep.bookmarks.netscape.writer import write

__all__ = [
    "MAX_DEPTH",
    "MAX_DESCRIPTION",
    "MAX_FOLDER",
    "MAX_NOTES",
    "MAX_ROWS",
    "MAX_TAG",
    "MAX_TAGS",
    "MAX_TITLE",
    "Fault",
    "Problem",
    "Root",
    "Row",
    "UnreadableFile",
    "What",
    "looks_like_netscape",
    "read",
    "write",
]
