"""How much memory 10,000 kept answers take in Redis, compressed and not: pages of 30 bookmarks, each a different one.

Usage: `PYTHONPATH=. .venv/bin/python -m benchmarks.memory`; it starts Redis by itself."""

import random
import sys
from datetime import UTC, datetime, timedelta
from unittest.mock import patch

from benchmarks.seeding import WORDS
from extensions import keys
from extensions.cache.backends import RedisBytes
from extensions.redis_client import RedisClients, RedisOptions, parse_address
from tests.servers import RedisServer, redis_server
from trackeep.bookmarks.queries import BookmarkItem
from trackeep.bookmarks.queries.lists import LIST
from trackeep.core.paging import Page

ANSWERS, ROWS = 10_000, 30
LIFE = timedelta(minutes=5)
NEWEST = datetime(2026, 11, 1, tzinfo=UTC)


def main() -> None:
    with redis_server() as server:
        client = RedisClients(RedisOptions(addresses={"cache": parse_address(server.url)})).get("cache")
        if client is None:
            raise RuntimeError("no client")
        sys.stdout.write("| answers | MiB in Redis | bytes an answer |\n|---|---|---|\n")
        for name, least in (("compressed", 1024), ("not compressed", 2**40)):
            server.flush()
            before = used(server)
            with patch("extensions.cache.codec.COMPRESSED_FROM", least):
                fill(RedisBytes(client))
            taken = used(server) - before
            sys.stdout.write(f"| {ANSWERS} {name} | {taken / 1024**2:.0f} | {taken / ANSWERS:.0f} |\n")


def used(server: RedisServer) -> int:
    with server.admin() as admin:
        return int(admin.info("memory")["used_memory"])


def fill(backend: RedisBytes) -> None:
    chance = random.Random(7)
    for number in range(ANSWERS):
        page = Page([row(chance, number * ROWS + place) for place in range(ROWS)], "a cursor of the usual length")
        stored = LIST.codec.encode(page, made_at=0.0, ends_at=300.0, seconds=0.01)
        if not backend.set(keys.answer("bookmark_list", "space:7", str(number), b"()"), stored, LIFE):
            sys.exit("Redis did not take an answer")


def row(chance: random.Random, number: int) -> BookmarkItem:
    def words(count: int) -> str:
        return " ".join(chance.choices(WORDS, k=count))

    moment = NEWEST - timedelta(minutes=number)
    return BookmarkItem(
        number, 7, f"https://{words(1)}.example.org/{number}", "example.org", words(6), words(20), "", "", None,
        False, False, False, False, moment, "done", None, None, None, 900, 4, 1, moment, 7,
    )  # fmt: skip


if __name__ == "__main__":
    main()
