"""Spaces decide whose a thing is: everybody has a personal one, teams share theirs."""

from trackeep.core.domain import Domain
from trackeep.core.i18n import lazy_gettext as _l

DOMAIN = Domain(name="spaces", title=_l("Spaces"), always_on=True, package=__name__)
