"""What can go wrong with bookmarks."""

from trackeep.core.errors import Conflict, Invalid, TooMany
from trackeep.core.i18n import lazy_gettext as _l


class AlreadySaved(Conflict):
    """``extra["existing_id"]`` is the bookmark that has this address."""

    code = "already-saved"
    title = _l("You have this page already")
    default_detail = _l("It is in your library. Nothing was changed.")


class CollectionExists(Conflict):
    code = "collection-exists"
    title = _l("There is such a collection already")
    default_detail = _l("A collection of this name is in the same place.")


class CollectionCircle(Invalid):
    code = "collection-circle"
    title = _l("A collection cannot be inside itself")
    default_detail = _l("Choose another place for it.")


class CollectionTooDeep(Invalid):
    code = "collection-too-deep"
    title = _l("This would be nested too deeply")
    default_detail = _l("Collections are nested at most 50 levels deep. Choose a place further up.")


class TooManyHighlights(Conflict):
    code = "too-many-highlights"
    title = _l("This page is full of highlights")
    default_detail = _l("A page has at most 2,000 highlights. Delete some that you no longer need, then mark this one.")


class RuleBusy(Conflict):
    code = "rule-busy"
    title = _l("This rule is at work already")
    default_detail = _l("It is being applied to what you have. Wait until it has finished.")


class TooManyRules(TooMany):
    code = "too-many-rules"
    title = _l("There are 200 rules already")
    default_detail = _l("Delete one that you no longer need, then make the next.")


class ArchiveOff(Conflict):
    code = "archive-off"
    title = _l("There is no web archive here")
    default_detail = _l("Whoever runs this server has switched the web archive off (WEB_ARCHIVE_URL).")
