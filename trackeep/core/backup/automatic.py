"""The copy that is made before each migration."""

from config.settings import Settings
from trackeep.core.backup import dumps
from trackeep.core.backup.archive import make_backup
from trackeep.core.backup.restoring import automatic_name, holds_data

REASON = "before-migration"
KEPT = 5


def copy_before_migration(settings: Settings) -> str | None:
    """Copy the database (files are never migrated) and say where it is; None when there is nothing to lose."""
    if not holds_data():
        return None
    if not settings.is_sqlite and not dumps.has_tools():
        # The migration is one transaction there: when it fails, everything is as before.
        return "No copy is made before the migration: pg_dump is not on PATH."
    target = automatic_name(settings, REASON)
    make_backup(settings, target, with_blobs=False)
    for old in sorted(target.parent.glob(f"trackeep-{REASON}-*.tar"))[:-KEPT]:
        old.unlink()
    return f"The database was copied to {target} before the migration."
