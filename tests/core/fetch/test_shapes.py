"""An answer as text, whatever its server says of it."""

import pytest

from trackeep.core.fetch import Fetched


@pytest.mark.parametrize("charset", ["punycode", "punycode:", "unicode:escape", "utf7", "hex", "nonsense", None])
def test_no_server_chooses_a_codec_that_is_no_character_set(charset: str | None) -> None:
    assert Fetched("http://a.example/", 200, charset=charset, body="é\\x41+AGE-b".encode()).text == "é\\x41+AGE-b"


def test_a_character_set_that_is_one() -> None:
    assert Fetched("http://a.example/", 200, charset="windows-1251", body="я".encode("cp1251")).text == "я"
