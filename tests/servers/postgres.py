"""A PostgreSQL server of our own, and the verbs that make it suffer."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from tests.servers import processes
from tests.servers.programs import free_port, until

# A test database may forget everything at a power cut: that is what makes it fast.
POSTGRESQL_OPTIONS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",
    "timezone": "UTC",
}
# What a killed server acknowledged must be there afterwards; only the machine itself is not expected to fail.
DURABLE = {"synchronous_commit": "on", "full_page_writes": "on"}
START_SECONDS = 60.0
ADMIN_SECONDS = 5
NAME = "trackeep"


class PostgresqlServer:
    """One server on 127.0.0.1 with one database. It runs under the user that Debian made for it when we are root."""

    host = "127.0.0.1"

    def __init__(self, folder: Path, options: dict[str, str]) -> None:
        self.folder, self.port = folder, free_port()
        self._data = folder / "data"
        self._options = {
            **options,
            "listen_addresses": self.host,
            "port": str(self.port),
            "unix_socket_directories": str(folder),
        }
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return self.url_through(self.port)

    def url_through(self, port: int) -> str:
        """The address of the database for those who come through a proxy on this port."""
        return f"postgresql+psycopg://{NAME}@{self.host}:{port}/{NAME}"

    @property
    def pid(self) -> int:
        if self._process is None:
            raise RuntimeError("this server does not run")
        return self._process.pid

    def create(self) -> None:
        """Make the files and the empty database, and let it run."""
        made = ["--pgdata", str(self._data), f"--username={NAME}", "--auth=trust", "--encoding=UTF8", "--no-sync"]
        _run("initdb", *made)
        self.start()
        self.ask(f"CREATE DATABASE {NAME}", database="postgres")

    def start(self) -> None:
        """Returns when it takes connections again, after it has recovered what it had written."""
        options = [argument for name, value in self._options.items() for argument in ("-c", f"{name}={value}")]
        command = [postgresql_program("postgres"), "-D", str(self._data), *options]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd="/", **_owner()
            )
        try:
            until(self.answers, START_SECONDS, "an answer of PostgreSQL")
        except TimeoutError:
            self.kill()
            raise

    def kill(self) -> None:
        """SIGKILL to the server and all its backends; nothing happens to one that is dead already."""
        if self._process is not None:
            processes.kill_tree(self._process)

    def freeze(self) -> None:
        """SIGSTOP to all of it: connections stay open, new ones are accepted by the kernel, nothing answers."""
        processes.send(processes.tree(self.pid), signal.SIGSTOP)

    def thaw(self) -> None:
        processes.send(processes.tree(self.pid), signal.SIGCONT)

    def terminate_backends(self) -> int:
        """Cut all connections to the database from the server's side; answers how many."""
        ended = self.ask(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            f" WHERE datname = '{NAME}' AND pid <> pg_backend_pid()",
            database="postgres",
        )
        return len(ended)

    def answers(self) -> bool:
        if self._process is not None and self._process.poll() is not None:
            said = (self.folder / "log").read_text(encoding="utf-8", errors="replace")
            raise RuntimeError(f"PostgreSQL ended with {self._process.returncode}:\n{said}")
        try:
            return bool(self.ask("SELECT 1", database="postgres"))
        except psycopg.OperationalError:
            return False

    def ask(self, statement: str, *, database: str = NAME) -> list[tuple[Any, ...]]:
        """The rows of one statement of an administrator."""
        with psycopg.connect(
            host=self.host, port=self.port, user=NAME, dbname=database, autocommit=True, connect_timeout=ADMIN_SECONDS
        ) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []


@contextmanager
def postgresql() -> Iterator[str]:
    """A fast server; yields the address of an empty database in it."""
    with _server(POSTGRESQL_OPTIONS) as server:
        yield server.url


@contextmanager
def postgresql_server() -> Iterator[PostgresqlServer]:
    """A server that keeps what it acknowledged when it is killed, with an empty database."""
    with _server({**POSTGRESQL_OPTIONS, **DURABLE}) as server:
        yield server


@contextmanager
def _server(options: dict[str, str]) -> Iterator[PostgresqlServer]:
    folder = Path(tempfile.mkdtemp(prefix="trackeep-postgresql-"))
    server = PostgresqlServer(folder, options)
    try:
        _hand_over(folder)
        server.create()
        yield server
    finally:
        server.kill()
        shutil.rmtree(folder)


def postgresql_program(name: str) -> str:
    """The newest installed version's program; Debian keeps them outside PATH."""
    versions = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[4]))
    found = str(versions[-1]) if versions else shutil.which(name)
    if not found:
        raise FileNotFoundError(f"No {name} here: install Debian's package postgresql.")
    return found


def _hand_over(folder: Path) -> None:
    """PostgreSQL refuses to run as root, so root gives the folder to the user that Debian made for it."""
    if os.geteuid() == 0:
        owner = pwd.getpwnam("postgres")
        os.chown(folder, owner.pw_uid, owner.pw_gid)


def _owner() -> dict[str, Any]:
    return {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}


def _run(name: str, *arguments: str) -> None:
    command = [postgresql_program(name), *arguments]
    done = subprocess.run(command, capture_output=True, cwd="/", check=False, timeout=START_SECONDS, **_owner())
    if done.returncode:
        raise RuntimeError(f"{name} failed: {(done.stdout + done.stderr).decode(errors='replace')}")
