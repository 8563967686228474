"""A shelf: where somebody's printed books stand. The smallest domain that has everything."""

from trackeep.core.domain import Domain, NavItem
from trackeep.core.i18n import lazy_gettext as _l

DOMAIN = Domain(
    name="shelf",
    title=_l("Shelf"),
    needs=("bookmarks",),
    nav=(NavItem(label=_l("Shelf"), icon="bookmark", endpoint="shelf.show", order=700),),
    package=__name__,
)
