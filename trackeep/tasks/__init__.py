"""Tasks: what is to be done, in projects and sections, with due days, repetition, reminders and comments."""

from trackeep.core.domain import Domain, NavItem
from trackeep.core.i18n import lazy_gettext as _l

DOMAIN = Domain(
    name="tasks",
    title=_l("Tasks"),
    needs=("spaces", "tags"),
    nav=(NavItem(label=_l("Tasks"), icon="checkbox", endpoint="tasks.index", order=10, shortcut="g k"),),
    package=__name__,
)
