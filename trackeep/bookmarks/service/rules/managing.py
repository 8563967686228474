"""Making, changing, switching and deleting rules."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from sqlalchemy import Update, delete, func, insert, select, update

from trackeep.bookmarks import queries
from trackeep.bookmarks.errors import TooManyRules
from trackeep.bookmarks.models import MAX_RULE_NAME, BookmarkRule
from trackeep.bookmarks.rules import (
    MAX_CONDITIONS,
    MAX_NAMES,
    MAX_RULES,
    MAX_VALUE,
    Condition,
    Definition,
    How,
    pattern_complaint,
)
from trackeep.bookmarks.service.rows import check_collections
from trackeep.core import clock, db
from trackeep.core.actor import Actor
from trackeep.core.errors import Gone, Invalid, NotFound
from trackeep.core.i18n import gettext as _
from trackeep.core.objects import take_turn
from trackeep.core.tokeniser import fold
from trackeep.tags import service as tags

KEPT = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleDraft:
    """A rule to be made. An empty ``name`` is fine: the sentence tells what it does."""

    definition: Definition
    name: str = ""
    enabled: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleChanges:
    """What to change; None leaves a part as it is."""

    definition: Definition | None = None
    name: str | None = None
    enabled: bool | None = None


def create_rule(actor: Actor, space_id: int, draft: RuleDraft) -> int:
    """At the end of the others. Raises Invalid by field, NotFound for a collection of elsewhere, TooManyRules."""
    actor.require_write(space_id)
    definition = checked_rule(draft.definition)
    with db.unit_of_work():
        take_turn(space_id)
        check_collections(space_id, definition.actions.collection_ids)
        return _insert(actor, space_id, _checked_name(draft.name), definition, enabled=draft.enabled)


def edit_rule(actor: Actor, rule_id: int, changes: RuleChanges) -> None:
    """Collections that the rule names already may be gone. A rule that was stopped works again once its conditions
    are others."""
    rule = queries.get_rule(actor, rule_id)
    actor.require_write(rule.space_id)
    values: dict[str, Any] = {}
    if changes.name is not None:
        values["name"] = _checked_name(changes.name)
    if changes.enabled is not None:
        values |= {"enabled": changes.enabled, "stopped": None}
    with db.unit_of_work() as session:
        take_turn(rule.space_id)
        if changes.definition is not None:
            definition = checked_rule(changes.definition)
            new = set(definition.actions.collection_ids) - set(rule.definition.actions.collection_ids)
            check_collections(rule.space_id, sorted(new))
            values |= definition.stored()
        if values:
            session.execute(_change(rule_id).values(**values, updated_at=clock.now()))


def switch_rule(actor: Actor, rule_id: int, *, enabled: bool) -> None:
    edit_rule(actor, rule_id, RuleChanges(enabled=enabled))


def duplicate_rule(actor: Actor, rule_id: int) -> int:
    """A copy at the end, switched off until it was looked at."""
    rule = queries.get_rule(actor, rule_id)
    actor.require_write(rule.space_id)
    name = _("%(name)s (copy)", name=rule.name[: MAX_RULE_NAME - 20]) if rule.name else ""
    with db.unit_of_work():
        take_turn(rule.space_id)
        return _insert(actor, rule.space_id, name, rule.definition, enabled=False)


def delete_rule(actor: Actor, rule_id: int) -> None:
    """It acts no longer, and can be brought back for 30 days."""
    rule = queries.get_rule(actor, rule_id)
    actor.require_write(rule.space_id)
    with db.unit_of_work() as session:
        take_turn(rule.space_id)
        session.execute(_change(rule_id).values(deleted_at=clock.now()))


def restore_rule(actor: Actor, rule_id: int) -> None:
    """Bring a deleted rule back to its place; one that is there stays. Raises Gone when it was forgotten, NotFound for
    a stranger's, TooManyRules."""
    space_id = db.session().scalar(select(BookmarkRule.space_id).where(BookmarkRule.id == rule_id))
    if space_id is None:
        raise NotFound()
    actor.require_write(space_id)
    with db.unit_of_work() as session:
        take_turn(space_id)
        _check_room(space_id, but=rule_id)
        back = _change(rule_id).values(deleted_at=None).returning(BookmarkRule.id)
        if session.scalar(back) is None:
            raise Gone()


