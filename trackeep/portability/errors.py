"""What can go wrong with archives."""

from trackeep.core.errors import Conflict, Gone, TooMany
from trackeep.core.i18n import lazy_gettext as _l


class AlreadyMaking(Conflict):
    code = "archive-in-the-making"
    title = _l("An archive is being made already")
    default_detail = _l("It will be in the list when it is done. You can leave this page.")


class TooManyArchives(TooMany):
    code = "too-many-archives"
    title = _l("Too many archives")
    default_detail = _l("Delete one of your archives first, or wait until the oldest expires.")


class NotReady(Gone):
    code = "archive-not-ready"
    default_detail = _l("This archive is not made yet, or it has expired.")
