"""A browser's export brought from the file to the library: time and memory of the dry run, the saving, the way back
and the export.

Usage: `PYTHONPATH=. .venv/bin/python benchmarks/import_bookmarks.py [ROWS] [ICON_BYTES] [DATABASE_URL]`; without an
address it uses SQLite in a folder of its own.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO, TypeVar

from apiflask import APIFlask

from config.testing import testing_settings
from tests.bookmarks.browser_export import browser_export
from tests.factories.accounts import make_person
from trackeep import create_app
from trackeep.bookmarks import exports, queries, service
from trackeep.bookmarks.filters import Filters, View
from trackeep.core import db
from trackeep.core.actor import Actor
from trackeep.core.db import migrate

MIB = 2**20
Result = TypeVar("Result")
EVERYTHING = Filters(view=View.EVERYTHING)


def main(rows: int, icon_bytes: int, url: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(testing_settings(Path(folder), url or f"sqlite:///{folder}/import.db"))
        with app.app_context():
            migrate.upgrade()
            measure_all(app, rows, icon_bytes)


def measure_all(app: APIFlask, rows: int, icon_bytes: int) -> None:
    person = make_person(app, f"importer{time.time_ns()}")
    actor, made = person.actor, browser_export(rows, icon_bytes=icon_bytes)
    with tempfile.TemporaryFile() as file:
        made.write_to(file)
        size = file.tell()
        file.seek(0)
        say(f"{db.dialect()}: {rows:,} entries with icons of {icon_bytes:,} bytes, {size / MIB:.1f} MiB")
        idle = memory()
        forget_peak()
        import_id = measured("upload", lambda: open_import(actor, person.space_id, file))
    measured("dry run", lambda: service.check_import(import_id))
    service.start_import(actor, import_id)
    measured("saving", lambda: service.run_import(import_id))
    measured("export", lambda: sum(map(len, exports.export(actor, EVERYTHING, "html"))))
    service.start_undo(actor, import_id)
    measured("undo", lambda: service.undo_import(import_id))
    item = queries.get_import(actor, import_id)
    say(f"{item.total:,} entries, {item.saved:,} saved, {made.distinct:,} expected, {dict(item.counts)}")
    say(f"idle {idle:.0f} MiB, at most {memory('VmHWM') - idle:.0f} MiB above it")


def open_import(actor: Actor, space_id: int, file: IO[bytes]) -> int:
    return service.open_import(actor, space_id, file_name="bookmarks.html", stream=file)


def measured(name: str, step: Callable[[], Result]) -> Result:
    started, processor = time.perf_counter(), time.process_time()
    result = step()
    db.release()
    say(f"{name:10}{time.perf_counter() - started:8.2f} s, {time.process_time() - processor:6.2f} s of the processor")
    return result


def memory(field: str = "VmRSS") -> float:
    """Of this process, in MiB: what it has now, or with ``VmHWM`` the most it had."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(field)) / 1024


def forget_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5")


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    given = dict(enumerate(sys.argv[1:]))
    main(int(given.get(0, "10000")), int(given.get(1, "600")), given.get(2, ""))
