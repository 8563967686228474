"""A package of its own becomes a domain when PLUGINS names it, and DOMAINS_OFF takes one away without its tables."""

import json
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from apiflask import APIFlask

from tests.database import TestDatabase
from trackeep.core import jobs
from trackeep.core.domain import Domain, DomainError, choose_domains, find_domains

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "tests" / "plugin_example"
METADATA = "Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """A folder where the example is installed, as pip does it: the package, and a description with its entry points."""
    project = tomllib.loads((EXAMPLE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    folder = tmp_path / "site-packages"
    shutil.copytree(EXAMPLE / "trackeep_shelf", folder / "trackeep_shelf", ignore=shutil.ignore_patterns("__pycache__"))
    described = folder / f"trackeep_shelf-{project['version']}.dist-info"
    described.mkdir()
    (described / "METADATA").write_text(METADATA.format(**project), encoding="utf-8")
    points = "".join(
        f"[{group}]\n" + "".join(f"{name} = {value}\n" for name, value in entries.items())
        for group, entries in project["entry-points"].items()
    )
    (described / "entry_points.txt").write_text(points, encoding="utf-8")
    return folder


@dataclass
class Trial:
    """Loads the application elsewhere, on a database of this test's own."""

    url: str
    folder: Path

    def run(self, *paths: str, **settings: str) -> subprocess.CompletedProcess[str]:
        given = {"DATABASE_URL": self.url, "DATA_DIR": str(self.folder), "SECRET_KEY": "only for this test " * 2}
        return subprocess.run(
            [sys.executable, "-m", "tests.loading_trial", *paths],
            cwd=ROOT,
            env={**os.environ, **given, **settings},
            capture_output=True,
            text=True,
            check=False,
        )

    def report(self, *paths: str, **settings: str) -> Mapping[str, Any]:
        done = self.run(*paths, **settings)
        assert done.returncode == 0, done.stderr
        report: Mapping[str, Any] = json.loads(done.stdout)
        return report


@pytest.fixture
def trial(databases: TestDatabase, tmp_path: Path) -> Iterator[Trial]:
    with databases.bare(tmp_path) as url:
        yield Trial(url, tmp_path / "data")


@pytest.mark.slow
def test_a_plug_in_is_a_domain_like_any_other(trial: Trial, installed: Path) -> None:
    paths = ("/", "/shelf", "/api/v1/shelf", "/api/v1/openapi.json")
    found = trial.report(*paths, PLUGINS="shelf", PYTHONPATH=str(installed))

    assert (found["put"], set(found["statuses"].values())) == (201, {200})
    assert json.loads(found["texts"]["/api/v1/shelf"]) == {"titles": ["Middlemarch"]}
    assert "<li" in found["texts"]["/shelf"]
    assert "Middlemarch" in found["texts"]["/shelf"]
    assert "Middlemarch" in found["texts"]["/"], "its card is on the home page"
    assert "/shelf" in found["places"]
    assert "shelf.dust" in found["jobs"]
    assert "shelf" in found["cards"]
    assert "shelf_books" in found["tables"]
    assert "/api/v1/shelf" in json.loads(found["texts"]["/api/v1/openapi.json"])["paths"]


@pytest.mark.slow
def test_an_installed_plug_in_that_nobody_named_is_not_loaded(trial: Trial, installed: Path) -> None:
    found = trial.report("/shelf", "/api/v1/shelf", PYTHONPATH=str(installed))
    assert set(found["statuses"].values()) == {404}
    assert "shelf_books" not in found["tables"] + found["missing"]


@pytest.mark.slow
def test_a_plug_in_can_be_switched_off_and_keeps_its_table(trial: Trial, installed: Path) -> None:
    found = trial.report("/shelf", PLUGINS="shelf", DOMAINS_OFF="shelf", PYTHONPATH=str(installed))
    assert found["statuses"] == {"/shelf": 404}
    assert "/shelf" not in found["places"]
    assert "shelf.dust" not in found["jobs"]
    assert "shelf_books" in found["tables"]


# What is gone with each domain: addresses, a job; and a table that stays.
GONE = {
    "trash": (("/trash", "/api/v1/trash"), "trash.purge_overdue", "objects"),
    "portability": (("/api/v1/portability/archives",), "portability.forget_expired", "archives"),
    "bookmarks": (("/bookmarks", "/api/v1/bookmarks"), "bookmarks.fetch_metadata", "bookmarks"),
    "feeds": (("/feeds", "/api/v1/feeds"), "feeds.check_due", "feeds"),
    "tasks": (("/tasks", "/api/v1/tasks"), "tasks.fire_reminders", "tasks"),
    "quick": (("/palette", "/quick-add", "/api/v1/quick/palette"), "", "objects"),
    "home": (("/api/v1/home/cards",), "", "home_cards"),
    "admin": (("/admin", "/api/v1/admin/overview"), "", "audit_events"),
}


@pytest.mark.slow
@pytest.mark.parametrize("off", [("trash",), tuple(GONE)], ids=["one", "many"])
def test_a_domain_that_is_off_is_gone_but_for_its_tables(
    application: APIFlask, trial: Trial, off: tuple[str, ...]
) -> None:
    gone = [path for name in off for path in GONE[name][0]]
    dropped = {GONE[name][1] for name in off} - {""}
    assert all(map(jobs.registry.get, dropped))

    found = trial.report("/settings/profile", *gone, DOMAINS_OFF=",".join(off))

    assert found["statuses"] == {"/settings/profile": 200, **dict.fromkeys(gone, 404)}
    assert set(found["places"]).isdisjoint(gone)
    assert dropped.isdisjoint(found["jobs"])
    assert {GONE[name][2] for name in off} <= set(found["tables"])
    assert found["missing"] == []


def domains(**needs: tuple[str, ...]) -> dict[str, Domain]:
    return {name: Domain(name=name, title=name, needs=needed) for name, needed in needs.items()}


def test_each_domain_stands_behind_those_it_needs() -> None:
    chosen = choose_domains(domains(a=("b",), b=("c",), c=()), ())
    assert [domain.name for domain in chosen] == ["c", "b", "a"]


def test_a_circle_of_needs_is_refused_and_named() -> None:
    with pytest.raises(DomainError, match=r"in a circle: (a -> b -> a|b -> a -> b)\."):
        choose_domains(domains(a=("b",), b=("a",)), ())


def test_a_plug_in_that_is_not_installed_is_named() -> None:
    with pytest.raises(DomainError, match="PLUGINS names packages that are not installed: nonsense"):
        find_domains(["nonsense"])


def test_what_is_needed_and_not_there_is_named() -> None:
    with pytest.raises(DomainError, match="a needs wheel"):
        choose_domains(domains(a=("wheel",)), ())


def test_the_tree_has_its_domains() -> None:
    assert {"accounts", "spaces", "bookmarks", "tags", "trash", "home"} <= set(find_domains(()))
