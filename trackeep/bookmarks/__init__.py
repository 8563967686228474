"""Bookmarks: pages worth keeping, with their tags, collections and state."""

from trackeep.core.domain import Domain
from trackeep.core.i18n import lazy_gettext as _l

DOMAIN = Domain(
    name="bookmarks",
    title=_l("Bookmarks"),
    needs=("spaces", "tags"),
    package=__name__,
)
