"""Bookmarks: pages worth keeping, with their tags, collections and state."""

from trackeep.core.domain import Domain, NavItem
from trackeep.core.i18n import lazy_gettext as _l

DOMAIN = Domain(
    name="bookmarks",
    title=_l("Bookmarks"),
    needs=("spaces", "tags"),
    nav=(
        NavItem(label=_l("Bookmarks"), icon="bookmark", endpoint="bookmarks.index", order=20, shortcut="g b"),
        NavItem(
            label=_l("Highlights"), icon="highlight", endpoint="bookmarks.list_highlights", order=22, shortcut="g l"
        ),
    ),
    package=__name__,
)
