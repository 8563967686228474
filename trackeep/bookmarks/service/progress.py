"""How far somebody has read what they have just brought from elsewhere: many at once."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert

from trackeep.bookmarks.drafts import Draft
from trackeep.bookmarks.models import ReadingProgress
from trackeep.bookmarks.progress import FINISHED
from trackeep.core import clock, db, versions
from trackeep.core.actor import Actor

_INSERT = insert(ReadingProgress.__table__)  # type: ignore[arg-type]  # declared as FromClause, always a Table


def put_progress(actor: Actor, ids: Sequence[int], drafts: Sequence[Draft]) -> None:
    """The person's own place in each of the drafts that were saved under these ids just now."""
    begun = [(i, draft) for i, draft in zip(ids, drafts, strict=True) if draft.progress]
    if not begun:
        return
    user_id, now = actor.require_user(), clock.now()
    db.write(_INSERT, [{"user_id": user_id, "bookmark_id": i, **_columns(draft, now)} for i, draft in begun])
    versions.raise_versions(versions.user_scope(user_id))


def _columns(draft: Draft, now: datetime) -> dict[str, Any]:
    """Where nobody tells when it was read, that is when the page was saved: old things do not come up as the latest."""
    given = draft.progress
    at = min(given.updated_at or draft.added_at or now, now)
    is_finished = given.finished_at is not None or given.fraction >= FINISHED
    finished_at = min(given.finished_at or at, now) if is_finished else None
    return {"fraction": min(max(given.fraction, 0.0), 1.0), "updated_at": at, "finished_at": finished_at}
