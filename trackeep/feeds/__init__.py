"""Feeds: what others publish comes in as bookmarks, and lists of bookmarks go out as feeds."""

from trackeep.core.domain import Domain, NavItem
from trackeep.core.i18n import lazy_gettext as _l

DOMAIN = Domain(
    name="feeds",
    title=_l("Feeds"),
    needs=("spaces", "tags", "bookmarks"),
    nav=(NavItem(label=_l("Feeds"), icon="rss", endpoint="feeds.index", order=85, shortcut="g f"),),
    package=__name__,
)
