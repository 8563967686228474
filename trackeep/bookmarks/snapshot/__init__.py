"""A page in one file: its pictures, fonts and styles inside, nothing in it that acts; only jobs import this package."""

from trackeep.bookmarks.snapshot.page import Snapshot, take

__all__ = ["Snapshot", "take"]
