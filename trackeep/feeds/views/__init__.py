"""Pages of feeds, of lists of feeds, of feeds that go out, and those feeds themselves."""

from trackeep.feeds.views import adding, lists, one, outlets, outlines, reading
from trackeep.feeds.views.door import blueprint

__all__ = ["adding", "blueprint", "lists", "one", "outlets", "outlines", "reading"]
