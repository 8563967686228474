"""Redis and Sentinel processes started with exactly the files that the containers render, on addresses of their own."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from extensions.redis_client import Deadlines, RedisClient, RedisClients, RedisOptions, Tls, parse_address
from tests.servers import free_port
from tests.servers.certificates import make_certificates

ROOT = Path(__file__).resolve().parents[2]
RENDERER = ROOT / "config" / "redis" / "render.sh"
PASSWORD, SERVERS_PASSWORD = "correct-horse-battery", "staple-of-the-servers"
PATIENCE = 30.0
# Each a machine of its own as far as Redis can tell; the first one by name, as in a container.
HOSTS = ("localhost", "127.0.0.2", "127.0.0.3")


def render(role: str, folder: Path, environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    folder.mkdir(exist_ok=True)
    shell = shutil.which("dash") or "sh"
    return subprocess.run(
        [shell, str(RENDERER), role, str(folder)],
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@dataclass
class Process:
    """One Redis or Sentinel; ``environment`` is what its container would have."""

    role: str
    folder: Path
    host: str
    port: int
    environment: Mapping[str, str] = field(default_factory=dict)
    options: tuple[str, ...] = ()
    _process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        done = render(self.role, self.folder, {"REDIS_PASSWORD": PASSWORD, **self.environment})
        assert done.returncode == 0, done.stderr
        program, file = ("redis-sentinel", "sentinel") if self.role == "sentinel" else ("redis-server", "redis")
        place = ["--port", str(self.port), "--bind", self.host.replace("localhost", "127.0.0.1")]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [program, str(self.folder / f"{file}.conf"), *place, *self.options], stdout=log, stderr=log
            )
        until(self.answers, f"{self.role} at {self.port}")

    def answers(self) -> bool:
        assert self._process is None or self._process.poll() is None, (self.folder / "log").read_text()
        with suppress(RedisError):
            return bool(self.ask("PING"))
        return False

    def ask(self, *command: str, user: str = "trackeep", password: str = PASSWORD) -> object:
        """The answer to one command, on a connection of its own."""
        client = Redis(
            host=self.host,
            port=self.port,
            username=user or None,
            password=password or None,
            socket_timeout=5,
            retry=Retry(NoBackoff(), 0),
            decode_responses=True,
        )
        with client:
            return client.execute_command(*command)

    def kill(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGKILL)
        if self._process is not None:
            self._process.wait()


def until(is_so: Callable[[], bool], what: str, seconds: float = PATIENCE) -> float:
    """How many seconds it took."""
    started = time.monotonic()
    while time.monotonic() - started < seconds:
        if is_so():
            return time.monotonic() - started
        time.sleep(0.05)  # noqa: TID251  # another process has no event to wait on
    raise TimeoutError(f"{what}: not within {seconds} s")


@contextmanager
def started(*processes: Process) -> Iterator[None]:
    with ExitStack() as stack:
        for process in processes:
            stack.callback(process.kill)
            process.start()
        yield


def make_single(folder: Path, *options: str) -> Process:
    """A single server that does not run yet; ``options`` are appended to its command line."""
    return Process("server", folder / "redis", "127.0.0.1", free_port(), options=options)


@contextmanager
def single(folder: Path, *options: str) -> Iterator[Process]:
    server = make_single(folder, *options)
    with started(server):
        yield server


@dataclass(frozen=True)
class SecureServer:
    """A server that speaks TLS too, at ``port``, with a certificate of the authority in the file ``ca``."""

    port: int
    ca: Path


@contextmanager
def secure(folder: Path) -> Iterator[SecureServer]:
    made = make_certificates(folder)
    port = free_port()
    own = ("--tls-cert-file", str(made.certificate), "--tls-key-file", str(made.key))
    files = ("--tls-ca-cert-file", str(made.authority), *own)
    with single(folder, "--tls-port", str(port), "--tls-auth-clients", "no", *files):
        yield SecureServer(port, made.authority)


@dataclass(frozen=True)
class Group:
    """Three servers and the three Sentinels that watch them."""

    servers: list[Process]
    sentinels: list[Process]

    @property
    def url(self) -> str:
        hosts = ",".join(f"{one.host}:{one.port}" for one in self.sentinels)
        asked = f"sentinel_username=trackeep&sentinel_password={PASSWORD}"
        return f"redis+sentinel://trackeep:{PASSWORD}@{hosts}/trackeep/0?{asked}"

    def primary(self) -> tuple[str, int]:
        """As the last Sentinel tells it."""
        answer = self.sentinels[-1].ask("SENTINEL", "GET-MASTER-ADDR-BY-NAME", "trackeep")
        assert isinstance(answer, list)
        return answer[0], int(answer[1])

    def is_whole(self) -> bool:
        """Whether each Sentinel knows both replicas and reaches the two others."""
        with suppress(RedisError):
            told = [
                f"{one.ask('INFO', 'sentinel')} {one.ask('SENTINEL', 'CKQUORUM', 'trackeep')}" for one in self.sentinels
            ]
            return all("'slaves': 2" in one and "OK 3 usable" in one for one in told)
        return False


@contextmanager
def sentinel_group(folder: Path) -> Iterator[Group]:
    port, sentinel_port = free_port(), free_port()
    common = {"REDIS_SERVERS_PASSWORD": SERVERS_PASSWORD, "REDIS_PRIMARY": f"{HOSTS[0]} {port}"}
    named = [(host, {**common, "REDIS_NAME": host}) for host in HOSTS]
    servers = [Process("replicated", folder / f"redis-{host}", host, port, given) for host, given in named]
    sentinels = [Process("sentinel", folder / f"sentinel-{host}", host, sentinel_port, given) for host, given in named]
    group = Group(servers, sentinels)
    with started(*servers, *sentinels):
        until(group.is_whole, "a whole group")
        yield group


@contextmanager
def client_of(url: str, tls: Tls | None = None) -> Iterator[RedisClient]:
    """The application's own client for this address, patient with a busy machine."""
    patient = Deadlines(connect=5, read=5)
    options = RedisOptions(addresses={"cache": parse_address(url)}, deadlines=patient, tls=tls or Tls())
    clients = RedisClients(options)
    client = clients.get("cache")
    assert client is not None
    try:
        yield client
    finally:
        clients.close()
