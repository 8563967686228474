"""What the engine leaves on the disk and in messages."""

import os
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from trackeep.core.db.engine import build_engine


def test_a_database_file_and_its_journal_are_for_the_owner_only(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        engine = build_engine(f"sqlite:///{tmp_path / 'new.db'}", 1)
        with engine.begin() as connection:
            connection.execute(text("CREATE TABLE things (id INTEGER)"))
            files = list(tmp_path.iterdir())
            modes = {path.name: oct(path.stat().st_mode & 0o077) for path in files}
        engine.dispose()
    finally:
        os.umask(before)
    assert modes == {"new.db": "0o0", "new.db-wal": "0o0", "new.db-shm": "0o0"}


def test_a_message_holds_no_values(tmp_path: Path) -> None:
    engine = build_engine(f"sqlite:///{tmp_path / 'new.db'}", 1)
    with engine.connect() as connection, pytest.raises(DBAPIError) as caught:
        connection.execute(text("INSERT INTO nothing VALUES (:value)"), {"value": "a secret"})
    engine.dispose()
    assert "a secret" not in str(caught.value)
