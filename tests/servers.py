"""Real servers that the tests start themselves, on free ports and in folders that disappear with them."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

# A test database may forget everything at a power cut: that is what makes it fast.
POSTGRESQL_OPTIONS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",
    "timezone": "UTC",
}


@contextmanager
def postgresql() -> Iterator[str]:
    """A PostgreSQL server of our own; yields the address of an empty database in it."""
    folder = Path(tempfile.mkdtemp(prefix="trackeep-postgresql-"))
    data = folder / "data"
    port = free_port()
    try:
        _hand_over(folder)
        _server_program(
            "initdb", "--pgdata", data, "--username=trackeep", "--auth=trust", "--encoding=UTF8", "--no-sync"
        )
        options = " ".join(f"-c {name}={value}" for name, value in POSTGRESQL_OPTIONS.items())
        listen = f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories={folder}"
        _server_program("pg_ctl", "start", "-w", "-D", data, "-l", folder / "log", "-o", f"{options} {listen}")
        try:
            _server_program("createdb", "-h", "127.0.0.1", "-p", str(port), "-U", "trackeep", "trackeep")
            yield f"postgresql+psycopg://trackeep@127.0.0.1:{port}/trackeep"
        finally:
            _server_program("pg_ctl", "stop", "-w", "-D", data, "-m", "immediate")
    finally:
        shutil.rmtree(folder)


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
    return port


def chromium() -> str:
    """Where Debian's Chromium is; the variable CHROMIUM names another one."""
    found = shutil.which(os.environ.get("CHROMIUM", "chromium"))
    if not found:
        raise FileNotFoundError("No Chromium here: install Debian's package chromium, or set CHROMIUM to its path.")
    return found


def _hand_over(folder: Path) -> None:
    """PostgreSQL refuses to run as root, so root gives the folder to the user that Debian made for it."""
    if os.geteuid() == 0:
        owner = pwd.getpwnam("postgres")
        os.chown(folder, owner.pw_uid, owner.pw_gid)


def _server_program(name: str, *arguments: str | Path) -> None:
    prefix: Sequence[str] = ("runuser", "-u", "postgres", "--") if os.geteuid() == 0 else ()
    command = [*prefix, postgresql_program(name), *map(str, arguments)]
    # The server outlives pg_ctl and would keep a pipe open, hence files and not pipes for what it says.
    with tempfile.TemporaryFile() as said:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=said, stderr=said, cwd="/", check=False)
        if done.returncode:
            said.seek(0)
            raise RuntimeError(f"{name} failed: {said.read().decode(errors='replace')}")


def postgresql_program(name: str) -> str:
    """The newest installed version's program; Debian keeps them outside PATH."""
    versions = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[4]))
    found = str(versions[-1]) if versions else shutil.which(name)
    if not found:
        raise FileNotFoundError(f"No {name} here: install Debian's package postgresql.")
    return found
