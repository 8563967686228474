"""Answers survive as they are, and bytes that are none of ours are refused without harm."""

import pickle  # noqa: TID251  # to make what must not be loaded
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import NamedTuple

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from extensions.cache.codec import LONGEST, Codec, Unusable, weight_of
from trackeep.core.paging import Page


class Row(NamedTuple):
    id: int
    title: str
    moment: datetime
    tags: list[str] = []


@dataclass(frozen=True)
class Other:
    id: int
    extra: dict[str, int] = field(default_factory=dict)


LIFE = {"made_at": 100.0, "ends_at": 400.0, "seconds": 0.5}


@given(
    st.lists(
        st.builds(
            Row,
            id=st.integers(-(2**63), 2**63 - 1),
            title=st.text(),
            moment=st.datetimes(timezones=st.just(UTC)),
            tags=st.lists(st.text(max_size=5), max_size=3),
        ),
        max_size=30,
    ),
    st.none() | st.text(),
)
def test_what_is_kept_comes_back_equal(rows: list[Row], cursor: str | None) -> None:
    codec = Codec(Page[Row])
    page = Page(rows, cursor, len(rows), total_capped=True)
    kept = codec.decode(codec.encode(page, **LIFE))
    assert kept.value == page
    assert (kept.made_at, kept.ends_at, kept.seconds) == (100.0, 400.0, 0.5)


def test_long_answers_are_compressed() -> None:
    codec = Codec(list[str])
    value = ["a long and boring text"] * 1_000
    assert len(codec.encode(value, **LIFE)) < 500


@pytest.mark.parametrize("text", ["x", "x" * 500_000])
def test_the_weight_is_that_of_the_whole_answer(text: str) -> None:
    """What is kept as objects takes as much, however few bytes it comes in."""
    codec = Codec(str)
    stored = codec.encode(text, **LIFE)
    assert len(text) < weight_of(stored) < len(text) + 10
    assert codec.decode(stored).weight == weight_of(stored)


def test_longer_than_a_mebibyte_is_not_kept() -> None:
    with pytest.raises(Unusable, match="too_large"):
        Codec(str).encode("x" * (LONGEST + 1), **LIFE)


def test_what_has_no_such_form_is_not_kept() -> None:
    with pytest.raises(Unusable, match="unencodable"):
        Codec(list[int]).encode([object()], **LIFE)  # type: ignore[list-item]  # that is the mistake


class Bomb:
    """Would run code when a pickle of it is loaded."""

    def __reduce__(self) -> tuple[object, ...]:
        return pytest.fail, ("a value from Redis was run",)


def poisons() -> list[bytes]:
    codec = Codec(list[str])
    good = codec.encode(["x" * 5_000], **LIFE)
    head = good[:38]
    bomb = zstandard.ZstdCompressor().compress(b"\0" * (LONGEST * 10))
    lying = zstandard.ZstdCompressor(write_content_size=False).compress(b"x" * 5_000)
    return [
        b"",
        b"x",
        pickle.dumps(Bomb()),
        good[:-3],
        head,
        head + bomb,
        head + lying,
        head + b"no zstd",
        Codec(list[int]).encode([1], **LIFE),
        bytes([9]) + good[1:],
        codec.encode(["a"], made_at=5.0, ends_at=1.0, seconds=0.0),
        codec.encode(["a"], made_at=float("nan"), ends_at=1.0, seconds=0.0),
        b"\xff" * (10 * LONGEST),
    ]


@pytest.mark.parametrize("stored", poisons())
def test_a_poisoned_value_is_refused(stored: bytes) -> None:
    with pytest.raises(Unusable):
        Codec(list[str]).decode(stored)


@given(st.binary(max_size=200), st.booleans())
def test_no_bytes_do_harm(noise: bytes, with_head: bool) -> None:
    codec = Codec(Other)
    head = codec.encode(Other(1), **LIFE)[:38]
    try:
        codec.decode(head + noise if with_head else noise)
    except Unusable:
        return


def test_a_shape_that_changed_is_another_one() -> None:
    @dataclass(frozen=True)
    class Later:
        id: int
        extra: dict[str, int]
        more: int = 0

    with pytest.raises(Unusable):
        Codec(Later).decode(Codec(Other).encode(Other(1), **LIFE))
