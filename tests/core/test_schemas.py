"""Input that is shaped to hurt."""

import pytest
from pydantic import ValidationError

from trackeep.core.schemas import MAX_DEPTH, InputSchema


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
