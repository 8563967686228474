"""Ways in from the device and the browser, and the one that leads anywhere."""

from trackeep.core.i18n import lazy_gettext as _l
from trackeep.core.slots import Action, AppShortcut, BrowserSearch, ShareTarget

OFFERS = (
    ShareTarget(endpoint="bookmarks.receive"),
    AppShortcut(title=_l("Add bookmark"), endpoint="bookmarks.new", order=10),
    AppShortcut(title=_l("Read next"), endpoint="bookmarks.index", values={"view": "unread"}, order=20),
    BrowserSearch(
        title="Trackeep",
        text=_l("Search in your bookmarks"),
        endpoint="bookmarks.index",
        parameter="text",
        values={"view": "everything"},
    ),
    Action(
        title=_l("Open a bookmark by chance"),
        icon="arrows-shuffle",
        endpoint="bookmarks.random",
        keywords=(_l("random"), _l("surprise")),
    ),
    Action(
        title=_l("Save from everywhere"),
        icon="puzzle",
        endpoint="bookmarks.everywhere",
        keywords=(_l("extension"), _l("bookmarklet"), _l("phone"), _l("install")),
    ),
)
