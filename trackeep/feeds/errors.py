"""What can go wrong with feeds."""

from trackeep.core.errors import Conflict, Gone, Invalid, TooMany
from trackeep.core.i18n import lazy_gettext as _l


class AlreadySubscribed(Conflict):
    """``extra["existing_id"]`` is the feed that has this address."""

    code = "already-subscribed"
    title = _l("You have this feed already")
    default_detail = _l("This space is subscribed to it. Nothing was changed.")


class NoFeedThere(Invalid):
    code = "no-feed"
    title = _l("There is no feed")
    default_detail = _l("No feed could be read at this address.")


class TooManyFeeds(TooMany):
    code = "too-many-feeds"
    title = _l("Too many feeds")
    default_detail = _l("A space can have 5,000 feeds. Please leave some first.")


class OutlineTaken(Gone):
    code = "outline-taken"
    title = _l("This list was taken in already")
    default_detail = _l("Bring the file again to take in what is still missing.")


class TooManyLooks(TooMany):
    code = "too-many-looks"
    title = _l("One after the other")
    default_detail = _l("You are looking at several addresses already. Please wait until one of them is shown.")
