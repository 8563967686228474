"""What all tests share: the application on a clean database, and people with their browsers."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from apiflask import APIFlask

from config.testing import testing_settings
from tests.database import TestDatabase, complete_tables
from tests.people import People
from trackeep import create_app
from trackeep.core import db
from trackeep.core.domain import find_domains
from trackeep.core.slots import slots
from trackeep.core.web.loading import import_tables


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> TestDatabase:
    import_tables(list(find_domains(()).values()))
    complete_tables()
    return TestDatabase(tmp_path_factory.mktemp("databases"))


@pytest.fixture
def app(databases: TestDatabase, tmp_path: Path) -> Iterator[APIFlask]:
    """The application with all domains, as it serves; its offers can be replaced through ``slots``."""
    with databases.clean(tmp_path) as url:
        application = create_app(testing_settings(tmp_path, url))
        yield application
        slots.fill(())
        db.release()
        db.database.engine.dispose()


@pytest.fixture
def people(app: APIFlask) -> People:
    """People without the sign-in: who they are is decided by a cookie that only the tests know."""
    return People(app)
