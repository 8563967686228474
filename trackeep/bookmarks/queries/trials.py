"""A rule tried on the library before it is saved: how many bookmarks it means, and what it would change on the newest
of them. Nothing is changed, and no more is looked at than fits into a bounded time."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, literal, select, tuple_

from trackeep.bookmarks.models import Bookmark
from trackeep.bookmarks.queries.items import BookmarkItem, get_bookmarks
from trackeep.bookmarks.queries.rules import collection_names
from trackeep.bookmarks.queries.texts import TEXTS_AT_ONCE, article_openings
from trackeep.bookmarks.rules import Actions, Definition, Field, Matcher, Subject, judge, matcher_of
from trackeep.bookmarks.rules.sentences import stopped_words
from trackeep.core import db
from trackeep.core.actor import Actor
from trackeep.tags import service as tags

STEP = 1_000
MOST = 20_000
EXAMPLES = 20
MATCH_CAP = 1_000
SECONDS = 1.0
_TEXTS = {Field.DESCRIPTION: (Bookmark.description,), Field.TEXT: (Bookmark.description, Bookmark.notes)}


@dataclass(frozen=True, slots=True)
class Example:
    """A bookmark that the rule means, and what would be new on it."""

    id: int
    title: str
    url: str
    site: str
    tags: Sequence[str]
    collections: Sequence[str]
    marks: Mapping[str, bool]

    @property
    def changes(self) -> bool:
        return bool(self.tags or self.collections or self.marks)


@dataclass(slots=True)
class Trial:
    """``is_whole`` tells that the whole library was looked at, ``is_capped`` that there are more than ``matched``;
    ``stopped`` says why the pattern could not be tried to the end."""

    looked_at: int = 0
    matched: int = 0
    is_whole: bool = False
    is_capped: bool = False
    stopped: str = ""
    examples: list[Example] = field(default_factory=list)


def try_rule(actor: Actor, space_id: int, definition: Definition) -> Trial:
    """Newest first, in steps, over at most 20,000 bookmarks and for about a second. The definition has been checked."""
    actor.require_read(space_id)
    trial, ids = Trial(), list[int]()
    matcher, until = matcher_of(definition), time.perf_counter() + SECONDS
    step = min(STEP, TEXTS_AT_ONCE) if matcher.reads_articles else STEP
    after: tuple[object, int] | None = None
    while trial.looked_at < MOST and time.perf_counter() < until and not trial.stopped:
        rows = _step(space_id, _columns(definition), after, step)
        _look(trial, ids, rows, matcher)
        if len(rows) < step:
            trial.is_whole = not trial.stopped
            break
        if trial.matched > MATCH_CAP:
            break
        after = (rows[-1].added_at, rows[-1].id)
    trial.is_capped = trial.matched > MATCH_CAP
    trial.matched = min(trial.matched, MATCH_CAP)
    trial.examples = _examples(actor, space_id, ids, definition.actions)
    return trial


def _look(trial: Trial, ids: list[int], rows: Sequence[db.AnyRow], matcher: Matcher) -> None:
    articles = article_openings([row.id for row in rows]) if matcher.reads_articles else {}
    judgement = judge({0: matcher}, [_subject(row, articles.get(row.id, "")) for row in rows])
    places = judgement.hits[0]
    trial.looked_at += len(rows)
    trial.matched += len(places)
    ids += [rows[place].id for place in places[: EXAMPLES - len(ids)]]
    if judgement.stopped:
        trial.stopped = stopped_words(judgement.stopped[0])


def _columns(definition: Definition) -> list[ColumnElement[object]]:
    """Long texts are only read where a condition looks at them."""
    wanted = {column for each in definition.conditions for column in _TEXTS.get(each.field, ())}
    texts = [
        column if column in wanted else literal("").label(column.key)
        for column in (Bookmark.description, Bookmark.notes)
    ]
    return [Bookmark.id, Bookmark.added_at, Bookmark.url, Bookmark.site, Bookmark.title, *texts]  # type: ignore[list-item]  # columns of any type


def _step(
    space_id: int, columns: Sequence[ColumnElement[object]], after: tuple[object, int] | None, limit: int
) -> Sequence[db.AnyRow]:
    query: db.AnySelect = select(*columns).where(Bookmark.space_id == space_id, Bookmark.deleted_at.is_(None))
    if after is not None:
        there = tuple_(literal(after[0], Bookmark.added_at.type), literal(after[1], Bookmark.id.type))
        query = query.where(tuple_(Bookmark.added_at, Bookmark.id) < there)
    return db.rows(query.order_by(Bookmark.added_at.desc(), Bookmark.id.desc()).limit(limit))


def _subject(row: db.AnyRow, article: str) -> Subject:
    return Subject(
        url=row.url, site=row.site, title=row.title, description=row.description, notes=row.notes, article=article
    )


def _examples(actor: Actor, space_id: int, ids: Sequence[int], actions: Actions) -> list[Example]:
    items, names = get_bookmarks(actor, ids) if ids else {}, collection_names(actor, space_id)
    return [_example(items[one], actions, names) for one in ids if one in items]


def _example(item: BookmarkItem, actions: Actions, names: Mapping[int, str]) -> Example:
    carried = {tags.folded_name(tag.name) for tag in item.tags}
    collections = [one for one in actions.collection_ids if one in names and one not in item.collection_ids]
    return Example(
        id=item.id,
        title=item.title,
        url=item.url,
        site=item.site,
        tags=[name for name in actions.tags if tags.folded_name(name) not in carried],
        collections=[names[one] for one in collections],
        marks={name: value for name, value in actions.marks().items() if getattr(item, name) is not value},
    )
