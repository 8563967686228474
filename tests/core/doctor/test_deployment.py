"""The doctor names what is wrong and what to do about it."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from apiflask import APIFlask

from config.settings import Settings
from trackeep.core import clock, db, doctor, ext, jobs
from trackeep.core.doctor import Level


def findings(settings: Settings) -> dict[str, tuple[Level, str]]:
    return {finding.subject: (finding.level, finding.words) for finding in doctor.examine(settings)}


@pytest.mark.usefixtures("without_redis")
def test_a_sound_deployment_is_told_so(app: APIFlask) -> None:
    settings = replace(ext.settings(), secret_key="x" * 40)
    found = findings(settings)
    expected = {"data directory", "disk space", "settings", "mail", "database", "schema", "background jobs", "redis"}
    assert set(found) == expected
    assert found["database"][0] is Level.GOOD
    assert found["background jobs"][0] is Level.GOOD


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"public_url": "http://hub.example.org"}, "Put it behind HTTPS"),
        ({"public_url": "https://hub.example.org"}, "PROXY_HOPS"),
        ({"host": "0.0.0.0"}, "Set PUBLIC_URL"),
        ({"secret_key": "short"}, "SECRET_KEY"),
    ],
)
def test_risky_settings_are_named(app: APIFlask, changes: dict[str, Any], words: str) -> None:
    settings = replace(ext.settings(), secret_key="x" * 40)
    all_words = " ".join(finding.words for finding in doctor.examine(replace(settings, **changes)))
    assert words in all_words


def test_a_missing_folder_and_an_unreachable_database_are_problems(app: APIFlask, tmp_path: Path) -> None:
    db.database.bind("postgresql+psycopg://nobody@127.0.0.1:1/none", 1)
    found = findings(replace(ext.settings(), data_dir=tmp_path / "absent"))
    assert found["data directory"][0] is Level.PROBLEM
    assert found["database"][0] is Level.PROBLEM
    assert "schema" not in found


def test_jobs_that_nobody_runs_are_noticed(app: APIFlask) -> None:
    with db.unit_of_work():
        jobs.enqueue("test.any", {}, run_at=clock.now() - 2 * doctor.LATE)
    assert "worker" in findings(ext.settings())["background jobs"][1]


def test_the_command_prints_its_findings(app: APIFlask) -> None:
    answer = app.test_cli_runner().invoke(args=["doctor"])
    assert "database:" in answer.output
    assert "mail:" in answer.output
