"""The trash: what was deleted in the last thirty days, of every kind, to be brought back or removed for good."""

from trackeep.core.domain import Domain, NavItem
from trackeep.core.i18n import lazy_gettext as _l

DOMAIN = Domain(
    name="trash",
    title=_l("Trash"),
    nav=(NavItem(label=_l("Trash"), icon="trash", endpoint="trash.show_trash", order=900),),
    package=__name__,
)
