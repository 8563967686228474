"""`flask tasks`, for whoever runs the server."""

from pathlib import Path

import pytest
from apiflask import APIFlask
from click.testing import Result

from tests.factories.accounts import make_person
from tests.tasks.importing import TABLE, TODOIST, library
from trackeep.core.actor import Actor
from trackeep.tasks import queries


@pytest.fixture
def ada(app: APIFlask) -> Actor:
    return make_person(app, "ada").actor


def run(app: APIFlask, *words: str, given: str | None = None) -> Result:
    return app.test_cli_runner().invoke(args=["tasks", *words], input=given)


def test_a_file_is_brought_and_told(app: APIFlask, ada: Actor, tmp_path: Path) -> None:
    file = tmp_path / "House.csv"
    file.write_text(TODOIST)

    result = run(app, "import", str(file), "--user", "ada")

    assert result.exit_code == 0
    assert "House.csv: Todoist, 4 entries" in result.output
    assert "4  saved" in result.output
    assert {task.project for task in library(ada).values()} == {"House"}
    assert "4  here already" in run(app, "import", str(file), "--user", "ada").output


def test_the_columns_of_a_table_are_named(app: APIFlask, ada: Actor) -> None:
    assert "FIELD=NUMBER" in run(app, "import", "-", "--user", "ada", "--column", "what=1", given=TABLE).output
    words = ("--column", "title=1", "--column", "due=2", "--project", "Home", "--dry-run")
    dry = run(app, "import", "-", "--user", "ada", *words, given=TABLE)
    assert (dry.exit_code, library(ada), queries.list_imports(ada)) == (3, {}, [])
    assert "1  damaged" in dry.output
    assert run(app, "import", "-", "--user", "ada", *words[:-1], given=TABLE).exit_code == 3
    assert {task.project for task in library(ada).values()} == {"Home"}


def test_tasks_are_taken(app: APIFlask, ada: Actor, tmp_path: Path) -> None:
    run(app, "import", "-", "--user", "ada", given=TODOIST)
    assert run(app, "export", "--user", "ada", "--format", "ics").output.count("BEGIN:VTODO") == 4
    target = tmp_path / "tasks.csv"
    assert "4 tasks" in run(app, "export", "--user", "ada", "--output", str(target)).output
    assert target.read_text(encoding="utf-8-sig").startswith("id,parent,project")


def test_who_is_unknown_is_told(app: APIFlask) -> None:
    assert "There is no account nobody" in run(app, "export", "--user", "nobody").output
