"""JSON of feeds, of feeds out, and of lists of feeds."""

from trackeep.feeds.api import feeds, outlets, outlines
from trackeep.feeds.api.door import blueprint

__all__ = ["blueprint", "feeds", "outlets", "outlines"]
