"""Accounts: who people are, how they prove it, and what they prefer."""

from trackeep.core.domain import Domain
from trackeep.core.i18n import lazy_gettext as _l

DOMAIN = Domain(name="accounts", title=_l("Accounts"), needs=("spaces",), always_on=True, package=__name__)
