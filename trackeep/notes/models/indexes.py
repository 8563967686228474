"""How the tables of notes spell indexes over a part of their rows."""

from sqlalchemy import Index, text


def live(name: str, *columns: str, also: str = "", also_sqlite: str = "", unique: bool = False) -> Index:
    """An index over what is not in the trash. SQLite uses it only where a query's condition is written the same way,
    and there booleans are 0 and 1."""
    parts = [("deleted_at IS NULL", also), ("deleted_at IS NULL", also_sqlite or also)]
    postgresql, sqlite = (text(" AND ".join(filter(None, part))) for part in parts)
    return Index(name, *columns, unique=unique, postgresql_where=postgresql, sqlite_where=sqlite)
