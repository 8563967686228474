"""Lists of feeds as files: looked through, taken in, given out."""

from collections.abc import Iterator
from datetime import timedelta
from enum import StrEnum
from typing import IO, Any

from sqlalchemy import delete, insert, select, update

from trackeep.bookmarks import service as bookmarks
from trackeep.core import clock, db
from trackeep.core.actor import Actor
from trackeep.core.errors import Invalid, NotFound
from trackeep.core.i18n import gettext as _
from trackeep.core.objects import take_turn
from trackeep.feeds import queries
from trackeep.feeds.drafts import Treatment
from trackeep.feeds.errors import OutlineTaken
from trackeep.feeds.models import MAX_TITLE, FeedOutline
from trackeep.feeds.opml import Line, Row, UnreadableOutline, Verdict, read_outline, write_outline
from trackeep.feeds.opml.reader import MAX_BYTES
from trackeep.feeds.parsing.words import web_address
from trackeep.feeds.queries import OutlineRow
from trackeep.feeds.service.rows import SAVES, checked_address, checked_tags, insert_feeds, treatment_columns
from trackeep.tags import service as tags

KEPT = timedelta(days=7)
MAX_FILE_NAME = 200
SPREAD = timedelta(seconds=2)
"""Feeds that came together are looked at one after the other, so far apart."""


class Folders(StrEnum):
    """What becomes of the folders of the file."""

    COLLECTIONS = "collections"
    TAGS = "tags"
    NOTHING = "nothing"


def open_outline(actor: Actor, space_id: int, *, file_name: str, stream: IO[bytes]) -> int:
    """Look through a file; nothing is subscribed to yet. Raises Invalid with the reason."""
    actor.require_write(space_id)
    try:
        rows = read_outline(stream.read(MAX_BYTES + 1))
    except UnreadableOutline as error:
        raise Invalid(fields={"file": [str(error.words)]}) from error
    if not rows:
        raise Invalid(fields={"file": [_("There is no feed in this file.")]})
    known: set[str] = set()
    kept = {
        "user_id": actor.require_user(),
        "space_id": space_id,
        "file_name": " ".join(file_name.split())[:MAX_FILE_NAME] or "feeds.opml",
        "rows": [_judged(row, known) for row in rows],
        "created_at": clock.now(),
    }
    with db.unit_of_work() as session:
        return session.scalars(insert(FeedOutline).returning(FeedOutline.id), [kept]).one()


def take_outline(actor: Actor, outline_id: int, *, folders: Folders, wanted: Treatment) -> int:
    """Subscribe to what is new in the file; answers to how many. ``wanted`` tells what becomes of the entries of all of
    them; a token must be one that writes bookmarks. Raises OutlineTaken the second time."""
    outline = queries.get_outline(actor, outline_id)
    actor.require_write(outline.space_id)
    actor.require_scope(SAVES)
    with db.unit_of_work() as session:
        take_turn(outline.space_id)
        bookmarks.check_collections(outline.space_id, [wanted.collection_id] if wanted.collection_id else [])
        take = update(FeedOutline).where(FeedOutline.id == outline_id, FeedOutline.added.is_(None))
        if session.execute(take.values(added=0).returning(FeedOutline.id)).first() is None:
            raise OutlineTaken()
        # Asked again behind the turn: what is new now is new until the end of this unit of work.
        fresh = [row for row in queries.get_outline(actor, outline_id).rows if row.verdict is Verdict.NEW]
        sorter = _Sorter(actor, outline.space_id, folders, wanted)
        rows = [sorter.columns(row) for row in fresh]
        now = clock.now()
        if rows:
            for place, row in enumerate(rows):
                row["next_at"] = now + place * SPREAD
            insert_feeds(actor, outline.space_id, rows, next_at=now)
        session.execute(update(FeedOutline).where(FeedOutline.id == outline_id).values(added=len(rows)))
    return len(rows)


def discard_outline(actor: Actor, outline_id: int) -> None:
    """Forget the file; feeds that were taken from it stay."""
    with db.unit_of_work() as session:
        mine = delete(FeedOutline).where(FeedOutline.id == outline_id, FeedOutline.user_id == actor.require_user())
        if session.execute(mine.returning(FeedOutline.id)).first() is None:
            raise NotFound()


def forget_outlines() -> None:
    with db.unit_of_work() as session:
        old = select(FeedOutline.id).where(FeedOutline.created_at < clock.now() - KEPT)
        session.execute(delete(FeedOutline).where(FeedOutline.id.in_(old)))


def export_outline(actor: Actor, space_id: int) -> Iterator[bytes]:
    """The feeds of a space as OPML, those of a collection in folders of its path, which a token must be one that reads
    bookmarks for."""
    actor.require_scope("bookmarks:read")
    feeds = queries.all_feeds(actor, space_id)
    paths = {node.id: node.path for node in bookmarks.collections_in(actor, space_id)}
    lines = [Line(feed.url, feed.title, feed.site_url, paths.get(feed.collection_id or 0, ())) for feed in feeds]
    return (piece.encode() for piece in write_outline(lines, str(_("Feeds")), clock.now()))


def _judged(row: Row, known: set[str]) -> dict[str, Any]:
    """A row as it is kept. What the space has already is not decided here: it may change until the file is taken."""
    kept: dict[str, Any] = {"url": row.url, "title": row.title, "folders": list(row.folders), "key": "", "reason": ""}
    kept["site"] = web_address("", row.site_url)
    try:
        kept["url"], kept["key"] = checked_address(row.url)
    except Invalid as error:
        reasons = error.fields.get("url", [error.detail])
        return {**kept, "verdict": Verdict.BROKEN.value, "reason": str(reasons[0])}
    verdict = Verdict.SAME if kept["key"] in known else Verdict.NEW
    known.add(kept["key"])
    return {**kept, "verdict": verdict.value}


class _Sorter:
    """Where the entries of each feed go, by its folders; makes the collections that are missing."""

    def __init__(self, actor: Actor, space_id: int, folders: Folders, wanted: Treatment) -> None:
        self._actor, self._space_id, self._folders = actor, space_id, folders
        self._common = treatment_columns(wanted)
        makes_collections = folders is Folders.COLLECTIONS
        self._paths = dict(bookmarks.known_paths(actor, space_id)) if makes_collections else {}

    def columns(self, row: OutlineRow) -> dict[str, Any]:
        own = {"url": row.url, "url_key": row.url_key, "own_title": "", "title": row.title[:MAX_TITLE]}
        values = {**self._common, **own, "site_url": row.site_url}
        if self._folders is Folders.COLLECTIONS and row.folders:
            values["collection_id"] = bookmarks.ensure_path(self._actor, self._space_id, row.folders, self._paths)
        if self._folders is Folders.TAGS and row.folders:
            name = tags.clean_name("/".join(folder.replace("/", " ") for folder in row.folders))[:100]
            values["tags"] = checked_tags([*self._common["tags"], name])
        return values
