"""What a person decides about a link: look now, or leave it alone."""

from collections.abc import Iterable
from datetime import UTC, datetime

from sqlalchemy import and_, case, select, update

from trackeep.bookmarks import queries
from trackeep.bookmarks.liveness import LinkState
from trackeep.bookmarks.models import Bookmark, LinkCheck
from trackeep.bookmarks.service.editing import writable_ids
from trackeep.bookmarks.service.links.checking import start_link_checks
from trackeep.core import db
from trackeep.core.actor import Actor
from trackeep.core.objects import touch_spaces_of

FIRST = datetime(2000, 1, 1, tzinfo=UTC)
"""Before every visit that is planned."""


def check_link_now(actor: Actor, bookmark_id: int) -> None:
    """Have the page visited before all others."""
    bookmark = queries.get_bookmark(actor, bookmark_id)
    actor.require_write(bookmark.space_id)
    row = {"bookmark_id": bookmark_id, "state": LinkState.UNKNOWN, "next_at": FIRST, "asked": True}
    with db.unit_of_work() as session:
        ask = db.upsert(LinkCheck).values(row | {"reason": "", "failures": 0, "permanent": False, "ignored": False})
        again = {"next_at": FIRST, "asked": True}
        session.execute(ask.on_conflict_do_update(index_elements=[LinkCheck.bookmark_id], set_=again))
        start_link_checks(priority=-5)


def ignore_links(actor: Actor, bookmark_ids: Iterable[int], *, ignored: bool = True) -> int:
    """Mark these links as fine, whatever the visits say, or stop that; answers how many were changed."""
    with db.unit_of_work() as session:
        ids = writable_ids(actor, bookmark_ids)
        mine = (LinkCheck.bookmark_id.in_(ids), LinkCheck.ignored.is_not(ignored))
        change = update(LinkCheck).where(*mine).values(ignored=ignored).returning(LinkCheck.bookmark_id)
        changed = session.scalars(change.execution_options(synchronize_session=False)).all()
        dead = select(LinkCheck.bookmark_id).where(
            and_(LinkCheck.bookmark_id.in_(changed), LinkCheck.state == LinkState.BROKEN, LinkCheck.ignored.is_(False))
        )
        broken = (
            update(Bookmark)
            .where(Bookmark.id.in_(changed))
            .values(broken=case((Bookmark.id.in_(dead), True), else_=False))
        )
        session.execute(broken.execution_options(synchronize_session=False))
        touch_spaces_of(changed)
    return len(changed)
