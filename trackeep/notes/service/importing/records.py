"""The imports of notes."""

from trackeep.core.i18n import lazy_gettext as _l
from trackeep.core.imports import Imports
from trackeep.notes.models import NoteImport, NoteImportRow

BATCH = 200

IMPORTS = Imports(
    domain="notes",
    records=NoteImport,
    lines=NoteImportRow,
    refusal=_l("You may no longer add notes to this space."),
)
