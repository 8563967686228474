"""What each database needs beside the table: an FTS5 table with triggers on SQLite, a GIN index on PostgreSQL.

The statements run after the table is created by the metadata; a migration runs `statements(dialect)` itself.
"""

from trackeep.core.search_index.marks import WIDTH

FTS_TABLE = "search_words"
# How many characters of a word are looked up in one step while it is being typed, each with the mark before it.
PREFIXES = f"{WIDTH + 1} {WIDTH + 2} {WIDTH + 3}"


def _words(row: str) -> str:
    """The two columns of the full-text row: the words of the title line and of the rest, each with its space's mark."""
    mark = f"printf('%0{WIDTH}x', {row}.space_id)"
    title = f"substr({row}.tokens, 1, instr({row}.tokens, char(10)) - 1)"
    text = f"substr({row}.tokens, instr({row}.tokens, char(10)) + 1)"
    return ", ".join(f"{mark} || replace({part}, ' ', ' ' || {mark})" for part in (title, text))


_REMOVE = f"INSERT INTO {FTS_TABLE}({FTS_TABLE}, rowid, title, text) VALUES ('delete', old.object_id, {_words('old')});"  # noqa: S608  # constants
_ADD = f"INSERT INTO {FTS_TABLE}(rowid, title, text) VALUES (new.object_id, {_words('new')});"  # noqa: S608  # constants

SQLITE = (
    # Contentless: the words stand in search_documents.tokens already, and the triggers hand them over for removal.
    f"CREATE VIRTUAL TABLE {FTS_TABLE} USING fts5(title, text, content='', "
    f"""tokenize="ascii tokenchars '_'", prefix='{PREFIXES}')""",
    f"CREATE TRIGGER search_documents_added AFTER INSERT ON search_documents BEGIN {_ADD} END",
    f"CREATE TRIGGER search_documents_removed AFTER DELETE ON search_documents BEGIN {_REMOVE} END",
    "CREATE TRIGGER search_documents_changed AFTER UPDATE OF tokens, space_id, object_id ON search_documents "
    f"WHEN old.tokens <> new.tokens OR old.space_id <> new.space_id BEGIN {_REMOVE} {_ADD} END",
)
POSTGRESQL = ("CREATE INDEX ix_search_documents_tokens ON search_documents USING gin (tokens)",)
STATEMENTS = {"sqlite": SQLITE, "postgresql": POSTGRESQL}
DROPPING = {"sqlite": (f"DROP TABLE IF EXISTS {FTS_TABLE}",)}
