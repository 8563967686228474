"""The files of bookmarks that people bring and take away: recognised by content, read with bounded memory, written."""

from trackeep.bookmarks.formats.detection import read, recognise
from trackeep.bookmarks.formats.kinds import Format
from trackeep.bookmarks.formats.rows import Fault, Problem, Root, Row, UnreadableFile, What

__all__ = ["Fault", "Format", "Problem", "Root", "Row", "UnreadableFile", "What", "read", "recognise"]
