"""How the tables of tasks spell indexes over a part of their rows."""

from sqlalchemy import Index, TextClause, text

LIVE = "deleted_at IS NULL"
OPEN = f"{LIVE} AND completed_at IS NULL"
IN_PROJECT = "project_id IS NOT NULL"
"""What leads with the project must leave the inboxes of all spaces out: SQLite would find one's own in there."""
TOP_OF_PROJECT = f"parent_id IS NULL AND {IN_PROJECT}"
LATER_THAN_ANY = "'9999-12-31'"
DUE_DAY = text(f"coalesce(due_on, {LATER_THAN_ANY})")
"""What is due on no day comes behind all that is due on one."""
Columns = str | TextClause


def live(name: str, *columns: Columns, also: str = "") -> Index:
    """Over what is not in the trash. SQLite uses it only where a query's condition is written the same way."""
    return partial(name, *columns, condition=" AND ".join(filter(None, (LIVE, also))))


def still_open(name: str, *columns: Columns, also: str = "") -> Index:
    """Over what is neither in the trash nor finished."""
    return partial(name, *columns, condition=" AND ".join(filter(None, (OPEN, also))))


def partial(name: str, *columns: Columns, condition: str) -> Index:
    return Index(name, *columns, postgresql_where=text(condition), sqlite_where=text(condition))
