"""OPML: lists of feeds as every feed reader takes them in and gives them out; pure."""

from trackeep.feeds.opml.reader import Row, UnreadableOutline, Verdict, read_outline
from trackeep.feeds.opml.writer import Line, write_outline

__all__ = ["Line", "Row", "UnreadableOutline", "Verdict", "read_outline", "write_outline"]
