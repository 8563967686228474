"""The tree keeps its rules, and each rule was seen to find its violation."""

import textwrap
from pathlib import Path

import pytest

from tests import tree_rules
from tests.tree_rules import Rule

ROOT = Path(__file__).resolve().parent.parent
LONG_FUNCTION = "def long():\n" + "    x = 1\n" * 60

GOOD = {
    "trackeep/tags/__init__.py": "DOMAIN = Domain(name='tags')\n",
    "trackeep/tags/service.py": "def rename():\n    with unit_of_work():\n        pass\n",
    "trackeep/books/__init__.py": "DOMAIN = Domain(name='books')\n",
    "trackeep/books/service.py": (
        "from trackeep.tags import service as tags\nfrom trackeep.tags import signals\n"
        "from trackeep.tags import signals as tags_signals\nfrom trackeep.tags.service import Tag\n"
    ),
    "trackeep/books/models.py": (
        "class Book:\n    pages: Mapped[list['Page']] = relationship()\nclass Page:\n    book = relationship('Book')\n"
    ),
    "trackeep/books/netscape.py": "import re\n",
    "trackeep/books/templates/books/list.html": '<p class="x" data-on="1"><script nonce="{{ n }}"></script></p>',
    "trackeep/migrations/versions/20261123_books_shelves.py": LONG_FUNCTION,
    "trackeep/core/fetch/wire.py": "import socket\n",
    "extensions/keys.py": "PREFIX = 'tk:'\n",
    "extensions/redis_client.py": "import redis\nclient = redis.Redis()\n",
    "config/env.py": "",
    **{f"tests/{name}/test_x.py": "" for name in ("tags", "books", "core", "extensions", "config")},
}

VIOLATIONS = [
    ("no_pickle", "trackeep/core/cache.py", "import pickle\n"),
    ("no_pickle", "extensions/cache.py", "from marshal import loads\n"),
    ("network_only_in_fetch", "trackeep/books/jobs.py", "import httpx\n"),
    ("network_only_in_fetch", "trackeep/core/logs.py", "from urllib import request\n"),
    ("network_only_in_fetch", "trackeep/books/jobs.py", "import urllib.request\n"),
    ("clients_only_in_redis_client", "extensions/cache.py", "from redis import Redis\nclient = Redis()\n"),
    ("clients_only_in_redis_client", "extensions/cache.py", "import redis\nclient = redis.from_url('redis://')\n"),
    ("clients_only_in_redis_client", "trackeep/core/web/limits.py", "from redis import Redis\n"),
    ("keys_only_in_keys", "trackeep/books/queries.py", "def key(n):\n    return f'tk:books:{n}'\n"),
    ("units_of_work_only_in_services", "trackeep/books/api.py", "with db.unit_of_work():\n    pass\n"),
    ("units_of_work_only_in_services", "trackeep/books/views.py", "with db.attempt():\n    pass\n"),
    ("imports_at_the_top", "trackeep/books/api.py", "def late():\n    import json\n"),
    ("domains_meet_by_name", "trackeep/books/api.py", "from trackeep.tags import service\n"),
    ("domains_meet_by_name", "trackeep/books/api.py", "from trackeep.tags.service import rename\n"),
    ("domains_meet_by_name", "trackeep/books/api.py", "import trackeep.tags.models\n"),
    ("domains_meet_by_name", "trackeep/books/api.py", "from trackeep.tags import models\n"),
    (
        "relationships_stay_inside",
        "trackeep/tags/models.py",
        "class Tag:\n    books: Mapped['Book'] = relationship()\n",
    ),
    ("relationships_stay_inside", "trackeep/tags/models.py", "class Tag:\n    books = relationship('Book')\n"),
    ("small_files", "trackeep/core/long.py", "x = 1\n" * 401),
    ("small_functions", "trackeep/core/long.py", LONG_FUNCTION),
    ("telling_names", "trackeep/core/utils.py", ""),
    ("telling_names", "trackeep/books/helpers/names.py", ""),
    ("domains_look_alike", "trackeep/books/Notes-2.py", ""),
    ("domains_look_alike", "trackeep/books/list.txt", ""),
    ("domains_look_alike", "trackeep/books/loose/names.txt", ""),
    ("domains_look_alike", "trackeep/tags/__init__.py", "name = 'tags'\n"),
    ("domains_look_alike", "trackeep/empty/__init__.py", "Domain(name='empty')\n"),
    ("ideas_are_pure", "trackeep/books/netscape.py", "from flask import request\n"),
    ("ideas_are_pure", "trackeep/books/netscape.py", "from trackeep.core import db\n"),
    ("templates_keep_the_policy", "trackeep/templates/a.html", '<p\n  style="color: red">'),
    ("templates_keep_the_policy", "trackeep/templates/a.html", '<button onclick="go()">'),
    ("templates_keep_the_policy", "trackeep/templates/a.html", '<button hx-on:click="go()">'),
    ("templates_keep_the_policy", "trackeep/templates/a.html", "<script>go()</script>"),
    ("templates_keep_the_policy", "trackeep/templates/a.html", '<a href="javascript:go()">'),
    ("migrations_tell_their_intent", "trackeep/migrations/versions/3f2a.py", ""),
    ("tests_mirror_sources", "trackeep/files/__init__.py", "Domain(name='files')\n"),
]


def grow(root: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text), encoding="utf-8")
    return root


@pytest.mark.parametrize("rule", tree_rules.RULES, ids=lambda rule: rule.__name__)
def test_tree_keeps_rule(rule: Rule) -> None:
    assert list(rule(ROOT)) == []


@pytest.mark.parametrize("rule", tree_rules.RULES, ids=lambda rule: rule.__name__)
def test_rule_accepts_good_tree(rule: Rule, tmp_path: Path) -> None:
    assert list(rule(grow(tmp_path, GOOD))) == []


@pytest.mark.parametrize(("rule", "name", "text"), VIOLATIONS)
def test_rule_finds_violation(rule: str, name: str, text: str, tmp_path: Path) -> None:
    root = grow(tmp_path, {**GOOD, name: text})
    found = list(getattr(tree_rules, rule)(root))
    assert found
    assert all(line.startswith(name.rsplit("/", 1)[0]) for line in found), found


def test_every_rule_has_a_violation() -> None:
    assert {rule.__name__ for rule in tree_rules.RULES} == {rule for rule, _, _ in VIOLATIONS}
