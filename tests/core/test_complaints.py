"""Every complaint about a field is in our words, and tells the bound that was passed."""

from datetime import datetime
from enum import StrEnum
from typing import Any, Literal

import pytest
from pydantic import Field, ValidationError, field_validator

from tests.people import People
from trackeep.core.complaints import complaints
from trackeep.core.schemas import InputSchema


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


class Inner(InputSchema):
    number: int = Field(default=1, ge=1, le=9)
    share: float = Field(default=0.5, gt=0.1, lt=0.9)


class Sample(InputSchema):
    text: str = Field(default="", max_length=5)
    name: str = Field(default="x", min_length=1)
    code: str = Field(default="abc", min_length=3, pattern="^[a-z]+$")
    items: list[int] = Field(default=[1], min_length=1, max_length=2)
    switch: bool = True
    colour: Colour = Colour.RED
    kind: Literal["a", "b"] = "a"
    moment: datetime = datetime.max  # noqa: DTZ901  # only a default
    share: float = 0.5
    inner: Inner = Inner()

    @field_validator("share")
    @classmethod
    def _never_two(cls, share: float) -> float:
        if share == 2:
            raise ValueError("Two is too much.")
        return share


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        ({"text": "123456"}, "text", "At most 5 characters fit here."),
        ({"text": 5}, "text", "This must be a text."),
        ({"name": ""}, "name", "This must not be empty."),
        ({"code": "ab"}, "code", "This needs at least 3 characters."),
        ({"code": "AB1"}, "code", "This is not written as it has to be."),
        ({"items": []}, "items", "This must not be empty."),
        ({"items": [1, 2, 3]}, "items", "At most 2 fit here."),
        ({"items": 1}, "items", "This must be a list."),
        ({"items": ["x"]}, "items.0", "This must be a whole number."),
        ({"switch": "perhaps"}, "switch", "This must be true or false."),
        ({"colour": "green"}, "colour", "This must be one of 'red' or 'blue'."),
        ({"kind": "c"}, "kind", "This must be one of 'a' or 'b'."),
        ({"moment": "yesterday"}, "moment", "This must be a moment such as 2026-03-01T12:00:00Z."),
        ({"share": "half"}, "share", "This must be a number."),
        ({"share": 2}, "share", "Two is too much."),
        ({"inner": {"number": 0}}, "inner.number", "This must be at least 1."),
        ({"inner": {"number": 10}}, "inner.number", "This must be at most 9."),
        ({"inner": {"share": 0}}, "inner.share", "This must be more than 0.1."),
        ({"inner": {"share": 1}}, "inner.share", "This must be less than 0.9."),
        ({"inner": {"number": "x"}}, "inner.number", "This must be a whole number."),
        ({"inner": 1}, "inner", "This must be a JSON object."),
        ({"unknown": 1}, "unknown", "No such field is known here."),
    ],
)
def test_each_kind_of_error_has_its_words(data: dict[str, Any], name: str, words: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Sample.model_validate(data)
    assert complaints(caught.value) == {name: [words]}


def test_what_is_missing_is_needed() -> None:
    class Needed(InputSchema):
        name: str

    with pytest.raises(ValidationError) as caught:
        Needed.model_validate({})
    assert complaints(caught.value) == {"name": ["This is needed."]}


def test_the_api_complains_in_the_same_words(people: People) -> None:
    people.add("alice")
    answer = people.browser("alice").post("/api/v1/bookmarks", json={"url": 5, "unknown": 1})
    assert answer.status_code == 422
    assert answer.get_json()["errors"] == {
        "url": ["This must be a text."],
        "unknown": ["No such field is known here."],
    }
