"""What cannot be started says so in one line, whoever starts it: the server, the worker, a command."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers import free_port

ROOT = Path(__file__).resolve().parent.parent
SERVER = ("gunicorn", "--config", "gunicorn.conf.py", "wsgi:app")
COMMAND = ("flask", "--app", "wsgi", "migrate")


def start(data_dir: Path, *command: str, **settings: str) -> tuple[int, str]:
    """The exit code and everything that was said."""
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}}
    environment = {**kept, "DATA_DIR": str(data_dir), "PORT": str(free_port()), **settings}
    done = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=120,
        check=False,
    )
    return done.returncode, done.stdout


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("DOMAINS_OFF", "nonsense", "DOMAINS_OFF names unknown domains: nonsense."),
        ("DOMAINS_OFF", "trash,accounts", "DOMAINS_OFF names domains that are always on: accounts."),
        ("DOMAINS_OFF", "tags", "The domain bookmarks needs tags, which is not switched on."),
        ("PLUGINS", "nonsense", "PLUGINS names packages that are not installed: nonsense."),
        ("PORT", "http", "PORT must be a whole number from 1 to 65535, not 'http'."),
    ],
)
def test_a_wrong_value_stops_the_server_with_one_line(name: str, value: str, words: str, tmp_path: Path) -> None:
    code, said = start(tmp_path, *SERVER, **{name: value})
    assert said == f"Trackeep cannot start. {words}\n"
    assert code != 0


@pytest.mark.slow
def test_a_wrong_value_stops_a_command_with_one_line(tmp_path: Path) -> None:
    code, said = start(tmp_path, *COMMAND, DOMAINS_OFF="nonsense")
    assert said == "Trackeep cannot start. DOMAINS_OFF names unknown domains: nonsense.\n"
    assert code != 0


@pytest.mark.slow
def test_a_database_that_does_not_answer_is_named(tmp_path: Path) -> None:
    url = f"postgresql://trackeep:hush@127.0.0.1:{free_port()}/trackeep"
    code, said = start(tmp_path, *COMMAND, DATABASE_URL=url, SECRET_KEY="x" * 48)
    assert said.startswith("Error: The database that DATABASE_URL names does not answer: ")
    assert len(said.splitlines()) == 1
    assert "hush" not in said
    assert code == 1


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that somebody else listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


@pytest.mark.slow
def test_a_taken_port_is_told_in_one_line(taken: int, tmp_path: Path) -> None:
    code, said = start(tmp_path, *SERVER, PORT=str(taken))
    assert said.startswith(f"Trackeep cannot start. HOST and PORT: 127.0.0.1:{taken} cannot be listened on")
    assert len(said.splitlines()) == 1
    assert code == 1


@pytest.mark.slow
def test_a_host_that_is_not_here_is_told_in_one_line(tmp_path: Path) -> None:
    code, said = start(tmp_path, *SERVER, HOST="nonsense.invalid")
    assert said.startswith("Trackeep cannot start. HOST and PORT: nonsense.invalid:")
    assert len(said.splitlines()) == 1
    assert code == 1
