"""What the containers write before Redis starts: only with a usable password, for nobody else's eyes."""

import re
import stat
from itertools import pairwise
from pathlib import Path

import pytest

from tests.deployment.rendered import PASSWORD, ROOT, SERVERS_PASSWORD, render

GROUP = {
    "REDIS_PASSWORD": PASSWORD,
    "REDIS_SERVERS_PASSWORD": SERVERS_PASSWORD,
    "REDIS_NAME": "redis-2",
    "REDIS_PRIMARY": "redis-1 6379",
}


def lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize(
    ("role", "environment", "words"),
    [
        ("server", {}, "REDIS_PASSWORD is empty"),
        ("server", {"REDIS_PASSWORD": "short"}, "REDIS_PASSWORD is too short: at least 12"),
        ("server", {"REDIS_PASSWORD": "with blanks in it"}, "letters, digits"),
        ("server", {"REDIS_PASSWORD": "quoted'and\\more"}, "letters, digits"),
        ("server", {"REDIS_PASSWORD": "pipe|and&ampersand"}, "letters, digits"),
        ("server", {"REDIS_PASSWORD": PASSWORD, "REDIS_PASSWORD_FILE": "/dev/null"}, "keep one of them"),
        ("server", {"REDIS_PASSWORD_FILE": "/nonsense/file"}, "REDIS_PASSWORD_FILE names a file that cannot be read"),
        ("replicated", GROUP | {"REDIS_SERVERS_PASSWORD": ""}, "REDIS_SERVERS_PASSWORD is empty"),
        ("replicated", GROUP | {"REDIS_SERVERS_PASSWORD": PASSWORD}, "must differ"),
        ("sentinel", GROUP | {"REDIS_NAME": ""}, "REDIS_NAME is empty"),
        ("sentinel", GROUP | {"REDIS_PRIMARY": ""}, "REDIS_PRIMARY is empty"),
        ("nonsense", GROUP, "not 'nonsense'"),
    ],
)
def test_what_cannot_be_used_is_refused(role: str, environment: dict[str, str], words: str, tmp_path: Path) -> None:
    done = render(role, tmp_path / "redis", environment)
    assert done.returncode == 1
    assert words in done.stderr
    assert PASSWORD not in done.stderr
    assert not list((tmp_path / "redis").glob("*.conf"))


@pytest.mark.parametrize("role", ["server", "replicated", "sentinel"])
def test_files_are_whole_and_for_their_owner_only(role: str, tmp_path: Path) -> None:
    assert render(role, tmp_path, GROUP).returncode == 0
    assert {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()} == {0o600}
    assert len(list(tmp_path.iterdir())) == 2
    assert [line for path in tmp_path.iterdir() for line in lines(path) if "@DIR" in line or line.endswith("@")] == []
    assert PASSWORD not in "".join(path.read_text(encoding="utf-8") for path in tmp_path.iterdir())


def test_a_password_can_come_from_a_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text(f"{PASSWORD}\n", encoding="utf-8")
    render("server", tmp_path / "file", {"REDIS_PASSWORD_FILE": str(secret)})
    render("server", tmp_path / "plain", {"REDIS_PASSWORD": PASSWORD})
    assert lines(tmp_path / "file" / "users.acl") == lines(tmp_path / "plain" / "users.acl")


def test_a_single_server_knows_no_replicas(tmp_path: Path) -> None:
    render("server", tmp_path, {"REDIS_PASSWORD": PASSWORD})
    assert [line.split()[1] for line in lines(tmp_path / "users.acl")] == ["default", "trackeep"]


def test_a_replica_that_has_become_the_primary_stays_it(tmp_path: Path) -> None:
    render("replicated", tmp_path, GROUP)
    path = tmp_path / "redis.conf"
    assert lines(path)[-1] == "replicaof redis-1 6379"
    path.write_text("port 6379\n", encoding="utf-8")  # as Redis rewrites it after its promotion
    render("replicated", tmp_path, GROUP)
    assert not any(line.startswith("replicaof") for line in lines(path))


def test_a_sentinel_keeps_what_it_has_learned_and_takes_new_passwords(tmp_path: Path) -> None:
    render("sentinel", tmp_path, GROUP)
    path = tmp_path / "sentinel.conf"
    learned = path.read_text(encoding="utf-8").replace("trackeep redis-1 6379 2", "trackeep redis-3 6379 2")
    path.write_text(f"{learned}sentinel current-epoch 4\nsentinel known-replica trackeep redis-1 6379\n")
    render("sentinel", tmp_path, GROUP | {"REDIS_SERVERS_PASSWORD": "another-of-the-servers"})
    found = lines(path)
    assert "sentinel monitor trackeep redis-3 6379 2" in found
    assert "sentinel current-epoch 4" in found
    assert "sentinel known-replica trackeep redis-1 6379" in found
    assert "sentinel auth-pass trackeep another-of-the-servers" in found


@pytest.mark.parametrize("name", ["redis.conf", "replicated.conf", "sentinel.conf"])
def test_each_setting_has_its_reason(name: str) -> None:
    """A comment right above it."""
    found = lines(ROOT / "config" / "redis" / name)
    bare = [line for before, line in pairwise(found) if line[:1] not in {"", "#"} and not before.startswith("#")]
    assert bare == []


def used_commands() -> set[str]:
    """As the extensions spell them: methods of a client or a pipeline, names as text, calls of scripts."""
    sources = "".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "extensions").rglob("*.py")))
    scripts = "".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "extensions").rglob("*.lua")))
    methods = set(re.findall(r"\b(?:redis|steps)\.([a-z]+)\(", sources)) - {"pipeline", "execute", "pubsub"}
    chosen = "".join(re.findall(r"command = .*", sources))
    named = set(re.findall(r"execute_command\(\s*\"([A-Z]+)", sources)) | set(re.findall(r"\"([A-Z]+)\"", chosen))
    called = set(re.findall(r"redis\.p?call\('([A-Z]+)'", scripts))
    return {name.lower() for name in methods | named | called}


def test_the_application_may_use_what_it_uses() -> None:
    (user,) = [line for line in lines(ROOT / "config/redis/users.acl.template") if line.startswith("user trackeep ")]
    allowed = {word[1:].partition("|")[0] for word in user.split() if word.startswith("+")}
    used = {"delete": "del"}
    assert {used.get(name, name) for name in used_commands()} <= allowed
    assert {"set", "getrange", "publish", "spublish", "get"} <= used_commands()
