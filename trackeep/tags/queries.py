"""Reads: tags of spaces, of objects, and those that match what is being typed."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import ColumnElement, Select, and_, collate, exists, func, or_, select, tuple_

from trackeep.core import cache, db
from trackeep.core.actor import Actor
from trackeep.core.errors import NotFound
from trackeep.core.objects import Object
from trackeep.core.paging import Page, bounded_limit, decode_cursor, encode_cursor
from trackeep.tags.models import ObjectTag, Tag
from trackeep.tags.names import SEPARATOR, folded_name

LIKE_ESCAPE = "\\"
FIRST = "\x01"


@dataclass(frozen=True, slots=True)
class TagItem:
    """One tag with the number of things that carry it."""

    id: int
    space_id: int
    name: str
    colour: str
    uses: int


@dataclass(frozen=True, slots=True)
class TagRef:
    """A tag as a thing shows it."""

    id: int
    name: str
    colour: str


_ITEM = (Tag.id, Tag.space_id, Tag.name, Tag.colour, Tag.uses)


LIST = cache.Resource("tag_list", Page[TagItem], ttl=300)
COUNT = cache.Resource("tag_count", int, ttl=300)
SUGGESTED = cache.Resource("tag_suggestions", list[TagItem], ttl=300)


def list_tags(
    actor: Actor,
    *,
    space_id: int | None = None,
    text: str = "",
    sort: str = "name",
    cursor: str | None = None,
    limit: int = 100,
) -> Page[TagItem]:
    """Tags by name, space by space, or by use, filtered by the beginning of the name or of one of its levels."""
    spaces, limit = _spaces(actor, space_id), bounded_limit(limit)
    asked = (text, sort, cursor, limit)
    return cache.answer(LIST, spaces, asked, lambda: _listed(actor, space_id, text, sort, cursor, limit))


def _listed(actor: Actor, space_id: int | None, text: str, sort: str, cursor: str | None, limit: int) -> Page[TagItem]:
    query: db.AnySelect = select(*_ITEM, _levels().label("levels")).where(_visible(actor, space_id))
    if text:
        query = query.where(_begins_with(text))
    rows = db.session().execute(_ordered(query, sort, cursor).limit(limit + 1)).all()
    items = [TagItem(row.id, row.space_id, row.name, row.colour, row.uses) for row in rows[:limit]]
    following = None
    if len(rows) > limit:
        last = rows[limit - 1]
        after = (last.uses, last.id) if sort == "uses" else (last.space_id, last.levels)
        following = encode_cursor(*after)
    return Page(items, following)


def count_tags(actor: Actor, *, space_id: int | None = None, text: str = "") -> int:
    query = select(func.count()).select_from(Tag).where(_visible(actor, space_id))
    if text:
        query = query.where(_begins_with(text))
    return cache.answer(COUNT, _spaces(actor, space_id), (text,), lambda: db.session().scalar(query) or 0)


def get_tag(actor: Actor, tag_id: int) -> TagItem:
    return get_tags(actor, [tag_id])[0]


def get_tags(actor: Actor, tag_ids: Collection[int]) -> list[TagItem]:
    """These tags, the most used first; raises NotFound unless the actor may read each of them."""
    wanted = set(tag_ids)
    query = select(*_ITEM).where(Tag.id.in_(wanted), _visible(actor, None)).order_by(Tag.uses.desc(), Tag.folded)
    found = [TagItem(*row) for row in db.session().execute(query)]
    if len(found) < len(wanted):
        raise NotFound()
    return found


def existing(actor: Actor, space_id: int, folded_names: Collection[str]) -> list[TagItem]:
    """Those of these names that are tags of the space, parents before children."""
    query = select(*_ITEM).where(_visible(actor, space_id), Tag.folded.in_(folded_names)).order_by(_levels())
    return [TagItem(*row) for row in db.session().execute(query)]


def personal_tags(actor: Actor) -> list[TagItem]:
    """All tags of the actor's own space, by level."""
    query = select(*_ITEM).where(Tag.space_id == actor.personal_space_id).order_by(_levels())
    return [TagItem(*row) for row in db.session().execute(query)]


def most_used(actor: Actor, space_id: int | None, kind: str, limit: int) -> list[tuple[str, int]]:
    """Names with the number of things of a kind that carry them; the same name in several spaces counts together."""
    others = _uses_by_others(_spaces(actor, space_id), kind).subquery()
    uses = func.sum(Tag.uses - func.coalesce(others.c.uses, 0)).label("uses")
    query = select(func.min(Tag.name), uses).outerjoin(others, others.c.tag_id == Tag.id)
    query = query.where(_visible(actor, space_id), Tag.uses > 0).group_by(Tag.folded).having(uses > 0)
    rows = db.session().execute(query.order_by(uses.desc(), Tag.folded).limit(limit))
    return [(row[0], int(row[1])) for row in rows]


