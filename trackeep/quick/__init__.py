"""The palette and the quick-add field: reach and capture anything from the keyboard."""

from trackeep.core.domain import Domain
from trackeep.core.i18n import lazy_gettext as _l

DOMAIN = Domain(name="quick", title=_l("Palette and quick add"), package=__name__)
