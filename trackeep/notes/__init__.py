"""Notes: Markdown pages in a tree, joined by the names that they mention, with all their versions."""

from trackeep.core.domain import Domain, NavItem
from trackeep.core.i18n import lazy_gettext as _l

DOMAIN = Domain(
    name="notes",
    title=_l("Notes"),
    needs=("spaces", "tags"),
    nav=(NavItem(label=_l("Notes"), icon="notes", endpoint="notes.index", order=40, shortcut="g n"),),
    package=__name__,
)