def _uses_by_others(spaces: Collection[int], kind: str) -> Select[int, int]:
    """How many live things of other kinds carry each tag. They are fewer than those of the kind that is counted, and
    two ranges of an index: what is subtracted is found sooner than what stays."""
    other = (Object.space_id.in_(spaces), or_(Object.kind < kind, Object.kind > kind), Object.tagged)
    query = select(ObjectTag.tag_id, func.count().label("uses")).join(Object, Object.id == ObjectTag.object_id)
    return query.where(*other, Object.deleted_at.is_(None)).group_by(ObjectTag.tag_id)


def suggest(actor: Actor, *, space_id: int | None, text: str, limit: int = 10) -> Sequence[TagItem]:
    """The most used tags whose name or level begins with the text."""
    query = select(*_ITEM).where(_visible(actor, space_id))
    if text:
        query = query.where(_begins_with(text))
    query = query.order_by(Tag.uses.desc(), Tag.folded).limit(limit)
    spaces = _spaces(actor, space_id)
    return cache.answer(
        SUGGESTED, spaces, (text, limit), lambda: [TagItem(*row) for row in db.session().execute(query)]
    )


def tags_of(object_ids: Collection[int]) -> Mapping[int, list[TagRef]]:
    """The tags of each object, by name; ids without tags are missing. The caller has checked the objects."""
    found: dict[int, list[TagRef]] = defaultdict(list)
    if not object_ids:
        return found
    for object_id, tag_id, name, colour in db.rows(_tags_of(db.dialect()), {"ids": object_ids}):
        found[object_id].append(TagRef(tag_id, name, colour))
    return found


@lru_cache
def _tags_of(_dialect: str) -> db.AnySelect:
    """Every list asks this, and putting it together would cost more than running it."""
    query = select(ObjectTag.object_id, Tag.id, Tag.name, Tag.colour).join(Tag, Tag.id == ObjectTag.tag_id)
    return query.where(db.is_one_of(ObjectTag.object_id, "ids")).order_by(ObjectTag.object_id, Tag.folded)


def ids_with_descendants(actor: Actor, name: str, space_id: int | None) -> Sequence[int]:
    """Ids of the tags with this name and of those below it, over the spaces that the actor may read."""
    folded = folded_name(name)
    below = Tag.folded.like(_escaped(folded) + SEPARATOR + "%", escape=LIKE_ESCAPE)
    query = select(Tag.id).where(_visible(actor, space_id), or_(Tag.folded == folded, below))
    return db.session().scalars(query).all()


def _spaces(actor: Actor, space_id: int | None) -> Collection[int]:
    """Raises NotFound."""
    if space_id is None:
        return actor.readable_spaces
    actor.require_read(space_id)
    return [space_id]


def _visible(actor: Actor, space_id: int | None) -> ColumnElement[bool]:
    return Tag.space_id.in_(_spaces(actor, space_id))


def _begins_with(text: str) -> ColumnElement[bool]:
    start = _escaped(folded_name(text.lstrip("#"))) + "%"
    return or_(Tag.folded.like(start, escape=LIKE_ESCAPE), Tag.folded.like("%" + SEPARATOR + start, escape=LIKE_ESCAPE))


def _escaped(text: str) -> str:
    return text.replace(LIKE_ESCAPE, LIKE_ESCAPE * 2).replace("%", LIKE_ESCAPE + "%").replace("_", LIKE_ESCAPE + "_")


def _ordered(query: db.AnySelect, sort: str, cursor: str | None) -> db.AnySelect:
    if sort == "uses":
        if cursor:
            uses, tag_id = decode_cursor(cursor, (int, int))
            query = query.where(or_(Tag.uses < uses, and_(Tag.uses == uses, Tag.id > tag_id)))
        return query.order_by(Tag.uses.desc(), Tag.id)
    if cursor:
        query = query.where(tuple_(Tag.space_id, _levels()) > tuple_(*decode_cursor(cursor, (int, str))))
    return query.order_by(Tag.space_id, _levels())


def _levels() -> ColumnElement[str]:
    """Sorts a tag right below its parent: the slash comes before every other character, byte by byte."""
    key = func.replace(Tag.folded, SEPARATOR, FIRST)
    return collate(key, "C" if db.dialect() == "postgresql" else "BINARY")


def carriers(tag_ids: Sequence[int]) -> db.AnySelect:
    """The ids of the objects that carry any of these tags, for use inside another query."""
    return select(ObjectTag.object_id).where(ObjectTag.tag_id.in_(tag_ids))


def carries(object_id: db.IdColumn, tag_ids: Sequence[int]) -> ColumnElement[bool]:
    """Whether the object of this column carries any of these tags."""
    return exists().where(ObjectTag.object_id == object_id, ObjectTag.tag_id.in_(tag_ids))


def untagged(space_ids: Sequence[int], kind: str) -> db.AnySelect:
    """The ids of the live objects of this kind that carry no tag, for use inside another query."""
    live = (Object.space_id.in_(space_ids), Object.kind == kind, Object.deleted_at.is_(None))
    return select(Object.id).where(*live, ~Object.tagged)
