"""`flask bookmarks`, for whoever runs the server."""

from pathlib import Path

import pytest
from apiflask import APIFlask
from click.testing import Result

from tests.bookmarks.formats.reading import SAMPLES
from tests.bookmarks.importing import library
from tests.factories.accounts import make_person
from trackeep.bookmarks import queries
from trackeep.core import jobs
from trackeep.core.actor import Actor


@pytest.fixture
def ada(app: APIFlask, monkeypatch: pytest.MonkeyPatch) -> Actor:
    monkeypatch.setattr(jobs, "enqueue_many", lambda *_arguments, **_named: None)
    return make_person(app, "ada").actor


def run(app: APIFlask, *words: str, given: bytes | None = None) -> Result:
    return app.test_cli_runner().invoke(args=["bookmarks", *words], input=given)


def test_a_file_is_brought_and_told(app: APIFlask, ada: Actor) -> None:
    result = run(app, "import", str(SAMPLES / "pocket.csv"), "--user", "ada")

    assert result.exit_code == 0
    assert "pocket.csv: Pocket, 3 entries" in result.output
    assert "3  saved" in result.output
    assert len(library(ada)) == 3
    again = run(app, "import", str(SAMPLES / "pocket.csv"), "--user", "ada")
    assert (again.exit_code, "3  in the library already" in again.output) == (0, True)


def test_a_dry_run_saves_nothing_and_leaves_nothing(app: APIFlask, ada: Actor) -> None:
    result = run(app, "import", str(SAMPLES / "pocket.csv"), "--user", "ada@example.org", "--dry-run")

    assert result.exit_code == 0
    assert "3  new" in result.output
    assert library(ada) == {}
    assert queries.list_imports(ada) == []


def test_what_is_left_out_is_named_and_changes_the_exit_code(app: APIFlask, ada: Actor) -> None:
    result = run(app, "import", str(SAMPLES / "pocket_broken.csv"), "--user", "ada")

    assert result.exit_code == 3
    assert "entry 4: Script - A bookmarklet" in result.output


def test_a_pipe_is_a_file_too(app: APIFlask, ada: Actor) -> None:
    result = run(app, "import", "-", "--user", "ada", given=(SAMPLES / "karakeep.json").read_bytes())

    assert "Karakeep, 4 entries" in result.output


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("import", str(SAMPLES / "other.csv"), "--user", "ada"), 1, "Understood are"),
        (("import", str(SAMPLES / "pocket.csv"), "--user", "nobody"), 1, "There is no account nobody"),
        (("import", "/no/such/file", "--user", "ada"), 2, "No such file"),
        (("export", "--user", "ada", "--format", "exe"), 2, "exe"),
        (("export", "--user", "ada", "--output", "/no/such/folder/x"), 1, "No such file"),
    ],
)
def test_what_goes_wrong_is_told(app: APIFlask, ada: Actor, words: tuple[str, ...], code: int, said: str) -> None:
    result = run(app, *words)

    assert result.exit_code == code
    assert said in result.output


def test_an_export_is_written_and_read_again(app: APIFlask, ada: Actor, tmp_path: Path) -> None:
    run(app, "import", str(SAMPLES / "raindrop.csv"), "--user", "ada")
    target = tmp_path / "out.json"

    result = run(app, "export", "--user", "ada", "--format", "json", "--output", str(target))
    assert (result.exit_code, "3 bookmarks" in result.output) == (0, True)
    assert "How bread rises" in run(app, "export", "--user", "ada", "--format", "md").output
    again = run(app, "import", str(target), "--user", "ada")
    assert (again.exit_code, "3  in the library already" in again.output) == (0, True)
