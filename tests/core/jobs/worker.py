"""A worker process for the drill: short leases, and one job that writes its number into a file.

Usage: `python -m tests.core.jobs.worker DATABASE_URL FOLDER`
"""

import os
import signal
import sys
import threading
from datetime import timedelta
from pathlib import Path

from config.testing import testing_settings
from trackeep import create_app
from trackeep.core import jobs
from trackeep.core.jobs import claims, runner
from trackeep.core.jobs.serving import NOTICE_SECONDS

LEASE_SECONDS = 3.0
JOB_SECONDS = 0.05


def main(url: str, folder: Path) -> None:
    claims.LEASE = timedelta(seconds=LEASE_SECONDS)
    runner.HEARTBEAT_SECONDS = LEASE_SECONDS / 4
    runner.UPKEEP_SECONDS = 0.5
    app = create_app(testing_settings(folder, url))
    stopping = threading.Event()
    notes = os.open(folder / "notes", os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    def note(number: int) -> None:
        threading.Event().wait(JOB_SECONDS)
        os.write(notes, f"{number}\n".encode())

    jobs.registry.fill([jobs.Job("drill.note", note, 5, None)])
    signal.signal(signal.SIGTERM, lambda _number, _frame: stopping.set())
    worker = jobs.Runner(app)
    worker.start()
    while not stopping.wait(NOTICE_SECONDS):
        continue
    worker.stop()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
