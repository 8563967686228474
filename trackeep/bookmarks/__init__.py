"""Bookmarks: pages worth keeping, with their tags, collections and state."""
