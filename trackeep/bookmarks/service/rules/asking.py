"""All rules applied to chosen bookmarks, because somebody asks for it: as if they were saved now."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from trackeep.bookmarks import queries
from trackeep.bookmarks.models import Bookmark
from trackeep.bookmarks.rules import merged
from trackeep.bookmarks.service.rules import changing
from trackeep.bookmarks.service.rules.acting import COLUMNS, hits_of, subjects_of
from trackeep.bookmarks.service.rules.records import LiveRule, live_rules, note_acts
from trackeep.core import db
from trackeep.core.actor import Actor


def apply_all(actor: Actor, ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """What a person has changed since makes no difference here. Answers, for each that was changed, how to go back; the
    caller, whose unit of work it is, raises the versions."""
    rows = db.session().execute(select(*COLUMNS).where(Bookmark.id.in_(ids)).order_by(Bookmark.id)).all()
    before: dict[int, dict[str, Any]] = {}
    for space_id in sorted({row.space_id for row in rows}):
        before |= _apply(actor, space_id, [row for row in rows if row.space_id == space_id])
    return before


def _apply(actor: Actor, space_id: int, rows: Sequence[db.AnyRow]) -> dict[int, dict[str, Any]]:
    hits: dict[int, list[LiveRule]] = {}
    for start in range(0, len(rows), queries.TEXTS_AT_ONCE):
        # Looked up each time: a rule that was stopped is asked no more.
        rules, some = live_rules(space_id), rows[start : start + queries.TEXTS_AT_ONCE]
        if not rules:
            break
        hits |= hits_of(rules, [row.id for row in some], subjects_of(rules, some))
    if not hits:
        return {}
    outcomes = {row.id: merged(rule.actions for rule in hits.get(row.id, ())) for row in rows}
    new = changing.news(space_id, rows, outcomes)
    changing.write(actor, space_id, new)
    note_acts([(rule.id, i) for i, found in hits.items() for rule in found])
    return {i: changing.way_back(outcome) for i, outcome in new.items()}
