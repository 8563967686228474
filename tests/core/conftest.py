"""Two people on a clean database, for tests of the core."""

import pytest
from apiflask import APIFlask

from tests.people import People
from trackeep.core.actor import Actor


@pytest.fixture
def database(app: APIFlask) -> None:
    """Bound and empty."""


@pytest.fixture
def alice(people: People) -> Actor:
    return people.add("alice")


@pytest.fixture
def bob(people: People, alice: Actor) -> Actor:
    return people.add("bob")