def forget_rules() -> None:
    """Called by the schedule: nobody brings back what was deleted a month ago."""
    with db.unit_of_work() as session:
        session.execute(delete(BookmarkRule).where(BookmarkRule.deleted_at < clock.now() - KEPT))


def checked_rule(definition: Definition) -> Definition:
    """With clean values; raises Invalid by field: ``conditions``, or ``conditions.2`` for the third of them, ``tags``,
    ``actions``."""
    complaints: dict[str, list[str]] = {}
    if not 1 <= len(definition.conditions) <= MAX_CONDITIONS:
        complaints["conditions"] = [_("A rule needs 1 to %(limit)s conditions.", limit=MAX_CONDITIONS)]
    for place, condition in enumerate(definition.conditions[:MAX_CONDITIONS]):
        if complaint := _complaint(condition):
            complaints[f"conditions.{place}"] = [complaint]
    actions = replace(definition.actions, tags=_checked_tags(definition.actions.tags, complaints))
    if not actions:
        complaints.setdefault("actions", [_("Choose at least one thing that the rule does.")])
    if len(actions.collection_ids) > MAX_NAMES:
        complaints["collection_ids"] = [_("At most %(limit)s collections.", limit=MAX_NAMES)]
    if complaints:
        raise Invalid(fields=complaints)
    return Definition(definition.join, definition.conditions, actions)


def _checked_tags(names: tuple[str, ...], complaints: dict[str, list[str]]) -> tuple[str, ...]:
    found = {tags.folded_name(name): name for name in map(tags.clean_name, names) if name}
    if len(found) > MAX_NAMES:
        complaints["tags"] = [_("At most %(limit)s tags.", limit=MAX_NAMES)]
    if any(len(name) > tags.MAX_LENGTH for name in found.values()):
        complaints["tags"] = [_("A tag can have %(limit)s characters at most.", limit=tags.MAX_LENGTH)]
    return tuple(found.values())


def _complaint(condition: Condition) -> str:
    if len(condition.value) > MAX_VALUE:
        return str(_("At most %(limit)s characters.", limit=MAX_VALUE))
    if not condition.value.strip() or not (condition.how is How.REGEX or fold(condition.value)):
        return str(_("Write what is looked for."))
    if complaint := pattern_complaint(condition):
        return str(_("This is no regular expression: %(complaint)s.", complaint=complaint[:200]))
    return ""


def _checked_name(text: str) -> str:
    name = " ".join(text.split())
    if len(name) > MAX_RULE_NAME:
        raise Invalid(fields={"name": [_("At most %(limit)s characters.", limit=MAX_RULE_NAME)]})
    return name


def _insert(actor: Actor, space_id: int, name: str, definition: Definition, *, enabled: bool) -> int:
    last = _check_room(space_id)
    now = clock.now()
    row: Mapping[str, Any] = {
        "space_id": space_id,
        "user_id": actor.user_id,
        "name": name,
        "position": last + 1,
        "enabled": enabled,
        **definition.stored(),
        "hits": 0,
        "created_at": now,
        "updated_at": now,
    }
    return db.session().scalars(insert(BookmarkRule).returning(BookmarkRule.id), [dict(row)]).one()


def _check_room(space_id: int, but: int = 0) -> int:
    """The last place that is taken; raises TooManyRules. Whoever asks has taken their turn."""
    here = (BookmarkRule.space_id == space_id, BookmarkRule.deleted_at.is_(None), BookmarkRule.id != but)
    found = select(func.count(), func.coalesce(func.max(BookmarkRule.position), 0)).where(*here)
    count, last = db.session().execute(found).one()
    if count >= MAX_RULES:
        raise TooManyRules()
    return int(last)


def _change(rule_id: int) -> Update:
    change = update(BookmarkRule).where(BookmarkRule.id == rule_id)
    return change.execution_options(synchronize_session=False)
