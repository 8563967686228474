"""The double answers from its table, records, cuts and fails like the real fetcher."""

import pytest

from trackeep.core.fetch import Door, FetchDouble, FetchFailed, FetchRefused


def test_answers_and_records() -> None:
    double = FetchDouble()
    double.page("http://a.example/", "<p>hello</p>")
    door: Door = double
    assert door.get("http://a.example/", headers={"X": "1"}).text == "<p>hello</p>"
    assert door.get("http://a.example/", max_bytes=3).truncated
    assert [(asked.method, asked.url) for asked in double.asked] == [("GET", "http://a.example/")] * 2
    assert double.asked[0].headers == {"X": "1"}


def test_fails_as_told_and_for_unknown_addresses() -> None:
    double = FetchDouble({"http://lan/": FetchRefused("private_address", "no")})
    with pytest.raises(FetchRefused):
        double.get("http://lan/")
    with pytest.raises(FetchFailed):
        double.post("http://other/", content=b"x")
