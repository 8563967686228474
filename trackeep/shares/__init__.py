"""Shares: things of any kind shown to whoever has a link, until it ends or is revoked."""

from trackeep.core.domain import Domain
from trackeep.core.i18n import lazy_gettext as _l

DOMAIN = Domain(name="shares", title=_l("Shared links"), needs=("spaces", "accounts"), package=__name__)
