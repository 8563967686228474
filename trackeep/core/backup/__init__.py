"""A consistent copy of everything in one file, and the way back."""

from trackeep.core.backup.archive import Manifest, make_backup, read_backup
from trackeep.core.backup.errors import BackupError
from trackeep.core.backup.restoring import restore_backup

__all__ = ["BackupError", "Manifest", "make_backup", "read_backup", "restore_backup"]
