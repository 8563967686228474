"""What feeds offer to palette, trash and the archive of everything a person owns."""

from collections.abc import Iterable

from trackeep.core.actor import Actor
from trackeep.core.i18n import lazy_gettext as _l
from trackeep.core.slots import Action, Exporter, TrashBin
from trackeep.feeds import queries, service

DOMAIN_NAME, ICON, KIND = "feeds", "rss", "feed"


def export_opml(actor: Actor) -> Iterable[bytes]:
    """What a person owns lies in their own space."""
    return service.export_outline(actor, actor.personal_space_id or 0)


OFFERS = (
    Action(
        title=_l("Subscribe to a feed"),
        icon=ICON,
        endpoint="feeds.new",
        keywords=(_l("RSS"), _l("Atom"), _l("follow")),
    ),
    Action(title=_l("Import and export feeds (OPML)"), icon="file-import", endpoint="feeds.opml_page"),
    Action(
        title=_l("Publish a list as a feed"),
        icon="send",
        endpoint="feeds.outlets_page",
        keywords=(_l("RSS"), _l("secret address")),
    ),
    TrashBin(
        kind=KIND,
        domain=DOMAIN_NAME,
        title=_l("Feeds"),
        icon=ICON,
        titles=queries.trashed_titles,
        restore=service.restore_feeds,
        purge=service.purge_feeds,
    ),
    Exporter(
        name="feeds",
        domain=DOMAIN_NAME,
        file_name="feeds.opml",
        write=export_opml,
        title=_l("Feeds, as every feed reader takes them in"),
    ),
)
