"""Compares what people were told with what the database and the folder of files hold."""

import hashlib
import os
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from sqlalchemy import create_engine, text

from tests.drills.application import Application
from tests.drills.writers import Writer
from trackeep.core.blobs import YOUNG

COUNTERS = """
SELECT tags.id, tags.uses, count(objects.id) FROM tags
LEFT JOIN object_tags ON object_tags.tag_id = tags.id
LEFT JOIN objects ON objects.id = object_tags.object_id AND objects.deleted_at IS NULL
GROUP BY tags.id, tags.uses HAVING tags.uses <> count(objects.id)
"""
HALF_WRITTEN = """
SELECT objects.id FROM objects
LEFT JOIN bookmarks ON bookmarks.id = objects.id AND bookmarks.space_id = objects.space_id
LEFT JOIN search_documents ON search_documents.object_id = objects.id
WHERE objects.kind = 'bookmark'
AND (bookmarks.id IS NULL OR (search_documents.object_id IS NULL) <> (objects.deleted_at IS NOT NULL))
"""
DOUBLED_TOKENS = "SELECT name FROM api_tokens WHERE name LIKE 'Token %' GROUP BY user_id, name HAVING count(*) > 1"
LIVE = """
SELECT bookmarks.id, tags.name FROM bookmarks
LEFT JOIN object_tags ON object_tags.object_id = bookmarks.id LEFT JOIN tags ON tags.id = object_tags.tag_id
JOIN spaces ON spaces.id = bookmarks.space_id JOIN users ON users.id = spaces.created_by
WHERE bookmarks.deleted_at IS NULL AND users.username = :name
"""
IMPORTS = "SELECT i.id FROM bookmark_imports i JOIN users ON users.id = i.user_id WHERE users.username = :name"
TOKENS = "SELECT count(*) FROM api_tokens JOIN users ON users.id = api_tokens.user_id WHERE users.username = :name"
BLOBS = "SELECT blob_key FROM bookmark_imports WHERE blob_key IS NOT NULL"


class Truth:
    """The database of a server, past the server."""

    def __init__(self, server: Application) -> None:
        self._server = server
        self._url = server.environment.get("DATABASE_URL") or f"sqlite:///{server.data / 'trackeep.db'}"

    def rows(self, statement: str, **values: object) -> list[tuple[object, ...]]:
        engine = create_engine(self._url)
        with engine.connect() as connection:
            found = [tuple(row) for row in connection.execute(text(statement), values)]
        engine.dispose()
        return found

    def complaints(self, writers: Iterable[Writer]) -> list[str]:
        """Everything that is not as it must be, in words; empty when all is well."""
        found = [f"tag {tag} says {said} uses and has {has}" for tag, said, has in self.rows(COUNTERS)]
        found += [f"bookmark {row[0]} is half written" for row in self.rows(HALF_WRITTEN)]
        found += [f"token {row[0]} was made twice" for row in self.rows(DOUBLED_TOKENS)]
        found += self._server.surprises()
        for writer in writers:
            found += [*writer.wrong, *self._missing(writer)]
        return found

    def blob_complaints(self) -> list[str]:
        """Rows without their file; and files without a row once the daily job has been there. The server is down."""
        wanted = {str(row[0]) for row in self.rows(BLOBS)}
        missing = [f"file {key} is missing or broken" for key in wanted if not self._is_whole(key)]
        for path in self._files():
            old = time.time() - YOUNG.total_seconds() - 60
            os.utime(path, (old, old))
        self._server.sweep_blobs()
        wanted = {str(row[0]) for row in self.rows(BLOBS)}
        there = {path.name for path in self._files()}
        return [*missing, *(f"file {name} is on one side only" for name in wanted ^ there)]

    def _missing(self, writer: Writer) -> list[str]:
        name = writer.person.name
        held: dict[int, set[str]] = {}
        for bookmark_id, tag in self.rows(LIVE, name=name):
            held.setdefault(int(str(bookmark_id)), set()).update([str(tag)] if tag else [])
        kept = {bookmark_id: set(tags) for bookmark_id, tags in writer.kept.bookmarks.items()}
        odd = [one for one in {*held, *kept} if held.get(one) != kept.get(one)]
        found = [f"{name}: bookmark {one} has {held.get(one)}, told were {kept.get(one)}" for one in odd]
        tokens = self.rows(TOKENS, name=name)[0][0]
        if tokens != writer.kept.tokens:
            found.append(f"{name} has {tokens} tokens, told were {writer.kept.tokens}")
        lost = writer.kept.imports - {int(str(row[0])) for row in self.rows(IMPORTS, name=name)}
        return [*found, *(f"{name}: import {one} is lost" for one in lost)]

    def _files(self) -> Sequence[Path]:
        return [path for path in (self._server.data / "blobs").rglob("*") if path.is_file()]

    def _is_whole(self, key: str) -> bool:
        path = self._server.data / "blobs" / key[:2] / key
        return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == key
