"""Numbers in addresses that no row has."""

import pytest

from tests.people import People
from trackeep.core.actor import Actor
from trackeep.core.web.row_numbers import LARGEST

PATHS = ("/bookmarks/{}", "/people/{}/avatar", "/settings/data/{}", "/api/v1/bookmarks/{}", "/api/v1/tags/{}")


@pytest.mark.parametrize("number", [str(LARGEST), str(LARGEST + 1), "9" * 19, "9" * 20, "9" * 5_000, "-1"], ids=len)
@pytest.mark.parametrize("path", PATHS)
def test_a_number_that_no_row_has_is_not_found(people: People, alice: Actor, path: str, number: str) -> None:

    assert people.browser("alice").get(path.format(number)).status_code == 404
