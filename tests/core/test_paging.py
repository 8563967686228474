"""Cursors that somebody made up."""

import base64

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trackeep.core.errors import Invalid
from trackeep.core.paging import bounded_limit, decode_cursor, encode_cursor


def test_a_cursor_gives_back_what_it_was_given() -> None:
    assert decode_cursor(encode_cursor("é", 2**63 - 1, None), (str, int, type(None))) == ("é", 2**63 - 1, None)


@pytest.mark.parametrize("number", [2**63, 2**64 - 1, -(2**63)])
def test_a_number_that_no_row_has_is_refused(number: int) -> None:
    with pytest.raises(Invalid):
        decode_cursor(encode_cursor(number), (int,))


@pytest.mark.parametrize(
    "cursor",
    [
        "",
        "====",
        "é",
        "x" * 2_001,
        base64.b64encode(b"[" * 500).decode(),
        base64.b64encode(orjson.dumps([True])).decode(),
        base64.b64encode(orjson.dumps({"a": 1})).decode(),
    ],
)
def test_what_is_no_cursor_is_refused(cursor: str) -> None:
    with pytest.raises(Invalid):
        decode_cursor(cursor, (int,))


@given(st.text())
def test_no_text_breaks_it(cursor: str) -> None:
    with pytest.raises(Invalid):
        decode_cursor(cursor, (str, int, bool))


@pytest.mark.parametrize(("asked", "given"), [(-5, 1), (0, 1), (30, 30), (1_000, 100)])
def test_the_limit_is_bounded(asked: int, given: int) -> None:
    assert bounded_limit(asked) == given
