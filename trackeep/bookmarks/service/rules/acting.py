"""Rules act by themselves: as bookmarks are saved, and again as more becomes known of their pages.

They never fight with a person. A rule acts once on a bookmark, which is remembered in a table of its own; a tag or a
collection that another rule gave before is not given again, since it is there or was taken off on purpose; and marks
stay as they are once somebody has set one by hand, which the versions of the object tell: only that raises one of them
and not the other."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import select

from trackeep.bookmarks import queries, signals
from trackeep.bookmarks.models import Bookmark
from trackeep.bookmarks.rules import Field, Outcome, Stage, Subject, judge, merged
from trackeep.bookmarks.service.rules import changing
from trackeep.bookmarks.service.rules.records import LiveRule, acted_on, live_rules, note_acts, stop_rules
from trackeep.core import db, undo
from trackeep.core.actor import SYSTEM, Actor
from trackeep.core.objects import Object, take_turn_with, touch_objects

BATCH = 500
COLUMNS = (
    Bookmark.id,
    Bookmark.space_id,
    Bookmark.url,
    Bookmark.site,
    Bookmark.title,
    Bookmark.description,
    Bookmark.notes,
    Bookmark.unread,
    Bookmark.favourite,
    Bookmark.archived,
    Bookmark.shared,
)
NO_TEXTS: Mapping[int, str] = {}


def act_on_saved(actor: Actor, space_id: int, rows: Sequence[Mapping[str, Any]], *, fetched_later: bool) -> None:
    """In the unit of work that has just inserted these rows, by few statements for any number of them. Nobody has seen
    the bookmarks yet, so no version is raised."""
    rules = live_rules(space_id)
    if not rules:
        return
    subjects = [_subject_saved(row, fetched_later=fetched_later) for row in rows]
    hits = hits_of(rules, [row["id"] for row in rows], subjects)
    outcomes = {i: merged(rule.actions for rule in found) for i, found in hits.items()}
    changing.write(actor, space_id, outcomes)
    note_acts([(rule.id, i) for i, found in hits.items() for rule in found])


def apply_rules(ids: Sequence[int], stage: Stage, articles: Mapping[int, str] = NO_TEXTS) -> None:
    """Let the rules act that have not acted on these bookmarks, now that ``stage`` has told more about them. Called by
    whatever has filled it in, in its unit of work or in one of its own; ``articles`` are the texts of the pages. At the
    stage of the fetch, what is said not to be in the text waits for nothing."""
    for start in range(0, len(ids), BATCH):
        with db.unit_of_work():
            some = ids[start : start + BATCH]
            take_turn_with(some)
            for space_id, rows in _by_space(some):
                _act(space_id, rows, articles if stage is Stage.TEXT else NO_TEXTS)


def subject_of(row: Any, article: str = "") -> Subject:
    """The words of a stored bookmark."""
    return Subject(
        url=row.url, site=row.site, title=row.title, description=row.description, notes=row.notes, article=article
    )


def subjects_of(rules: Sequence[LiveRule], rows: Sequence[db.AnyRow]) -> list[Subject]:
    """The words of stored bookmarks, with what is kept of their pages if one of the rules looks at that."""
    wanted = any(rule.matcher.reads_articles for rule in rules)
    articles = queries.article_openings([row.id for row in rows]) if wanted else NO_TEXTS
    return [subject_of(row, articles.get(row.id, "")) for row in rows]


def _act(space_id: int, rows: Sequence[db.AnyRow], articles: Mapping[int, str]) -> None:
    rules = live_rules(space_id)
    if not rules:
        return
    before = acted_on([row.id for row in rows])
    hits = hits_of(rules, [row.id for row in rows], [subject_of(row, articles.get(row.id, "")) for row in rows])
    fresh = {i: [rule for rule in found if (rule.id, i) not in before] for i, found in hits.items()}
    outcomes = {row.id: _peaceful(row, rules, fresh.get(row.id, []), before) for row in rows}
    new = changing.news(space_id, rows, outcomes)
    changing.write(SYSTEM, space_id, new)
    if new:
        touch_objects(new)
        undo.follow(list(new))
        signals.bookmarks_changed.announce(ids=list(new))
    note_acts([(rule.id, i) for i, found in fresh.items() for rule in found])


def _peaceful(
    row: db.AnyRow, rules: Sequence[LiveRule], fresh: Sequence[LiveRule], before: Collection[tuple[int, int]]
) -> Outcome:
    """What the rules want, without what a person may have undone."""
    wanted = merged(rule.actions for rule in fresh)
    given = merged(rule.actions for rule in rules if (rule.id, row.id) in before)
    marks = {} if row.marked_by_hand else wanted.marks
    collections = [one for one in wanted.collection_ids if one not in given.collection_ids]
    return Outcome([name for name in wanted.tags if name not in given.tags], collections, marks)


def hits_of(rules: Sequence[LiveRule], ids: Sequence[int], subjects: Sequence[Subject]) -> dict[int, list[LiveRule]]:
    """The rules that match each bookmark, in their order; those that take too long are switched off."""
    judgement = judge({rule.id: rule.matcher for rule in rules}, subjects)
    stop_rules(judgement.stopped)
    found: dict[int, list[LiveRule]] = defaultdict(list)
    for rule in rules:
        for place in judgement.hits.get(rule.id, ()):
            found[ids[place]].append(rule)
    return found


def _subject_saved(row: Mapping[str, Any], *, fetched_later: bool) -> Subject:
    texts = {name: row[name] for name in ("url", "site", "title", "description", "notes")}
    empty = [field for field in (Field.TITLE, Field.DESCRIPTION) if not row[field.value]]
    return Subject(**texts, unknown=[*empty, Field.TEXT] if fetched_later else ())


def _by_space(ids: Sequence[int]) -> list[tuple[int, list[db.AnyRow]]]:
    by_hand = (Object.version > Object.content_version).label("marked_by_hand")
    query = select(*COLUMNS, by_hand).join(Object, Object.id == Bookmark.id)
    live = (Bookmark.id.in_(ids), Bookmark.deleted_at.is_(None))
    found: dict[int, list[db.AnyRow]] = defaultdict(list)
    for row in db.session().execute(query.where(*live).order_by(Bookmark.id)):
        found[row.space_id].append(row)
    return sorted(found.items())
