"""Tags: names that a space's things of any kind can carry, nested with a slash."""

from trackeep.core.domain import Domain, NavItem
from trackeep.core.i18n import lazy_gettext as _l

DOMAIN = Domain(
    name="tags",
    title=_l("Tags"),
    needs=("spaces",),
    nav=(NavItem(label=_l("Tags"), icon="tag", endpoint="tags.index", order=80, shortcut="g t"),),
    package=__name__,
)
