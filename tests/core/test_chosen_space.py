"""Which space the pages show, and where new things go."""

import pytest
from apiflask import APIFlask

from trackeep.core.actor import Actor, Role
from trackeep.core.errors import Forbidden, NotFound
from trackeep.core.web.chosen_space import chosen_space, shown_space, target_space

ACTOR = Actor(user_id=7, roles={50: Role.OWNER, 60: Role.VIEWER, 70: Role.MEMBER}, personal_space_id=50)


@pytest.mark.parametrize(
    ("address", "cookie", "chosen", "target"),
    [
        ("/", "", None, 50),
        ("/", "70", 70, 70),
        ("/", "60", 60, 50),
        ("/", "80", None, 50),
        ("/", "all", None, 50),
        ("/", "x", None, 50),
        ("/", "٧٠", None, 50),
        ("/", "9" * 40, None, 50),
        ("/?space=70", "60", 70, 70),
        ("/?space=all", "70", None, 50),
        ("/?space=", "70", 70, 70),
    ],
)
def test_the_address_comes_before_the_switcher(
    app: APIFlask, address: str, cookie: str, chosen: int | None, target: int
) -> None:
    with app.test_request_context(address, headers={"Cookie": f"space={cookie}"}):
        assert chosen_space(ACTOR) == chosen
        assert target_space(ACTOR) == target


@pytest.mark.parametrize("named", ["80", "x", "-1", "50 or 1"])
def test_an_address_of_a_strange_space_is_not_found(app: APIFlask, named: str) -> None:
    with app.test_request_context("/", query_string={"space": named}):
        assert shown_space(ACTOR) is None
        with pytest.raises(NotFound):
            chosen_space(ACTOR)


def test_without_a_space_nothing_can_be_made(app: APIFlask) -> None:
    with app.test_request_context("/"), pytest.raises(Forbidden):
        target_space(Actor())
