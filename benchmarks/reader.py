"""What articles cost on a real server: how soon the reader shows a long one, how many stored pages a second the job
looks through, and how long lists take meanwhile.
Usage: `PYTHONPATH=. .venv/bin/python -m benchmarks.reader [PAGES] [DATABASE_URL]`; without an address it uses SQLite in
a folder of its own.
"""

import http.client
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from sqlalchemy import delete, func, insert, select, update

from benchmarks.requests import answer, signed_in, timed
from benchmarks.servers import Server, serving
from config.testing import testing_settings
from tests.bookmarks.articles.pages import paragraphs, rich_body, site
from tests.factories.accounts import Person, make_person
from trackeep import create_app
from trackeep.bookmarks import extracting, service
from trackeep.bookmarks.articles.sources import PageSource, pack
from trackeep.bookmarks.drafts import Draft
from trackeep.bookmarks.models import Article
from trackeep.core import db, ext
from trackeep.core.db import migrate
from trackeep.core.jobs.queue import JobRow

LONG = 3_500  # paragraphs: a megabyte
PACE = 0.05
QUIET, OPENED = 300, 30


def main(pages: int, url: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        url = url or f"sqlite:///{folder / 'reader.db'}"
        settings = testing_settings(folder, url)
        app = create_app(settings)
        migrate.upgrade()
        person = make_person(app, f"reader{time.time_ns()}")
        long_id = long_article(person)
        headers = signed_in(person)
        ids = stored_pages(person, pages)
        environment = {
            "DATA_DIR": name,
            "DATABASE_URL": url,
            "SECRET_KEY": settings.secret_key,
            "EMBEDDED_WORKER": "on",
        }
        environment |= dict.fromkeys(("API_LIMIT", "PAGE_LIMIT", "SEARCH_LIMIT"), "1000000")
        with serving("wsgi:app", environment, "/health/ready") as server:
            say(opening(server, headers, long_id))
            before = server.processor_ms()
            say(f"list, nothing else: {shown(paced(server, headers, lambda done: done >= QUIET))}")
            say(working(server, headers, ids, (server.processor_ms() - before) / QUIET))


def long_article(person: Person) -> int:
    bookmark_id = _save(person, "https://long.example.org/")
    found = extracting.extractor().call(site(paragraphs(LONG)), "https://long.example.org/", False)
    extracting.extractor().close()
    values = {"state": "done", "html": found["html"], "text": found["text"], "text_hash": "0" * 64}
    with db.unit_of_work() as session:
        session.execute(insert(Article).values(bookmark_id=bookmark_id, **values))
    return bookmark_id


def stored_pages(person: Person, count: int) -> list[int]:
    """Pages that were fetched and wait to be looked through; each is another one."""
    ids = []
    for number in range(count):
        url = f"https://page{number}.example.org/"
        # Without a picture: these sites do not exist.
        body = rich_body().replace("<img", "<i")
        source = site(f"{body}{paragraphs(number % 40)}", title=f"Page {number}")
        key = ext.blobs().put_bytes(pack(source.encode()))
        ids.append(_save(person, url))
        stored = PageSource(key, url, "text/html; charset=utf-8")
        values = {"state": "empty", "source_key": stored.key, "source_url": stored.url}
        with db.unit_of_work() as session:
            session.execute(insert(Article).values(bookmark_id=ids[-1], source_type=stored.content_type, **values))
    with db.unit_of_work() as session:
        session.execute(delete(JobRow))  # the fetches of these pages
    return ids


def opening(server: Server, headers: Mapping[str, str], bookmark_id: int) -> str:
    path = f"/bookmarks/{bookmark_id}/read"
    size = len(answer(server.port, path, headers))
    connection = http.client.HTTPConnection(server.host, server.port, timeout=30)
    times = sorted(timed(partial(answer, server.port, path, headers, connection)) for _ in range(OPENED))
    return (
        f"reader of a page of {size / 2**20:.2f} MiB: p50 {statistics.median(times):.0f} ms, at most {times[-1]:.0f} ms"
    )


def working(server: Server, headers: Mapping[str, str], ids: list[int], list_ms: float) -> str:
    """Lists while the job works; the pages a second are counted from its begin to its end. ``list_ms`` is what a list
    takes of the processor: the rest went into the pages."""
    before = server.processor_ms()
    with db.unit_of_work() as session:
        session.execute(update(Article).where(Article.bookmark_id.in_(ids)).values(state="pending"))
        service.enqueue_waiting(after_id=ids[0] - 1)
    began = time.perf_counter()
    ended = threading.Event()

    def watch() -> None:
        while not ended.wait(0.1):
            if not _waiting():
                ended.set()

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    times = paced(server, headers, lambda _done: ended.is_set())
    seconds = time.perf_counter() - began
    page_ms = (server.processor_ms() - before - len(times) * list_ms) / len(ids)
    told = f"{len(ids)} pages, {len(ids) / seconds:.1f} a second, {page_ms:.0f} ms of the processor a page"
    return f"list, while pages are looked through ({told}): {shown(times)}"


def paced(server: Server, headers: Mapping[str, str], is_over: Callable[[int], bool]) -> list[float]:
    """A visitor who asks for the list twenty times a second at most, each time for another page of it."""
    connection = http.client.HTTPConnection(server.host, server.port, timeout=30)
    times: list[float] = []
    pause = threading.Event()
    while not is_over(len(times)):
        path = f"/bookmarks?after=2020-01-{len(times) % 28 + 1:02}"
        times.append(timed(partial(answer, server.port, path, headers, connection)))
        pause.wait(max(0.0, PACE - times[-1] / 1000))
    return times


def shown(times: list[float]) -> str:
    ordered = sorted(times)
    slow = ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]
    return f"p50 {statistics.median(ordered):.1f} ms, p99 {slow:.1f} ms of {len(ordered)} requests"


def _waiting() -> int:
    count = db.session().scalar(select(func.count()).select_from(Article).where(Article.state == "pending"))
    db.release()
    return count or 0


def _save(person: Person, url: str) -> int:
    return service.save_bookmark(person.actor, space_id=person.space_id, draft=Draft(url=url, title=f"About {url}"))


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    given = dict(enumerate(sys.argv[1:]))
    main(int(given.get(0, "1000")), given.get(1, ""))
