"""The personas of the tests of accounts."""

from typing import Protocol

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


class Browsers(Protocol):
    def __call__(self, person: Account | None = None) -> Browser: ...


@pytest.fixture
def browser(app: APIFlask) -> Browsers:
    """A browser of this person, or of somebody who is not signed in."""
    app.extensions.pop(SET_UP, None)

    def open_one(person: Account | None = None) -> Browser:
        return Browser(app, person.token if person else None)

    return open_one
