"""The home page: what needs attention now, as cards that other domains offer and each person arranges."""

from trackeep.core.domain import Domain, NavItem
from trackeep.core.i18n import lazy_gettext as _l

DOMAIN = Domain(
    name="home",
    title=_l("Home"),
    nav=(NavItem(label=_l("Home"), icon="home", endpoint="home.show_home", order=0, shortcut="g h"),),
    package=__name__,
)
