"""The personas of the tests of accounts."""

from collections.abc import Callable

import pytest
from apiflask import APIFlask

from tests.accounts import visitors
from tests.accounts.visitors import Account, Browser
from trackeep.accounts.views.gate import SET_UP


@pytest.fixture
def ada(app: APIFlask) -> Account:
    """The administrator."""
    return visitors.found()


@pytest.fixture
def bob(ada: Account) -> Account:
    return visitors.registered("bob")


@pytest.fixture
def browser(app: APIFlask) -> Callable[[Account | None], Browser]:
    """A browser of this person, or of somebody who is not signed in."""
    app.extensions.pop(SET_UP, None)
    return lambda person=None: Browser(app, person.token if person else None)
