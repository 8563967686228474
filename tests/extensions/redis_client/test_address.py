"""What a URL says of a Redis, and what may be told of a wrong one."""

import pytest

from extensions.redis_client import parse_address


def test_hosts_in_every_notation() -> None:
    hosts = parse_address("redis+sentinel://a:hush@h1,[::1]:26380,10.0.0.1/service/2").hosts
    assert hosts == (("h1", 26379), ("::1", 26380), ("10.0.0.1", 26379))


@pytest.mark.parametrize(
    "url",
    [
        "redis://:hu[hush]sh@h1/0",
        "redis://:hush[@h1/0",
        "redis://:hush\u2100@h1/0",
        "redis://:hush/hush@h1/0",
        "redis://:hush?hush@h1:x/0",
        "redis://:hush@[h1/0",
        "redis://:hush@h1:hush/0",
        "hush://:hush@h1/0",
    ],
)
def test_a_complaint_does_not_repeat_the_password(url: str) -> None:
    with pytest.raises(ValueError, match=r"\w") as caught:
        parse_address(url)
    assert "hush" not in str(caught.value)
    assert caught.value.__cause__ is None
