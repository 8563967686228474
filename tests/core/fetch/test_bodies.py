"""A bomb is never held in memory, not even for a moment."""

import gzip
import tracemalloc

from trackeep.core.fetch.bodies import read_body


def test_bomb_in_one_chunk_is_unpacked_no_further_than_asked() -> None:
    bomb = gzip.compress(b"\0" * 50_000_000)
    tracemalloc.start()
    body, truncated = read_body([bomb], "gzip", 1_000_000)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (len(body), truncated) == (1_000_000, True)
    assert peak < 5_000_000


def test_padding_that_unpacks_to_nothing_is_bounded_too() -> None:
    empty = gzip.compress(b"")
    chunks = (empty for _chunk in range(10_000_000))
    assert read_body(chunks, "gzip", 1_000) == (b"", True)
