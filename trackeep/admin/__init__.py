"""Administration: how the instance is doing, its jobs and its audit log, beside the pages that other domains offer."""

from trackeep.core.domain import Domain
from trackeep.core.i18n import lazy_gettext as _l

DOMAIN = Domain(name="admin", title=_l("Administration"), takes_tokens=False, package=__name__)
