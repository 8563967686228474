"""Ten thousand entries of every format brought: time and memory of the dry run and the saving, and of each export.

Usage: `PYTHONPATH=. .venv/bin/python benchmarks/import_formats.py [ROWS] [FORMAT ...]`; on SQLite in its own folder.
"""

import gc
import io
import sys
import tempfile
import time
from pathlib import Path

from apiflask import APIFlask

from benchmarks.import_bookmarks import EVERYTHING, forget_peak, memory, say
from config.testing import testing_settings
from tests.bookmarks.product_exports import EXPORTS
from tests.factories.accounts import make_person
from trackeep import create_app
from trackeep.bookmarks import exports, queries, service
from trackeep.core import db
from trackeep.core.db import migrate


def main(rows: int, chosen: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(testing_settings(Path(folder), f"sqlite:///{folder}/import.db"))
        with app.app_context():
            migrate.upgrade()
            # As a worker does before it serves.
            gc.collect()
            gc.freeze()
            say(f"{'':16}{'MiB':>6}{'look':>8}{'save':>8}{'both':>8}{'cpu':>8}{'saved':>8}{'memory':>8}")
            for name in chosen or EXPORTS:
                measure(app, name, rows)
            measure_exports(app)


def measure(app: APIFlask, name: str, rows: int) -> None:
    person = make_person(app, f"p{time.time_ns()}")
    content = EXPORTS[name](rows)
    import_id = service.open_import(
        person.actor, person.space_id, file_name=name, stream=io.BytesIO(content), queued=False
    )
    idle = memory()
    forget_peak()
    started, processor = time.perf_counter(), time.process_time()
    service.check_import(import_id)
    looked = time.perf_counter()
    service.start_import(person.actor, import_id, queued=False)
    service.run_import(import_id)
    saved = time.perf_counter()
    item = queries.get_import(person.actor, import_id)
    db.release()
    peak = memory("VmHWM") - idle
    times = f"{looked - started:8.2f}{saved - looked:8.2f}{saved - started:8.2f}{time.process_time() - processor:8.2f}"
    say(f"{name:16}{len(content) / 2**20:6.1f}{times}{item.saved:8}{peak:8.0f}")


def measure_exports(app: APIFlask) -> None:
    """Of 10,000 bookmarks that were brought just before."""
    person = make_person(app, f"p{time.time_ns()}")
    content = EXPORTS["our JSON"](10_000)
    import_id = service.open_import(
        person.actor, person.space_id, file_name="x", stream=io.BytesIO(content), queued=False
    )
    service.check_import(import_id)
    service.start_import(person.actor, import_id, queued=False)
    service.run_import(import_id)
    for form in exports.FILE_TYPES:
        started, processor = time.perf_counter(), time.process_time()
        size = sum(map(len, exports.export(person.actor, EVERYTHING, form)))
        db.release()
        took, used = time.perf_counter() - started, time.process_time() - processor
        say(f"export {form:9}{size / 2**20:6.1f}{took:8.2f}{used:8.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000, sys.argv[2:])
