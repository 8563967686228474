"""References: any thing can be linked with any other, and shows it on both sides."""

from trackeep.core.domain import Domain
from trackeep.core.i18n import lazy_gettext as _l

DOMAIN = Domain(name="references", title=_l("Linked things"), needs=("spaces",), package=__name__)
