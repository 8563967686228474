"""Runs the checks and tests, all of them even when one fails, each with its own part of the output, and ends with
pytest's own last line.

Usage: `.venv/bin/python scripts/verify.py fast` (static checks and the quick tests on SQLite), `all` (everything) or
`drill` (the drills at full length).
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from tests.servers import postgresql, redis_server

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"
SLOWEST = "--durations=15"
PYTEST = ("pytest", "--numprocesses=2", "--dist=worksteal", SLOWEST)


@dataclass(frozen=True)
class Step:
    title: str
    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)


STATIC = (
    Step("format", ("ruff", "format", "--check", ".")),
    Step("lint", ("ruff", "check", ".")),
    Step("import contracts", ("lint-imports",)),
    Step("types", ("mypy",)),
)
ON_SQLITE = {"TEST_DATABASE_URL": "", "TEST_REDIS_URL": ""}
# These have steps of their own.
SUITE = (*PYTEST, "--ignore=tests/journeys", "--ignore=tests/drills")
QUICK = Step("quick tests on SQLite", (*SUITE, "-m", "not slow"), ON_SQLITE)
# They start processes and wait for them, so they want a processor of their own.
SLOW = Step("slow tests on SQLite", (*SUITE, "-m", "slow"), ON_SQLITE)
# One after another: they measure, and some of them keep both processors busy for moments.
DRILLS = ("pytest", "tests/drills", SLOWEST)
# Only these two measure nothing and keep half of the processors waiting: they go side by side.
KILLED = "tests/drills/test_application_killed.py"
KILLING, MEASURING = (*PYTEST, KILLED), (*DRILLS, f"--ignore={KILLED}")
# Each process has a server and a browser for all of its journeys.
JOURNEYS = (*PYTEST, "tests/journeys")
# What was compiled is kept, whatever the surroundings say: servers are started a hundred times.
ENVIRONMENT = {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}
# What runs so has what the others leave of the processors, and a tenth where they leave nothing: its deadlines hold.
LEFT_OVER = ("nice", "-n", "10")
LONG_DRILLS = Step("long drills", DRILLS, {"DRILL": "long"})


def main(names: Sequence[str]) -> int:
    """Run the named set; 0 only when every step passed."""
    if list(names) == ["fast"]:
        return verdict([*static_failures(), failure(QUICK)])
    if list(names) == ["drill"]:
        return verdict([failure(LONG_DRILLS)])
    return verdict(list(all_failures()))


def all_failures() -> Iterator[str | None]:
    """The quick tests on SQLite beside the static checks and the short drills, which mostly wait; the slow ones by
    themselves; all of the suite that asks a server on PostgreSQL with Redis; then journeys through a real browser."""
    with beside(QUICK) as ended:
        yield from static_failures()
        yield failure(Step("short drills that kill the application", KILLING, {"DRILL": "short"}))
        yield failure(Step("other short drills", MEASURING, {"DRILL": "short"}))
        yield ended()
    yield failure(SLOW)
    with postgresql() as database, redis_server() as redis:
        both = {"TEST_DATABASE_URL": database, "TEST_REDIS_URL": redis.url}
        yield failure(Step("suite on PostgreSQL with Redis", (*SUITE, "-m", "served"), both))
    if any(ROOT.glob("tests/journeys/test_*.py")):
        yield failure(Step("browser journeys", JOURNEYS, ON_SQLITE))


@contextmanager
def beside(step: Step) -> Iterator[Callable[[], str | None]]:
    """Run one step at the side of what follows. What it has to say is kept until its end is asked for: that answers its
    title when it failed."""
    with tempfile.TemporaryFile("w+") as said:
        began, process = time.monotonic(), started(step, said, LEFT_OVER)

        def ended() -> str | None:
            status = process.wait()
            said.seek(0)
            say(f"\n== {step.title}, beside the others\n{said.read().rstrip()}")
            say(f"== {step.title}, beside the others: {time.monotonic() - began:.1f} s")
            return step.title if status else None

        try:
            yield ended
        finally:
            process.terminate()
            process.wait()


def static_failures() -> list[str | None]:
    """Run the static checks side by side, each on one processor; the titles of those that failed."""
    with timed("static checks"):
        running = [(step.title, started(step, subprocess.PIPE)) for step in STATIC]
        return [title if told(title, process) else None for title, process in running]


def told(title: str, process: subprocess.Popen[str]) -> int:
    """Its status, once what it had to say is shown."""
    output, _nothing = process.communicate()
    say(f"\n== {title}\n{output.rstrip()}")
    return process.returncode


def failure(step: Step) -> str | None:
    """Run one step; its title when it failed."""
    with timed(step.title):
        return step.title if started(step).wait() else None


def started(step: Step, output: int | IO[str] | None = None, before: Sequence[str] = ()) -> subprocess.Popen[str]:
    command = [*before, str(BIN / step.command[0]), *step.command[1:]]
    errors = subprocess.STDOUT if output is not None else None
    environment = {**ENVIRONMENT, **step.environment}
    return subprocess.Popen(command, cwd=ROOT, env=environment, text=True, stdout=output, stderr=errors)


@contextmanager
def timed(title: str) -> Iterator[None]:
    say(f"\n== {title}")
    started = time.monotonic()
    yield
    say(f"== {title}: {time.monotonic() - started:.1f} s")


def verdict(failures: Sequence[str | None]) -> int:
    failed = [title for title in failures if title]
    if failed:
        say(f"\nFAILED: {', '.join(failed)}")
    return 1 if failed else 0


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
