"""What can go wrong with notes."""

from trackeep.core.errors import Conflict, Invalid, TooLarge
from trackeep.core.i18n import lazy_gettext as _l


class NoteCircle(Invalid):
    code = "note-circle"
    title = _l("A note cannot be inside itself")
    default_detail = _l("Choose another place for it.")


class NoteTooDeep(Invalid):
    code = "note-too-deep"
    title = _l("This would be nested too deeply")
    default_detail = _l("Notes are nested at most 50 levels deep. Choose a place further up.")


class NoteTooLong(TooLarge):
    code = "note-too-long"
    title = _l("This note is too long")
    default_detail = _l("A note holds at most 2 MB of text. Split it into several notes.")


class LineChanged(Conflict):
    code = "line-changed"
    title = _l("This line has changed")
    default_detail = _l("The note was edited in the meantime. Look at it again, then tick the box.")


class NoteSealed(Conflict):
    code = "note-sealed"
    title = _l("This note is encrypted")
    default_detail = _l("Only your browser can open it, with your passphrase. Nothing was changed.")


class RenamedAgain(Conflict):
    code = "renamed-again"
    title = _l("The note has another name by now")
    default_detail = _l("It was renamed again, so this renaming can no longer be taken back.")
