"""The first level keeps what was used last, within its bytes."""

from collections import OrderedDict
from collections.abc import Iterator
from typing import Any

import pytest

from extensions.cache.codec import Kept
from extensions.cache.near import NearAnswers


def kept(value: object, size: int = 100) -> Kept[object]:
    return Kept(value, 0.0, 10.0, 0.1, 1, size)


def test_least_recently_used_goes_first() -> None:
    near = NearAnswers(most_bytes=400)
    for name in "abcd":
        near.put(name, kept(name))
    assert near.get("a") is not None
    near.put("e", kept("e"))
    assert near.get("b") is None
    assert [name for name in "acde" if near.get(name)] == list("acde")
    assert near.size == 400


def test_bounds_hold() -> None:
    near = NearAnswers(most_bytes=1_000, most_entries=5)
    for number in range(100):
        near.put(str(number), kept(str(number), 10))
    assert len(near) == 5
    near.put("large", kept("large", 900))
    assert near.get("large") is None, "what would push out everything else is not kept"


def test_putting_again_counts_once() -> None:
    near = NearAnswers()
    for _ in range(5):
        near.put("a", kept(["same"]))
    assert (len(near), near.size) == (1, 100)


def test_a_rendering_is_made_once_as_long_as_its_answer_is_kept() -> None:
    near = NearAnswers(most_bytes=1_000)
    value, made = ["x"], []

    def render() -> bytes:
        made.append(1)
        return b"[x]"

    near.put("a", kept(value))
    assert {near.rendering(value, "json", render) for _ in range(3)} == {b"[x]"}
    assert len(made) == 1
    near.rendering(value, "html", render)
    assert len(made) == 2
    assert near.size == 106
    near.put("a", kept(["y"]))
    near.rendering(value, "json", render)
    assert len(made) == 3
    assert near.size == 100


def test_an_equal_value_is_not_the_same() -> None:
    near = NearAnswers()
    near.put("a", kept(["x"]))
    assert near.rendering(["x"], "json", lambda: b"other") == b"other"
    assert near.size == 100


def test_readers_disturb_no_writer(monkeypatch: pytest.MonkeyPatch) -> None:
    """They take no lock; here they come in between whatever they can come in between."""
    near = NearAnswers(most_entries=5)
    entries = Disturbed(near)
    monkeypatch.setattr(near, "_entries", entries)
    for number in range(20):
        near.put(str(number), kept(str(number)))
    assert (len(near), near.size) == (5, 500)


class Disturbed(OrderedDict[str, Any]):
    """Another thread reads the oldest entry as soon as somebody has begun to go through all."""

    def __init__(self, near: NearAnswers) -> None:
        super().__init__()
        self._near = near

    def __iter__(self) -> Iterator[str]:
        entries = super().__iter__()
        self._near.get(next(super().__iter__()))
        return entries
