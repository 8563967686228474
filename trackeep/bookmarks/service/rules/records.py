"""The rules of a space that are switched on, ready to be asked, and what is noted when one has acted or was stopped."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Update, bindparam, select, update

from trackeep.bookmarks.models import BookmarkRule, BookmarkRuleAct
from trackeep.bookmarks.rules import Actions, BadPattern, Matcher, Reason, matcher_of, read_definition
from trackeep.core import clock, db

_LIVE = (
    select(BookmarkRule.id, BookmarkRule.conditions, BookmarkRule.actions)
    .where(BookmarkRule.space_id == bindparam("space"), BookmarkRule.enabled, BookmarkRule.deleted_at.is_(None))
    .order_by(BookmarkRule.position, BookmarkRule.id)
)


@dataclass(frozen=True, slots=True)
class LiveRule:
    """A rule that acts."""

    id: int
    matcher: Matcher
    actions: Actions


def live_rules(space_id: int) -> list[LiveRule]:
    """In their order. One whose pattern cannot be read any more is switched off instead of being in the way."""
    return ready(db.rows(_LIVE, {"space": space_id}))


def ready(rows: Sequence[db.AnyRow]) -> list[LiveRule]:
    rules, broken = [], []
    for row in rows:
        definition = read_definition(row.conditions, row.actions)
        try:
            rules.append(LiveRule(row.id, matcher_of(definition), definition.actions))
        except BadPattern:
            broken.append(row.id)
    stop_rules(dict.fromkeys(broken, Reason.BROKEN))
    return rules


def stop_rules(reasons: Mapping[int, Reason]) -> None:
    """Switch them off and keep why, inside the open unit of work."""
    for rule_id, reason in sorted(reasons.items()):
        stopped = {"enabled": False, "stopped": reason.value}
        db.session().execute(_change(rule_id).values(**stopped))


def note_acts(pairs: Collection[tuple[int, int]]) -> None:
    """Remember that these rules have acted on these bookmarks, (rule, bookmark), and count it."""
    if not pairs:
        return
    rows = [{"rule_id": rule, "bookmark_id": bookmark} for rule, bookmark in pairs]
    noting = db.upsert(BookmarkRuleAct).on_conflict_do_nothing().returning(BookmarkRuleAct.rule_id)
    counts, now = Counter(row.rule_id for row in db.rows(noting, rows)), clock.now()
    for rule_id, count in sorted(counts.items()):
        db.session().execute(_change(rule_id).values(hits=BookmarkRule.hits + count, last_hit_at=now))


def acted_on(bookmark_ids: Sequence[int]) -> set[tuple[int, int]]:
    """Which rules have acted on these bookmarks already: (rule, bookmark)."""
    acts = select(BookmarkRuleAct.rule_id, BookmarkRuleAct.bookmark_id)
    found = db.session().execute(acts.where(BookmarkRuleAct.bookmark_id.in_(bookmark_ids)))
    return {(row.rule_id, row.bookmark_id) for row in found}


def _change(rule_id: int) -> Update:
    change = update(BookmarkRule).where(BookmarkRule.id == rule_id)
    return change.execution_options(synchronize_session=False)
