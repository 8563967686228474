"""Reads: the rules of a space, one rule, and its runs over the library."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from trackeep.bookmarks.models import BookmarkRule, BookmarkRuleRun
from trackeep.bookmarks.queries.collections import collection_tree
from trackeep.bookmarks.rules import Definition, read_definition
from trackeep.bookmarks.rules.sentences import sentence, stopped_words
from trackeep.core import db
from trackeep.core.actor import Actor
from trackeep.core.errors import NotFound
from trackeep.core.undo import UndoBatch

LISTED_RUNS = 10


@dataclass(frozen=True, slots=True)
class RuleItem:
    """A rule as a person sees it. ``missing`` are collections that it names and that are gone; ``stopped`` says why it
    was switched off by itself."""

    id: int
    space_id: int
    name: str
    position: int
    enabled: bool
    definition: Definition
    sentence: str
    stopped: str
    hits: int
    last_hit_at: datetime | None
    created_at: datetime
    updated_at: datetime
    missing: Sequence[int]


@dataclass(frozen=True, slots=True)
class RuleRunItem:
    """``is_undone`` tells that what it changed was taken back."""

    id: int
    rule_id: int
    state: str
    total: int
    looked_at: int
    matched: int
    changed: int
    error: str | None
    undo_id: int | None
    created_at: datetime
    finished_at: datetime | None
    is_undone: bool


_COLUMNS = (
    BookmarkRule.id,
    BookmarkRule.space_id,
    BookmarkRule.name,
    BookmarkRule.position,
    BookmarkRule.enabled,
    BookmarkRule.conditions,
    BookmarkRule.actions,
    BookmarkRule.stopped,
    BookmarkRule.hits,
    BookmarkRule.last_hit_at,
    BookmarkRule.created_at,
    BookmarkRule.updated_at,
)
_RUN = (
    BookmarkRuleRun.id,
    BookmarkRuleRun.rule_id,
    BookmarkRuleRun.state,
    BookmarkRuleRun.total,
    BookmarkRuleRun.looked_at,
    BookmarkRuleRun.matched,
    BookmarkRuleRun.changed,
    BookmarkRuleRun.error,
    BookmarkRuleRun.undo_id,
    BookmarkRuleRun.created_at,
    BookmarkRuleRun.finished_at,
    UndoBatch.undone_at.is_not(None).label("is_undone"),
)


def list_rules(actor: Actor, space_id: int) -> list[RuleItem]:
    """All rules of the space in the order in which they act; a space has at most 200."""
    actor.require_read(space_id)
    here = (BookmarkRule.space_id == space_id, BookmarkRule.deleted_at.is_(None))
    query = select(*_COLUMNS).where(*here).order_by(BookmarkRule.position, BookmarkRule.id)
    rows = db.session().execute(query).all()
    names = collection_names(actor, space_id) if rows else {}
    return [_item(row, names) for row in rows]


def get_rule(actor: Actor, rule_id: int) -> RuleItem:
    """Raises NotFound for a deleted one, and for one of a space that the actor may not read."""
    there = (BookmarkRule.id == rule_id, BookmarkRule.deleted_at.is_(None))
    row = db.session().execute(select(*_COLUMNS).where(*there)).first()
    if row is None:
        raise NotFound()
    actor.require_read(row.space_id)
    return _item(row, collection_names(actor, row.space_id))


def rule_runs(actor: Actor, rule_id: int) -> list[RuleRunItem]:
    """The newest runs of a rule first."""
    get_rule(actor, rule_id)
    query = select(*_RUN).outerjoin(UndoBatch, UndoBatch.id == BookmarkRuleRun.undo_id)
    query = query.where(BookmarkRuleRun.rule_id == rule_id).order_by(BookmarkRuleRun.id.desc()).limit(LISTED_RUNS)
    return [RuleRunItem(**row._mapping) for row in db.session().execute(query)]


def collection_names(actor: Actor, space_id: int) -> Mapping[int, str]:
    """The paths of the collections that are there."""
    return {node.id: " / ".join(node.path) for node in collection_tree(actor, space_id, counted=False)}


def _item(row: db.AnyRow, names: Mapping[int, str]) -> RuleItem:
    definition = read_definition(row.conditions, row.actions)
    return RuleItem(
        id=row.id,
        space_id=row.space_id,
        name=row.name,
        position=row.position,
        enabled=row.enabled,
        definition=definition,
        sentence=sentence(definition, names),
        stopped=stopped_words(row.stopped),
        hits=row.hits,
        last_hit_at=row.last_hit_at,
        created_at=row.created_at,
        updated_at=row.updated_at,
        missing=[one for one in definition.actions.collection_ids if one not in names],
    )
