"""`flask notes`, for whoever runs the server."""

from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import Result

from tests.factories.accounts import Person
from tests.notes.making import make
from tests.notes.zipping import packed, tree


def run(person: Person, *words: str) -> Result:
    return person.app.test_cli_runner().invoke(args=["notes", *words])


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    path = tmp_path / "vault.zip"
    path.write_bytes(packed({"A/One.md": "first", "Two.md": "second"}).getvalue())
    return path


def test_a_file_is_brought_once_and_told(alice: Person, vault: Path) -> None:
    result = run(alice, "import", str(vault), "--user", "alice")
    assert (result.exit_code, "3  saved" in result.output) == (0, True)
    assert tree(alice) == {"Two": "second", "A": "", "A/One": "first"}
    again = run(alice, "import", str(vault), "--user", "alice")
    assert (again.exit_code, "3  among the notes already" in again.output) == (0, True)


def test_a_dry_run_saves_nothing(alice: Person, vault: Path) -> None:
    assert "3  new" in run(alice, "import", str(vault), "--user", "alice", "--dry-run").output
    assert tree(alice) == {}


def test_what_is_left_out_changes_the_exit_code(alice: Person, tmp_path: Path) -> None:
    path = tmp_path / "odd.zip"
    path.write_bytes(packed({"cat.png": b"x", "a.md": "x"}).getvalue())
    result = run(alice, "import", str(path), "--user", "alice")
    assert (result.exit_code, "cat.png" in result.output) == (3, True)
    assert run(alice, "import", str(Path(__file__)), "--user", "alice").exit_code == 1
    assert run(alice, "import", str(path), "--user", "nobody").exit_code == 1


def test_notes_are_taken_out(alice: Person, tmp_path: Path) -> None:
    note_id = make(alice, "Top", "text")
    make(alice, "Below", parent_id=note_id)
    make(alice, "Other")
    whole, part = tmp_path / "whole.zip", tmp_path / "part.zip"
    assert "3 notes" in run(alice, "export", "--user", "alice", "--output", str(whole)).output
    assert "2 notes" in run(alice, "export", "--user", "alice", "--note", str(note_id), "--output", str(part)).output
    assert ZipFile(whole).namelist() == ["Top.md", "Top/Below.md", "Other.md"]
    assert ZipFile(part).namelist() == ["Top.md", "Top/Below.md"]
    assert run(alice, "export", "--user", "alice", "--note", "99").exit_code == 1
