"""Lists of feeds that somebody brought: what in them is new, what the space has, what is broken."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from trackeep.core import db
from trackeep.core.actor import Actor
from trackeep.core.errors import NotFound
from trackeep.feeds.models import FeedOutline
from trackeep.feeds.opml import Verdict
from trackeep.feeds.queries.items import feeds_by_key

LISTED = 20


@dataclass(frozen=True, slots=True)
class OutlineRow:
    """A feed of the file; ``reason`` is a sentence about a broken one, ``feed_id`` the feed that has its address."""

    url: str
    url_key: str
    title: str
    site_url: str
    folders: tuple[str, ...]
    verdict: Verdict
    reason: str
    feed_id: int | None


@dataclass(frozen=True, slots=True)
class OutlineItem:
    """A file that was brought; ``added`` is None until it is taken in."""

    id: int
    space_id: int
    file_name: str
    added: int | None
    created_at: datetime
    rows: Sequence[OutlineRow]

    @property
    def counts(self) -> Mapping[str, int]:
        return Counter(row.verdict.value for row in self.rows)

    @property
    def has_folders(self) -> bool:
        return any(row.folders for row in self.rows)


def get_outline(actor: Actor, outline_id: int) -> OutlineItem:
    """With each row as it stands now: a feed may have been subscribed to meanwhile. Raises NotFound for somebody
    else's."""
    columns = (FeedOutline.id, FeedOutline.space_id, FeedOutline.file_name, FeedOutline.added, FeedOutline.created_at)
    mine = (FeedOutline.user_id == actor.require_user(), FeedOutline.space_id.in_(actor.readable_spaces))
    row = db.session().execute(select(*columns, FeedOutline.rows).where(FeedOutline.id == outline_id, *mine)).first()
    if row is None:
        raise NotFound()
    keys = {each["key"] for each in row.rows if each["key"]}
    there = feeds_by_key(actor, row.space_id, keys)
    rows = [_row(each, there) for each in row.rows]
    return OutlineItem(row.id, row.space_id, row.file_name, row.added, row.created_at, rows)


def list_outlines(actor: Actor) -> Sequence[tuple[int, str, int | None, datetime]]:
    """Id, name, how many were added, and when: the actor's last ones."""
    columns = (FeedOutline.id, FeedOutline.file_name, FeedOutline.added, FeedOutline.created_at)
    mine = (FeedOutline.user_id == actor.require_user(), FeedOutline.space_id.in_(actor.readable_spaces))
    rows = db.session().execute(select(*columns).where(*mine).order_by(FeedOutline.id.desc()).limit(LISTED))
    return [(row.id, row.file_name, row.added, row.created_at) for row in rows]


def _row(each: Mapping[str, object], there: Mapping[str, int]) -> OutlineRow:
    key = str(each["key"])
    verdict = Verdict(str(each["verdict"]))
    feed_id = there.get(key) if verdict is Verdict.NEW else None
    folders = each["folders"]
    return OutlineRow(
        url=str(each["url"]),
        url_key=key,
        title=str(each["title"]),
        site_url=str(each["site"]),
        folders=tuple(str(name) for name in folders) if isinstance(folders, list) else (),
        verdict=Verdict.KNOWN if feed_id is not None else verdict,
        reason=str(each["reason"]),
        feed_id=feed_id,
    )
