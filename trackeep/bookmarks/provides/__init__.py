"""What bookmarks offer to home, palette, quick add, search, trash and the archive of everything a person owns."""

from trackeep.bookmarks.provides import adding, carrying, finding, highlights, home, outside, trash

OFFERS = (
    *home.OFFERS,
    *finding.OFFERS,
    *adding.OFFERS,
    *carrying.OFFERS,
    *trash.OFFERS,
    *highlights.OFFERS,
    *outside.OFFERS,
)
