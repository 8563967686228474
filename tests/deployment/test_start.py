"""What cannot be used of Redis at a start is told in one line each, and ends it only if that is wanted."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.deployment.rendered import PASSWORD, Group, SecureServer, secure, sentinel_group
from tests.journeys.server import running_server
from tests.servers import free_port
from tests.servers.certificates import make_certificates
from tests.test_start import SERVER, start

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[2]
WORKER = ("flask", "--app", "wsgi", "worker")
SETTINGS = {
    "host": "REDIS_URL",
    "password": "REDIS_PASSWORD",
    "authority": "REDIS_TLS_CA_FILE",
    "service": "REDIS_URL",
}
REASONS = {
    "host": "its host is not known here",
    "password": "it refuses the name or the password",
    "authority": "its certificate is not signed by an authority that is trusted here",
    "service": "its Sentinels watch no service named 'nonsense'",
}


@dataclass(frozen=True)
class Wrong:
    """The environments of four mistakes."""

    group: Group
    server: SecureServer
    stranger: Path

    def environment(self, mistake: str) -> dict[str, str]:
        here = f"rediss://trackeep@127.0.0.1:{self.server.port}/0"
        right = {"REDIS_PASSWORD": PASSWORD, "REDIS_TLS_CA_FILE": str(self.server.ca)}
        if mistake == "host":
            return {"REDIS_URL": "redis://nonsense.invalid:6379/0"}
        if mistake == "password":
            return right | {"REDIS_URL": here, "REDIS_PASSWORD": "wrong-and-hidden"}
        if mistake == "authority":
            return right | {"REDIS_URL": here, "REDIS_TLS_CA_FILE": str(self.stranger)}
        return {"REDIS_URL": self.group.url.replace("/trackeep/", "/nonsense/")}


@pytest.fixture(scope="module")
def wrong(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wrong]:
    folder = tmp_path_factory.mktemp("wrong")
    (folder / "stranger").mkdir()
    stranger = make_certificates(folder / "stranger").authority
    with sentinel_group(folder) as group, secure(folder) as server:
        yield Wrong(group, server, stranger)


def events(log: str, name: str) -> list[dict[str, str]]:
    told = [json.loads(line) for line in log.splitlines() if line.startswith("{")]
    return [event for event in told if event["event"] == name]


def test_the_server_names_each_setting_and_goes_on(wrong: Wrong, tmp_path: Path) -> None:
    here = f"127.0.0.1:{wrong.server.port}/0"
    with running_server(
        tmp_path,
        REDIS_SESSIONS_URL="redis://nonsense.invalid:6379/0",
        REDIS_CACHE_URL=f"rediss://trackeep:wrong-and-hidden@{here}",
        REDIS_RATELIMIT_URL=wrong.group.url.replace("/trackeep/", "/nonsense/"),
        REDIS_PUBSUB_URL=f"rediss://trackeep:{PASSWORD}@{here}",
        REDIS_TLS_CA_FILE=str(wrong.server.ca),
        REDIS_READ_TIMEOUT="5s",
    ) as server:
        told = {event["setting"]: event["reason"] for event in events(server.log, "redis_unusable")}
        assert "REDIS_READ_TIMEOUT is 5000 ms" in events(server.log, "redis_setting")[0]["advice"]
    assert told == {
        "REDIS_SESSIONS_URL": REASONS["host"],
        "REDIS_CACHE_URL": REASONS["password"],
        "REDIS_RATELIMIT_URL": REASONS["service"],
    }
    assert PASSWORD not in server.log
    assert "wrong-and-hidden" not in server.log


def test_the_server_names_a_wrong_authority_and_goes_on(wrong: Wrong, tmp_path: Path) -> None:
    with running_server(tmp_path, **wrong.environment("authority")) as server:
        (told,) = events(server.log, "redis_unusable")
    assert (told["setting"], told["reason"]) == ("REDIS_TLS_CA_FILE", REASONS["authority"])


@pytest.mark.parametrize(
    ("mistake", "command", "beginning"),
    [*((mistake, SERVER, "Trackeep cannot start. ") for mistake in SETTINGS), ("host", WORKER, "Error: ")],
)
def test_with_redis_required_it_stops_with_one_line(
    mistake: str, command: tuple[str, ...], beginning: str, wrong: Wrong, tmp_path: Path
) -> None:
    code, said = start(tmp_path, *command, REDIS_REQUIRED="on", **wrong.environment(mistake))
    assert code != 0
    assert said.startswith(f"{beginning}{SETTINGS[mistake]}: ")
    assert said.endswith(f" cannot be used: {REASONS[mistake]}. REDIS_REQUIRED forbids to go on without.\n")
    assert len(said.splitlines()) == 1
    assert PASSWORD not in said


def test_the_worker_goes_on_as_well(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("REDIS_")}
    environment |= {"DATA_DIR": str(tmp_path), "REDIS_URL": f"redis://127.0.0.1:{free_port()}"}
    subprocess.run([sys.executable, "-m", "flask", "--app", "wsgi", "migrate"], cwd=ROOT, env=environment, check=True)
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [sys.executable, "-m", *WORKER], cwd=ROOT, env=environment, stdout=pipe, stderr=pipe, text=True
    ) as worker:
        assert worker.stdout is not None
        assert worker.stdout.readline().startswith("Working off background jobs")
        worker.send_signal(signal.SIGTERM)
        _, log = worker.communicate(timeout=60)
    assert [each["reason"] for each in events(log, "redis_unusable")] == ["nobody listens there"]


def test_all_that_is_right_is_told_of_nothing(wrong: Wrong, tmp_path: Path) -> None:
    environment = wrong.environment("authority") | {"REDIS_TLS_CA_FILE": str(wrong.server.ca)}
    with running_server(tmp_path, REDIS_REQUIRED="on", **environment) as server:
        assert events(server.log, "redis_unusable") == []


def test_required_without_an_address_is_a_contradiction(tmp_path: Path) -> None:
    code, said = start(tmp_path, *SERVER, REDIS_REQUIRED="on")
    assert said == "Trackeep cannot start. REDIS_REQUIRED is on, but REDIS_URL names no Redis.\n"
    assert code != 0
