"""JSON documents cut into their entries: any size, any cut between two reads, any damage."""

import contextlib
import io
import json
import tracemalloc
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.bookmarks.formats.reading import entries, rows, told
from trackeep.bookmarks.formats import What
from trackeep.bookmarks.formats.documents import Found, Path, TruncatedDocument, Wish, walk

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(st.characters(blacklist_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)


def pieces(data: bytes, size: int) -> Iterator[bytes]:
    return (data[start : start + size] for start in range(0, len(data), size))


def items(path: Path) -> Wish:
    return Wish.ENTER if not path else Wish.TAKE


@given(st.lists(VALUES, max_size=6), st.integers(1, 9), st.booleans())
def test_every_item_comes_whole_wherever_the_reads_cut(values: list[object], size: int, indented: bool) -> None:
    data = json.dumps(values, ensure_ascii=not indented, indent=1 if indented else None).encode()

    assert [found.value for found in walk(pieces(data, size), items)] == values


@given(st.dictionaries(st.text(max_size=4), VALUES, max_size=5), st.integers(1, 9))
def test_keys_lead_to_their_values(values: dict[str, object], size: int) -> None:
    data = json.dumps(values, ensure_ascii=False).encode("utf-8", "replace")

    assert {found.path[0]: found.value for found in walk(pieces(data, size), items)} == values


@given(st.binary(max_size=200), st.sampled_from([b"", b"[", b'{"a":', b'[{"url":']), st.integers(1, 50))
def test_no_bytes_make_it_hang_or_fail(data: bytes, start: bytes, size: int) -> None:
    found: list[Found] = []
    with contextlib.suppress(TruncatedDocument):
        found += walk(pieces(start + data, size), items)
    assert len(found) <= len(start + data)


def test_a_document_that_stops_says_so() -> None:
    with pytest.raises(TruncatedDocument):
        list(walk(iter([b'[{"a": 1}, {"b": ']), items))


def test_a_nest_that_is_too_deep_is_one_damaged_entry() -> None:
    deep = b'[{"url":"https://a.example/","savedAt":1},' + b"[" * 100_000 + b"]" * 100_000
    deep += b',{"url":"https://b.example/"}]'

    assert [row.url for row in rows(deep)] == ["https://a.example/", "https://b.example/"]
    assert (2, What.BROKEN) in told(deep)


def test_the_memory_does_not_grow_with_the_document() -> None:
    item = (
        b'{"url":"https://a.example/","savedAt":"2023-01-16T20:12:43Z","labels":[],"content":"' + b"x" * 4_000 + b'"},'
    )
    chunks = (item * 16 for _round in range(400))

    def document() -> Iterator[bytes]:
        yield b"["
        yield from chunks
        yield b"{}]"

    tracemalloc.start()
    count = sum(1 for _found in walk(document(), items))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert count == 6_401
    assert peak < 4 * 2**20


def test_bytes_of_another_encoding_cost_nothing_but_a_guess() -> None:
    data = '[{"url":"https://a.example/","title":"Größe","savedAt":"2023-01-16T20:12:43Z","labels":[]}]'.encode(
        "cp1252"
    )

    (row,) = rows(data)
    assert row.title == "Größe"
    assert len(entries(data)) == 1
    assert io.BytesIO(data).read(1) == b"["
