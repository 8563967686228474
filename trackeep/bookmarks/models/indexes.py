"""How the tables of bookmarks spell indexes over a part of their rows."""

from sqlalchemy import Index, text


def live(name: str, *columns: str, also: str = "", also_sqlite: str = "", unique: bool = False) -> Index:
    """An index over what is not in the trash. SQLite uses it only where a query's condition is written the same way,
    and there booleans are 0 and 1."""
    parts = [("deleted_at IS NULL", also), ("deleted_at IS NULL", also_sqlite or also)]
    postgresql, sqlite = (text(" AND ".join(filter(None, part))) for part in parts)
    return Index(name, *columns, unique=unique, postgresql_where=postgresql, sqlite_where=sqlite)


def having(column: str, name: str, *columns: str) -> Index:
    condition = text(f"{column} IS NOT NULL")
    return Index(name, *columns, postgresql_where=condition, sqlite_where=condition)


def view(name: str, *tested: str, also: str, also_sqlite: str = "") -> Index:
    """The index of a list, newest first. It holds every column that the list's condition tests, so that counting never
    reads a row, and SQLite, which knows no figures of its tables, chooses it for being all that is needed."""
    return live(name, "space_id", "added_at", "id", "deleted_at", *tested, also=also, also_sqlite=also_sqlite)
