"""nginx with the delivered file for two instances, in a folder and on a port of its own."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.deployment.rendered import ROOT, until
from tests.servers import free_port

FILE = ROOT / "config" / "nginx" / "ha.conf"


def nginx_program() -> str:
    """Debian keeps it outside of an ordinary user's PATH."""
    found = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin")
    if not found:
        raise FileNotFoundError("No nginx here: install Debian's package nginx.")
    return found


def write_configuration(folder: Path, port: int, instances: tuple[int, int]) -> Path:
    """The delivered file with other places, and nothing else changed."""
    text = FILE.read_text(encoding="utf-8").replace("/tmp/", f"{folder}/").replace("listen 8080;", f"listen {port};")
    for name, instance in zip(("app-1", "app-2"), instances, strict=True):
        text = text.replace(f"server {name}:8080 ", f"server 127.0.0.1:{instance} ")
    path = folder / "nginx.conf"
    path.write_text(text, encoding="utf-8")
    return path


@contextmanager
def nginx(folder: Path, instances: tuple[int, int]) -> Iterator[str]:
    """The address of a running proxy in front of what listens on these two ports."""
    port = free_port()
    path = write_configuration(folder, port, instances)
    command = [nginx_program(), "-c", str(path), "-g", f"daemon off; error_log {folder}/nginx.log;"]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        try:
            until(lambda: (folder / "nginx.pid").exists(), "nginx")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
