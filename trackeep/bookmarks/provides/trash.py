"""What lies in the trash."""

from trackeep.bookmarks import queries, service
from trackeep.bookmarks.provides.names import COLLECTION_KIND, DOMAIN_NAME, ICON, KIND
from trackeep.core.i18n import lazy_gettext as _l
from trackeep.core.slots import TrashBin

OFFERS = (
    TrashBin(
        kind=KIND,
        domain=DOMAIN_NAME,
        title=_l("Bookmarks"),
        icon=ICON,
        titles=queries.trashed_titles,
        restore=service.restore_bookmarks,
        purge=service.purge_bookmarks,
    ),
    TrashBin(
        kind=COLLECTION_KIND,
        domain=DOMAIN_NAME,
        title=_l("Collections"),
        icon="folder",
        titles=queries.trashed_names,
        restore=service.restore_collections,
        purge=service.purge_collections,
    ),
)
