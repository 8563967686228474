"""Tells by its exit code whether the embedded database has the newest schema (0), without loading the application.

A start would otherwise load everything twice, once only to find that there is nothing to migrate. Whatever this cannot
tell for certain (another database, plug-ins with tables of their own, an unknown revision, no database yet) is answered
with 1: then migrate.
"""

import os
import re
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REVISION = re.compile(r"^(down_)?revision(?:: [^=]+)? = (.+)$", re.MULTILINE)


def is_current() -> bool:
    if any(os.environ.get(name) for name in ("DATABASE_URL", "DATABASE_URL_FILE", "PLUGINS")):
        return False
    return stored_revisions(ROOT / (os.environ.get("DATA_DIR") or "data") / "trackeep.db") == newest_revisions()


def stored_revisions(database: Path) -> set[str] | None:
    """What the database says about itself, None when it says nothing."""
    if not database.exists():
        return None
    try:
        with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as connection:
            return {row[0] for row in connection.execute("SELECT version_num FROM alembic_version")} or None
    except sqlite3.Error:
        return None


def newest_revisions() -> set[str]:
    """The migrations that no other one builds on, read from the files' text."""
    found: dict[bool, set[str]] = {True: set(), False: set()}
    for path in (ROOT / "trackeep" / "migrations" / "versions").glob("*.py"):
        for older, value in REVISION.findall(path.read_text(encoding="utf-8")):
            found[bool(older)].update(re.findall(r"[\"']([^\"']+)[\"']", value))
    return found[False] - found[True]


if __name__ == "__main__":
    sys.exit(0 if is_current() else 1)
