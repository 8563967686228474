"""The runner starts in a serving process only, and a worker process ends cleanly."""

import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from apiflask import APIFlask

from trackeep import create_app
from trackeep.core import ext, jobs
from trackeep.core.jobs.serving import EXTENSION, EmbeddedRunner
from trackeep.core.measures.reporter import Reporter

ROOT = Path(__file__).parent.parent.parent.parent


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What happened to runners, none of which really runs; neither does the thread that tells of the process."""
    seen: list[str] = []
    monkeypatch.setattr(Reporter, "start", lambda self: None)
    monkeypatch.setattr(jobs.Runner, "start", lambda self: seen.append("start"))
    monkeypatch.setattr(jobs.Runner, "stop", lambda self, grace: seen.append("stop"))
    return seen


def served(app: APIFlask) -> None:
    app.test_client().get("/health/live", environ_overrides={"SERVER_SOFTWARE": "a real server"})


def test_the_first_served_request_starts_the_runner_once(app: APIFlask, started: list[str]) -> None:
    application = create_app(replace(ext.settings(), embedded_worker=True))
    application.test_client().get("/health/live")
    assert started == []

    served(application)
    served(application)
    embedded = application.extensions[EXTENSION]
    assert isinstance(embedded, EmbeddedRunner)
    embedded.start()
    embedded.stop()
    assert started == ["start", "stop"]


def test_no_runner_where_the_worker_is_a_process_of_its_own(app: APIFlask, started: list[str]) -> None:
    served(app)
    app.extensions[EXTENSION].start()
    app.extensions[EXTENSION].stop()
    assert started == []


@pytest.mark.slow
def test_the_worker_command_ends_at_sigterm(app: APIFlask) -> None:
    environment = {
        **os.environ,
        "DATABASE_URL": ext.settings().database_url,
        "DATA_DIR": str(ext.settings().data_dir),
        "SECRET_KEY": "known to nobody but to this one test",
        "LOG_LEVEL": "error",
    }
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "worker"]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as worker:
        assert worker.stdout is not None
        assert "Working off background jobs" in worker.stdout.readline()
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(15) == 0
