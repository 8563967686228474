"""A Redis server of our own, and the verbs that make it suffer."""

import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from tests.servers import processes
from tests.servers.certificates import Certificates, make_certificates
from tests.servers.programs import free_port, program, until

START_SECONDS = 20.0
ADMIN_SECONDS = 5.0
# Whatever a drill does to the other users, the harness still gets in.
OPERATOR, OPERATOR_PASSWORD = "operator", "only-the-harness-knows"


class RedisServer:
    """One server on 127.0.0.1. It appends each write to a file, so a kill loses nothing and ``start`` finds it again;
    ``start(empty=True)`` forgets it all."""

    host = "127.0.0.1"

    def __init__(
        self,
        folder: Path,
        *,
        password: str = "",
        users: Sequence[str] = (),
        certificates: Certificates | None = None,
        lines: Sequence[str] = (),
        mode: str = "",
    ) -> None:
        """``users`` are lines of an ACL file such as ``user app on >secret ~tk:* &tk:* +@all``, ``lines`` more lines
        of the configuration, ``mode`` is empty or ``--sentinel``."""
        self.folder, self.password, self.certificates, self._mode = folder, password, certificates, mode
        self.port = free_port()
        self.data = folder / f"redis-{self.port}"
        self.socket = self.data / "socket"
        self._users, self._lines = users, lines
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """As the application is given it; for another user than the default one build it from host and port."""
        login = f":{self.password}@" if self.password else ""
        return f"{'rediss' if self.certificates else 'redis'}://{login}{self.host}:{self.port}/0"

    @property
    def unix_url(self) -> str:
        login = f":{self.password}@" if self.password else ""
        return f"unix://{login}{self.socket}?db=0"

    @property
    def pid(self) -> int:
        if self._process is None:
            raise RuntimeError("this server does not run")
        return self._process.pid

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def start(self, *, empty: bool = False) -> None:
        """Returns when it answers. It may run already, for reviving all of a group."""
        if self.is_running:
            self.thaw()
            return
        if empty:
            shutil.rmtree(self.data)
        if not self.data.exists():
            self._write_configuration()
        command: list[str | Path] = [program("redis-server", "redis-server"), self.data / "redis.conf"]
        with (self.data / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [*command, self._mode] if self._mode else command, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        try:
            until(self.answers, START_SECONDS, f"an answer of Redis:\n{self.log}")
        except TimeoutError:
            self.kill()
            raise

    def kill(self) -> None:
        """SIGKILL; nothing happens to one that is dead already."""
        if self._process is not None:
            processes.kill_tree(self._process)

    def freeze(self) -> None:
        """SIGSTOP: connections stay open, new ones are accepted by the kernel, nothing answers."""
        processes.send([self.pid], signal.SIGSTOP)

    def thaw(self) -> None:
        processes.send([self.pid], signal.SIGCONT)

    def flush(self) -> None:
        self.ask("FLUSHALL")

    def set_config(self, name: str, value: str) -> None:
        self.ask("CONFIG", "SET", name, value)

    def answers(self) -> bool:
        """Whether it answers PING; not while it still loads its data."""
        if self._process is not None and self._process.poll() is not None:
            raise RuntimeError(f"Redis ended with {self._process.returncode}:\n{self.log}")
        try:
            return bool(self.ask("PING"))
        except RedisError:
            return False

    def ask(self, *command: str | int) -> Any:
        """The answer to one command of an administrator."""
        with self.admin() as client:
            return client.execute_command(*command)

    def admin(self) -> Redis:
        """A client that may do everything; each call has its deadline and is tried once."""
        is_sentinel = bool(self._mode)
        return Redis(
            host=self.host,
            port=self.port,
            username=None if is_sentinel else OPERATOR,
            password=None if is_sentinel else OPERATOR_PASSWORD,
            ssl=self.certificates is not None,
            ssl_ca_certs=str(self.certificates.authority) if self.certificates else None,
            socket_timeout=ADMIN_SECONDS,
            socket_connect_timeout=ADMIN_SECONDS,
            retry=Retry(NoBackoff(), 0),
            decode_responses=True,
        )

    @property
    def log(self) -> str:
        path = self.data / "log"
        return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""

    def _write_configuration(self) -> None:
        self.data.mkdir()
        lines = [f"dir {self.data}", "bind 127.0.0.1", "protected-mode no", "daemonize no", *self._listening()]
        if not self._mode:
            lines += ["save ''", "appendonly yes", "appendfsync everysec", f"aclfile {self.data / 'users.acl'}"]
            lines += [f"unixsocket {self.socket}", "unixsocketperm 700", "repl-diskless-sync-delay 0"]
            default = f"user default on {f'>{self.password}' if self.password else 'nopass'} ~* &* +@all"
            operator = f"user {OPERATOR} on >{OPERATOR_PASSWORD} ~* &* +@all"
            self._write("users.acl", [operator, default, *self._users])
        self._write("redis.conf", [*lines, *self._lines])

    def _listening(self) -> list[str]:
        if self.certificates is None:
            return [f"port {self.port}"]
        files = self.certificates
        return [
            "port 0",
            f"tls-port {self.port}",
            f"tls-cert-file {files.certificate}",
            f"tls-key-file {files.key}",
            f"tls-ca-cert-file {files.authority}",
            "tls-auth-clients no",
        ]

    def _write(self, name: str, lines: Sequence[str]) -> None:
        (self.data / name).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def replication(server: RedisServer) -> dict[str, Any]:
    """What the server says about its role and its replicas."""
    with server.admin() as client:
        return dict(client.info("replication"))


@contextmanager
def redis_server(
    *, password: str = "", users: Sequence[str] = (), tls: bool = False, lines: Sequence[str] = ()
) -> Iterator[RedisServer]:
    """A running server, with a Unix socket too; with ``tls`` it speaks nothing else on its port."""
    with scratch_folder("redis") as folder:
        certificates = make_certificates(folder) if tls else None
        server = RedisServer(folder, password=password, users=users, certificates=certificates, lines=lines)
        with running([server]):
            yield server


@contextmanager
def running(servers: Sequence[RedisServer]) -> Iterator[None]:
    """Starts them in this order; they are gone at the end, also those that are frozen or dead."""
    try:
        for server in servers:
            server.start()
        yield
    finally:
        for server in servers:
            server.kill()


@contextmanager
def scratch_folder(name: str) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix=f"trackeep-{name}-") as folder:
        yield Path(folder)
