"""Notes: Markdown pages in a tree, joined by the names that they mention, with all their versions."""

from trackeep.core.domain import Domain, NavItem
from trackeep.core.i18n import lazy_gettext as _l

DOMAIN = Domain(
    name="notes",
    title=_l("Notes"),
    needs=("spaces", "tags", "references"),
    nav=(
        NavItem(label=_l("Notes"), icon="notes", endpoint="notes.index", order=40, shortcut="g n"),
        NavItem(label=_l("Today's note"), icon="calendar-event", endpoint="notes.daily", order=42, shortcut="g d"),
    ),
    package=__name__,
)
