"""How the tables of tasks spell indexes over a part of their rows."""

from sqlalchemy import Index, text

LIVE = "deleted_at IS NULL"
OPEN = f"{LIVE} AND completed_at IS NULL"


def live(name: str, *columns: str, also: str = "") -> Index:
    """Over what is not in the trash. SQLite uses it only where a query's condition is written the same way."""
    return partial(name, *columns, condition=" AND ".join(filter(None, (LIVE, also))))


def still_open(name: str, *columns: str, also: str = "") -> Index:
    """Over what is neither in the trash nor finished."""
    return partial(name, *columns, condition=" AND ".join(filter(None, (OPEN, also))))


def partial(name: str, *columns: str, condition: str) -> Index:
    return Index(name, *columns, postgresql_where=text(condition), sqlite_where=text(condition))
