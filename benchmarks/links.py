"""How long the check of many links on one local server takes, and how many requests it has there at once.

Usage: `PYTHONPATH=. .venv/bin/python benchmarks/links.py [LINKS] [DELAY_MS] [DATABASE_URL]`; without an address it uses
SQLite in a folder of its own. The server answers after the delay: nine in ten pages are there, the others are gone or
have moved.
"""

import sys
import tempfile
import threading
import time
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from apiflask import APIFlask
from sqlalchemy import func, select, update

from config.testing import testing_settings
from tests.factories.accounts import make_person
from trackeep import create_app
from trackeep.bookmarks import service
from trackeep.bookmarks.drafts import Draft
from trackeep.bookmarks.models import LinkCheck
from trackeep.core import clock, db, jobs
from trackeep.core.db import migrate

STEP = 500


class Site(BaseHTTPRequestHandler):
    """Counts the requests that it answers at the same time."""

    delay = 0.0
    lock = threading.Lock()
    now = most = 0

    def do_GET(self) -> None:
        with self.lock:
            type(self).now += 1
            type(self).most = max(self.most, self.now)
        threading.Event().wait(self.delay)
        number = int(self.path.rpartition("/")[2])
        status = 404 if number % 20 == 7 else 301 if number % 20 == 13 else 200
        self.send_response(status)
        if status == 301:
            self.send_header("Location", f"/moved/{number + 1}")
        self.send_header("Content-Length", "0")
        # Who has the answer may come again at once.
        with self.lock:
            type(self).now -= 1
        self.end_headers()

    def log_message(self, *_arguments: object) -> None:
        """Silent."""


def main(count: int, delay_ms: float, url: str) -> None:
    Site.delay = delay_ms / 1000
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory() as folder:
        settings = testing_settings(Path(folder), url or f"sqlite:///{folder}/links.db")
        app = create_app(replace(settings, fetch_allow=("127.0.0.1",), host_intervals={"127.0.0.1": 0.0}))
        with app.app_context():
            migrate.upgrade()
            fill(app, f"http://127.0.0.1:{server.server_port}/page", count)
        measure(app, count)
    server.shutdown()


def fill(app: APIFlask, base: str, count: int) -> None:
    person = make_person(app, f"checker{time.time_ns()}")
    for start in range(0, count, STEP):
        drafts = [Draft(url=f"{base}/{number}", title=str(number)) for number in range(start, min(start + STEP, count))]
        service.save_many(person.actor, space_id=person.space_id, drafts=drafts, fetch=False)
    service.plan_links()
    with db.unit_of_work() as session:
        session.execute(update(LinkCheck).values(next_at=clock.now()))
    db.release()


def measure(app: APIFlask, count: int) -> None:
    runner = jobs.Runner(app)
    started, processor = time.perf_counter(), time.process_time()
    with app.app_context():
        service.start_link_checks()
    runner.start()
    while (left := unchecked(app)) > 0 and time.perf_counter() - started < 1_800:
        threading.Event().wait(1)
    took, used = time.perf_counter() - started, time.process_time() - processor
    runner.stop()
    with app.app_context():
        rows = db.session().execute(select(LinkCheck.state, func.count()).group_by(LinkCheck.state)).all()
        say(f"{db.dialect()}: {count - left:,} links in {took:.0f} s, {(count - left) / took:.0f} a second")
        say(f"{used:.0f} s of the processor (the server's included), at most {Site.most} requests at once")
        say(", ".join(f"{state} {number:,}" for state, number in sorted(map(tuple, rows))))
        db.release()


def unchecked(app: APIFlask) -> int:
    with app.app_context():
        left = db.session().scalar(select(func.count()).where(LinkCheck.checked_at.is_(None))) or 0
        db.release()
    return left


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    given = dict(enumerate(sys.argv[1:]))
    main(int(given.get(0, "10000")), float(given.get(1, "5")), given.get(2, ""))
