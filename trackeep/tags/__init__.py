"""Tags: names that a space's things of any kind can carry, nested with a slash."""

from trackeep.core.domain import Domain
from trackeep.core.i18n import lazy_gettext as _l

DOMAIN = Domain(
    name="tags",
    title=_l("Tags"),
    needs=("spaces",),
    package=__name__,
)
