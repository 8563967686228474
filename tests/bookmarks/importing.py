"""Files to be imported, and the steps of an import, for tests."""

import io
from collections.abc import Mapping

from apiflask import APIFlask
from werkzeug.test import TestResponse

from tests.people import Browser
from trackeep.bookmarks import queries, service
from trackeep.bookmarks.filters import Filters, View
from trackeep.bookmarks.imports import Outcome
from trackeep.bookmarks.queries import BookmarkItem, ImportItem, ImportRowItem
from trackeep.core import jobs
from trackeep.core.actor import Actor

HEAD = "<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<TITLE>Bookmarks</TITLE>\n<H1>Bookmarks</H1>\n<DL><p>\n"
API = "/api/v1/bookmarks/imports"
EVERYTHING = Filters(view=View.EVERYTHING)


def work(app: APIFlask) -> None:
    jobs.work_off(app)


def entry(address: str, title: str = "A page", *, marks: str = "", detail: str = "") -> str:
    return f'<DT><A HREF="{address}" {marks}>{title}</A>\n{detail}'


def folder(name: str, *entries: str, marks: str = "") -> str:
    return f"<DT><H3 {marks}>{name}</H3>\n<DL><p>\n{''.join(entries)}</DL><p>\n"


def bring(app: APIFlask, actor: Actor, *entries: str | bytes, name: str = "bookmarks.html") -> ImportItem:
    parts = [part.encode() if isinstance(part, str) else part for part in (HEAD, *entries, "</DL><p>\n")]
    return bring_file(app, actor, b"".join(parts), name=name)


def bring_file(app: APIFlask, actor: Actor, content: bytes, *, name: str = "bookmarks.html") -> ImportItem:
    import_id = service.open_import(actor, actor.personal_space_id or 0, file_name=name, stream=io.BytesIO(content))
    work(app)
    return queries.get_import(actor, import_id)


def run(app: APIFlask, actor: Actor, item: ImportItem, *, share_public: bool = False) -> ImportItem:
    service.start_import(actor, item.id, share_public=share_public)
    work(app)
    return queries.get_import(actor, item.id)


def library(actor: Actor) -> dict[str, BookmarkItem]:
    return {item.url: item for item in queries.exported_once(actor, EVERYTHING)}


def report(actor: Actor, item: ImportItem, outcome: Outcome | None = None) -> list[ImportRowItem]:
    found: list[ImportRowItem] = []
    page = queries.import_rows(actor, item.id, outcome=outcome, limit=100)
    found += page.items
    while page.next_cursor:
        page = queries.import_rows(actor, item.id, outcome=outcome, cursor=page.next_cursor, limit=100)
        found += page.items
    return found


def entries_in(counts: Mapping[str, int]) -> int:
    return sum(counts.get(outcome, 0) for outcome in Outcome if outcome is not Outcome.REMARK)


def upload(browser: Browser, content: bytes, url: str = API, **fields: str) -> TestResponse:
    return browser.post(
        url,
        {"file": (io.BytesIO(content), "bookmarks.html"), **fields},
        content_type="multipart/form-data",
        headers={"X-Form": "1"} if not url.startswith("/api") else {},
    )
