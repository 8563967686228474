"""mypy is strict here: each kind of loose typing was seen red in a planted file, under the settings of this project."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
GOOD = "def double(number: int) -> int:\n    return 2 * number\n"
PLANTS = [
    ("no-untyped-def", "def double(number):\n    return 2 * number\n"),
    ("return-value", "def double(number: int) -> str:\n    return 2 * number\n"),
    ("type-arg", "def count(numbers: list) -> int:\n    return len(numbers)\n"),
    ("no-any-return", "import json\n\n\ndef read(text: str) -> int:\n    return json.loads(text)\n"),
    ("unused-ignore", "number: int = 1  # type: ignore\n"),
    ("arg-type", "from trackeep.core import versions\n\nversions.space_scope('seven')\n"),
    ("union-attr", "from trackeep.core.actor import Actor\n\nActor().scopes.union()\n"),
]


def problems(folder: Path, files: dict[str, str]) -> dict[str, list[str]]:
    """The codes of what mypy says of each of these files, read with the project's own settings."""
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--config-file", str(ROOT / "pyproject.toml"), "--no-error-summary"]
    paths = [str(folder / name) for name in files]
    done = subprocess.run([*command, *paths], cwd=ROOT, capture_output=True, text=True, check=False)
    lines = [line for line in done.stdout.splitlines() if ": error:" in line]
    return {name: [line.rpartition("[")[2].rstrip("]") for line in lines if name in line] for name in files}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    planted = {f"planted_{number}.py": text for number, (_code, text) in enumerate(PLANTS)}
    return problems(tmp_path_factory.mktemp("types"), {"good.py": GOOD, **planted})


def test_a_typed_file_is_accepted(found: dict[str, list[str]]) -> None:
    assert found["good.py"] == []


@pytest.mark.parametrize("number", range(len(PLANTS)), ids=[code for code, _text in PLANTS])
def test_a_planted_mistake_is_found(found: dict[str, list[str]], number: int) -> None:
    assert PLANTS[number][0] in found[f"planted_{number}.py"]
