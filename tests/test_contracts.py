"""The import contracts are kept here, and each was seen to break in a small tree with a planted import."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LINT_IMPORTS = Path(sys.executable).parent / "lint-imports"

# Two domains that use everything they may; `plants` below breaks one thing each.
GOOD = {
    "config/__init__.py": "",
    "config/settings.py": "import os\n",
    "extensions/__init__.py": "",
    "extensions/cache.py": "import flask\n",
    "trackeep/__init__.py": "from trackeep.core import db\n",
    "trackeep/core/__init__.py": "",
    "trackeep/core/db.py": "import flask\nfrom config import settings\nfrom extensions import cache\n",
    "trackeep/core/errors.py": "",
    "trackeep/core/jobs.py": "from trackeep.core import db, errors\n",
    "trackeep/tags/__init__.py": "",
    "trackeep/tags/errors.py": "from trackeep.core import errors\n",
    "trackeep/tags/signals.py": "",
    "trackeep/tags/models.py": "from trackeep.core import db\nfrom trackeep.tags import errors\n",
    "trackeep/tags/queries.py": "from trackeep.tags import models\n",
    "trackeep/tags/policy.py": "from trackeep.tags import models\n",
    "trackeep/tags/service.py": "from trackeep.tags import errors, models, policy, queries, signals\n",
    "trackeep/books/__init__.py": "",
    "trackeep/books/errors.py": "",
    "trackeep/books/signals.py": "",
    "trackeep/books/models.py": "",
    "trackeep/books/isbn.py": "",
    "trackeep/books/policy.py": "from trackeep.books import models\n",
    "trackeep/books/queries.py": "from trackeep.books import models\n",
    "trackeep/books/schemas.py": "from trackeep.books import errors\n",
    "trackeep/books/service.py": (
        "from trackeep.books import isbn, models, policy, queries\nfrom trackeep.tags import service as tags, signals\n"
    ),
    "trackeep/books/api.py": "import flask\nfrom trackeep.books import queries, schemas, service\n",
    "trackeep/books/views.py": "import flask\nfrom trackeep.books import queries, schemas, service\n",
    "trackeep/books/listeners.py": "from trackeep.books import service\nfrom trackeep.tags import signals\n",
}

PLANTS = [
    ("extensions imports neither", "extensions/cache.py", "from trackeep.core import db"),
    ("extensions imports neither", "extensions/cache.py", "from config import settings"),
    ("config imports nothing of ours", "config/settings.py", "from extensions import cache"),
    ("config imports nothing of ours", "config/settings.py", "from trackeep.core import errors"),
    ("core imports no domain", "trackeep/core/db.py", "from trackeep.books import service"),
    ("only through its service or signals", "trackeep/books/service.py", "from trackeep.tags import queries"),
    ("only through its service or signals", "trackeep/books/queries.py", "from trackeep.tags.models import Tag"),
    ("only through its service or signals", "trackeep/books/service.py", "import trackeep.tags"),
    ("only through its service or signals", "trackeep/tags/service.py", "from trackeep.books import isbn"),
    ("inside a domain imports point down", "trackeep/books/models.py", "from trackeep.books import queries"),
    ("inside a domain imports point down", "trackeep/books/queries.py", "from trackeep.books import service"),
    ("inside a domain imports point down", "trackeep/books/policy.py", "from trackeep.books import queries"),
    ("inside a domain imports point down", "trackeep/books/service.py", "from trackeep.books import schemas"),
    ("inside a domain imports point down", "trackeep/books/schemas.py", "from trackeep.books import api"),
    ("inside a domain imports point down", "trackeep/books/api.py", "from trackeep.books import views"),
    ("inside a domain imports point down", "trackeep/books/signals.py", "from trackeep.books import models"),
    ("inside a domain imports point down", "trackeep/books/isbn.py", "from trackeep.books import api"),
    ("do not reach past the service", "trackeep/books/api.py", "from trackeep.books import models"),
    ("do not reach past the service", "trackeep/books/listeners.py", "from trackeep.books.policy import may"),
    ("do not import the web framework", "trackeep/books/service.py", "from flask import request"),
    ("do not import the web framework", "trackeep/books/queries.py", "import flask_babel"),
    ("do not import the web framework", "trackeep/books/models.py", "from werkzeug.exceptions import NotFound"),
    ("no import cycle at any level", "trackeep/tags/service.py", "from trackeep.books import signals"),
    ("no import cycle at any level", "trackeep/core/errors.py", "from trackeep.core import jobs"),
]


def grow(root: Path) -> Path:
    for name, text in GOOD.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    shutil.copy(ROOT / "pyproject.toml", root)
    return root


def lint(root: Path) -> subprocess.CompletedProcess[str]:
    command = [str(LINT_IMPORTS), "--no-cache"]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)


def test_this_tree_keeps_its_contracts() -> None:
    result = lint(ROOT)
    assert result.returncode == 0, result.stdout


def test_a_good_tree_keeps_the_contracts(tmp_path: Path) -> None:
    result = lint(grow(tmp_path))
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize(("contract", "name", "plant"), PLANTS)
def test_a_planted_import_breaks_its_contract(contract: str, name: str, plant: str, tmp_path: Path) -> None:
    path = grow(tmp_path) / name
    path.write_text(f"{path.read_text(encoding='utf-8')}{plant}\n", encoding="utf-8")
    result = lint(tmp_path)
    broken = [line for line in result.stdout.splitlines() if line.endswith(" BROKEN") or " BROKEN (" in line]
    assert any(contract in line for line in broken), result.stdout
    assert result.returncode == 1
