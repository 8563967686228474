"""The source of a page is kept, so that its article can be found in it, now and by a later version."""

from collections.abc import Mapping

from sqlalchemy import case

from trackeep.bookmarks.articles.findings import Lack, lack_words
from trackeep.bookmarks.articles.sources import PageSource
from trackeep.bookmarks.models import Article
from trackeep.core import db, jobs

EXTRACT_JOB = "bookmarks.extract_article"
_NO_SOURCE = {"source_key": None, "source_url": "", "source_type": ""}


def keep_source(bookmark_id: int, source: PageSource | None) -> None:
    """Inside the open unit of work: this is the page now, and its article is to be found. Without a source there is
    nothing to be read, such as in a picture. An article that was found before stays until there is another."""
    if source is None:
        none = {"state": "empty", "error": lack_words(Lack.NO_PAGE)}
        _upsert(bookmark_id, {**_NO_SOURCE, **none})
        return
    values = {"source_key": source.key, "source_url": source.url, "source_type": source.content_type[:200]}
    _upsert(bookmark_id, {**values, "state": "pending", "error": None})
    enqueue_extraction(bookmark_id)


def _upsert(bookmark_id: int, values: Mapping[str, object]) -> None:
    new = db.upsert(Article).values(bookmark_id=bookmark_id, **values)
    replaced: dict[str, object] = dict(values)
    if values["state"] != "pending":
        replaced["state"] = case((Article.html != "", "done"), else_=values["state"])
        replaced["error"] = case((Article.html != "", None), else_=values["error"])
    db.session().execute(new.on_conflict_do_update(index_elements=[Article.bookmark_id], set_=replaced))


def enqueue_extraction(bookmark_id: int, priority: int = 0) -> None:
    jobs.enqueue(
        EXTRACT_JOB, {"bookmark_id": bookmark_id}, unique_key=f"{EXTRACT_JOB}:{bookmark_id}", priority=priority
    )
