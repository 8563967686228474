"""The imports of bookmarks."""

from trackeep.bookmarks.models import BookmarkImport, BookmarkImportRow
from trackeep.core.i18n import lazy_gettext as _l
from trackeep.core.imports import Imports

BATCH = 500

IMPORTS = Imports(
    domain="bookmarks",
    records=BookmarkImport,
    lines=BookmarkImportRow,
    refusal=_l("You may no longer add bookmarks to this space."),
)
