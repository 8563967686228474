"""One archive of everything that a person owns, to keep or to take elsewhere."""

from trackeep.core.domain import Domain
from trackeep.core.i18n import lazy_gettext as _l

DOMAIN = Domain(name="portability", title=_l("Your data"), package=__name__)
