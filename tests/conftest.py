"""What all tests share: the application on a clean database, and people with their browsers."""

import gc
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, settings

from config.redis_settings import RedisSettings
from config.testing import testing_settings
from tests.coherence import held_against_fresh
from tests.database import TestDatabase
from tests.factories.accounts import Person, make_person
from tests.people import People
from tests.redis import redis_settings
from trackeep import bind, create_app
from trackeep.core import db, ext, versions
from trackeep.core.slots import slots

# What asks the servers that TEST_DATABASE_URL and TEST_REDIS_URL name; the other tests are the same wherever they run.
SERVED = frozenset({"databases", "postgresql"})

# A property holds or does not; how long one example takes on a busy machine says nothing about it.
settings.register_profile("properties", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("properties")


def pytest_collection_modifyitems(items: Sequence[pytest.Item]) -> None:
    for item in items:
        if SERVED.intersection(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.served)


@pytest.fixture(scope="session")
def application(tmp_path_factory: pytest.TempPathFactory) -> APIFlask:
    """The application with all domains, made once: compiling its pages takes longer than most tests."""
    folder = tmp_path_factory.mktemp("application")
    made = create_app(testing_settings(folder, f"sqlite:///{folder / 'unused.db'}"))
    # It stays until the end, as what was imported does: nobody has to look through it for garbage again and again.
    gc.collect()
    gc.freeze()
    return made


@pytest.fixture(scope="session")
def offers(application: APIFlask) -> tuple[object, ...]:
    """What the domains offer, as loaded."""
    return tuple(slots.each(object))


@pytest.fixture(scope="session")
def databases(application: APIFlask, tmp_path_factory: pytest.TempPathFactory) -> TestDatabase:
    return TestDatabase(tmp_path_factory.mktemp("databases"))


@pytest.fixture
def app(
    application: APIFlask, offers: tuple[object, ...], databases: TestDatabase, tmp_path: Path
) -> Iterator[APIFlask]:
    """The application on a clean database and a folder of this test's own, with all offers."""
    with databases.clean() as url:
        bind(application, replace(testing_settings(tmp_path, url), redis=redis_settings()))
        application.extensions.pop("trackeep.accounts.set_up", None)  # what a process remembers of its database
        slots.fill(offers)
        with held_against_fresh():
            yield application
        db.release()


@pytest.fixture
def without_redis(app: APIFlask) -> None:
    """Whatever the run has: this application was given none."""
    ext.settings.bind(replace(ext.settings(), redis=RedisSettings()))
    ext.bind_redis(RedisSettings(), versions.current_versions)


@pytest.fixture
def people(app: APIFlask) -> People:
    """People without the sign-in: who they are is decided by a cookie that only the tests know."""
    return People(app)


@pytest.fixture
def anonymous(app: APIFlask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def admin(app: APIFlask) -> Person:
    return make_person(app, "admin", role="admin")


@pytest.fixture
def alice(app: APIFlask, admin: Person) -> Person:
    return make_person(app, "alice")


@pytest.fixture
def bob(app: APIFlask, admin: Person) -> Person:
    return make_person(app, "bob")


@pytest.fixture
def stranger(app: APIFlask, admin: Person) -> Person:
    return make_person(app, "stranger")
