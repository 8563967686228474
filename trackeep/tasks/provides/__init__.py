"""What tasks offer to home, palette, quick add, search, trash and the archive of everything a person owns."""

from trackeep.tasks.provides import adding, carrying, finding, home, outside, sidebar, trash

OFFERS = (
    *home.OFFERS,
    *finding.OFFERS,
    *adding.OFFERS,
    *carrying.OFFERS,
    *outside.OFFERS,
    *trash.OFFERS,
    *sidebar.OFFERS,
)
