"""Input that is shaped to hurt."""

import pytest
from pydantic import ValidationError

from trackeep.core.errors import Invalid
from trackeep.core.schemas import MAX_DEPTH, InputSchema, parse


class Box(InputSchema):
    """Takes anything."""

    content: object


def nested(depth: int) -> object:
    thing: object = "x\x00"
    for _level in range(depth):
        thing = [thing]
    return thing


def test_hidden_characters_are_dropped_however_deep() -> None:
    assert "\x00" not in str(Box.model_validate({"content": nested(MAX_DEPTH - 1)}).content)


@pytest.mark.parametrize("depth", [MAX_DEPTH, 900, 100_000])
def test_what_is_nested_too_deeply_is_refused(depth: int) -> None:
    with pytest.raises(ValidationError, match="nested too deeply"):
        Box.model_validate({"content": nested(depth)})


class _Thing(InputSchema):
    name: str
    size: int = 0
    tags: list[str] = []


def test_unknown_fields_are_refused() -> None:
    with pytest.raises(Invalid) as caught:
        parse(_Thing, {"name": "a", "user_id": 3})

    assert list(caught.value.fields) == ["user_id"]


def test_hidden_characters_are_dropped_everywhere_and_blanks_around() -> None:
    thing = parse(_Thing, {"name": " a\x00b\ud800 \n", "tags": ["c\x1b", "d\te"]})

    assert (thing.name, thing.tags) == ("ab", ["c", "d\te"])


def test_every_wrong_field_is_named() -> None:
    with pytest.raises(Invalid) as caught:
        parse(_Thing, {"size": "many"})

    assert set(caught.value.fields) == {"name", "size"}
