"""The verbs of tags, and the door through which other domains tag their things."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache, partial
from typing import Any

from sqlalchemy import ColumnElement, Executable, bindparam, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from trackeep.core import clock, db, undo, versions
from trackeep.core.actor import Actor
from trackeep.core.candidates import Candidates, gathered
from trackeep.core.errors import Invalid, NotFound, TrackeepError
from trackeep.core.i18n import gettext as _
from trackeep.core.objects import Object, take_turn
from trackeep.tags import queries, signals
from trackeep.tags.errors import TagExists
from trackeep.tags.models import COLOURS as COLOURS
from trackeep.tags.models import ObjectTag, Tag
from trackeep.tags.names import MAX_LENGTH as MAX_LENGTH
from trackeep.tags.names import MAX_PER_OBJECT as MAX_PER_OBJECT
from trackeep.tags.names import SEPARATOR, is_below
from trackeep.tags.names import clean_name as clean_name
from trackeep.tags.names import clean_names as clean_names
from trackeep.tags.names import folded_name as folded_name
from trackeep.tags.names import listed_names as listed_names
from trackeep.tags.queries import TagItem
from trackeep.tags.queries import TagRef as TagRef

BATCH = 500
_NAMED = select(Tag.folded, Tag.id).where(
    Tag.space_id == bindparam("space"), Tag.folded.in_(bindparam("names", expanding=True))
)
_COUNTING = update(Tag).where(Tag.id == bindparam("tag")).values(uses=Tag.uses + bindparam("step"))


def tags_of(object_ids: Collection[int]) -> Mapping[int, list[TagRef]]:
    """The tags of objects that the caller has checked."""
    return queries.tags_of(object_ids)


def ids_with_descendants(actor: Actor, name: str, space_id: int | None = None) -> Sequence[int]:
    return queries.ids_with_descendants(actor, name, space_id)


def carrying(actor: Actor, name: str, space_id: int | None = None) -> Candidates | None:
    """What carries the tag of this name or one below it, as a part of another domain's list; None when there is no such
    tag."""
    tag_ids = queries.ids_with_descendants(actor, name, space_id)
    return gathered(queries.carriers(tag_ids), partial(queries.carries, tag_ids=tag_ids)) if tag_ids else None


def carries(object_id: db.IdColumn, tag_ids: Sequence[int]) -> ColumnElement[bool]:
    """Whether the object of this column carries any of these tags."""
    return queries.carries(object_id, tag_ids)


def most_used(actor: Actor, space_id: int | None, kind: str, limit: int) -> list[tuple[str, int]]:
    """The names that most things of a kind carry, in one space or in all, with the number of these things."""
    return queries.most_used(actor, space_id, kind, limit)


def untagged(space_ids: Sequence[int], kind: str) -> db.AnySelect:
    """The ids of the live objects of this kind that carry no tag, for use inside another domain's query."""
    return queries.untagged(space_ids, kind)


def ensure_tags(actor: Actor, space_id: int, names: Iterable[str]) -> dict[str, int]:
    """Ids of the tags with these names, made where they were missing: folded name to id."""
    wanted = clean_names(names)
    return ensure_clean_tags(actor, space_id, wanted) if wanted else {}


def ensure_clean_tags(actor: Actor, space_id: int, wanted: Mapping[str, str]) -> dict[str, int]:
    """``wanted`` maps folded to shown names, any number of them; the unique rule decides between two writers."""
    actor.require_write(space_id)
    now = clock.now()
    with db.unit_of_work() as session:
        take_turn(space_id)
        found = _ids_of(space_id, wanted)
        missing = [
            {"space_id": space_id, "name": name, "folded": folded, "colour": "grey", "uses": 0, "created_at": now}
            for folded, name in sorted(wanted.items())
            if folded not in found
        ]
        if missing:
            session.execute(db.upsert(Tag).on_conflict_do_nothing(), missing)
            versions.raise_versions(versions.space_scope(space_id))
            found |= _ids_of(space_id, [str(row["folded"]) for row in missing])
    return found


def set_tags(actor: Actor, space_id: int, object_id: int, names: Iterable[str]) -> None:
    """Exactly these tags, for an object of this space that the caller has checked."""
    with db.unit_of_work() as session:
        take_turn(space_id)
        wanted = set(ensure_tags(actor, space_id, names).values())
        present = set(session.scalars(select(ObjectTag.tag_id).where(ObjectTag.object_id == object_id)))
        _detach([object_id], present - wanted)
        attach(space_id, [(object_id, tag_id) for tag_id in sorted(wanted - present)])


def add_tags(actor: Actor, space_id: int, object_ids: Sequence[int], names: Iterable[str]) -> None:
    """Give these tags to each of the objects, all of this space."""
    with db.unit_of_work():
        tag_ids = ensure_tags(actor, space_id, names).values()
        attach(space_id, [(object_id, tag_id) for object_id in object_ids for tag_id in tag_ids])


def remove_tags(actor: Actor, space_id: int, object_ids: Sequence[int], names: Iterable[str]) -> None:
    actor.require_write(space_id)
    with db.unit_of_work():
        take_turn(space_id)
        _detach(object_ids, set(_ids_of(space_id, clean_names(names)).values()))


def tag_many(
    actor: Actor, spaces: Mapping[int, int], names: Iterable[str], *, adding: bool
) -> dict[int, dict[str, Any]]:
    """Give these tags to objects (id to space), or take them off. Answers for those that changed how to go back."""
    carried = {i: {folded_name(tag.name): tag.name for tag in found} for i, found in tags_of(list(spaces)).items()}
    wanted = {folded_name(name): name for name in names if name.strip()}
    before: dict[int, dict[str, Any]] = {}
    for object_id in spaces:
        has = carried.get(object_id, {})
        if adding:
            changed = [name for folded, name in wanted.items() if folded not in has]
        else:
            changed = [name for folded, name in has.items() if folded in wanted]
        if changed:
            before[object_id] = {"remove_tags" if adding else "add_tags": changed}
    for space_id in sorted(set(spaces.values())):
        some = [object_id for object_id in before if spaces[object_id] == space_id]
        if some:
            (add_tags if adding else remove_tags)(actor, space_id, some, list(wanted.values()))
    return before


def tag_back(actor: Actor, space_id: int, object_ids: Sequence[int], before: Mapping[str, Any]) -> None:
    """Go back as ``tag_many`` answered for these objects of a space."""
    if "add_tags" in before:
        add_tags(actor, space_id, object_ids, before["add_tags"])
    if "remove_tags" in before:
        remove_tags(actor, space_id, object_ids, before["remove_tags"])


def attach(space_id: int, pairs: Sequence[tuple[int, int]]) -> None:
    """Insert (object, tag) pairs of one space inside the open unit of work, and count the new ones."""
    for start in range(0, len(pairs), BATCH):
        rows = [{"object_id": o, "tag_id": t, "space_id": space_id} for o, t in pairs[start : start + BATCH]]
        _count([row[0] for row in db.rows(_attaching(db.dialect()), rows)], 1)


@lru_cache
def _attaching(_dialect: str) -> Executable:
    return db.upsert(ObjectTag).on_conflict_do_nothing().returning(ObjectTag.tag_id)


def objects_hidden(object_ids: Sequence[int]) -> None:
    """These objects went to the trash: their tags are used less."""
    _count(_tags_on(object_ids), -1)


def objects_shown(object_ids: Sequence[int]) -> None:
    """These objects came back from the trash."""
    _count(_tags_on(object_ids), 1)


def move_objects(actor: Actor, object_ids: Sequence[int], to_space: int) -> dict[int, list[int]]:
    """Take the objects' tags off and answer, by object, the ids of the same-named tags of the other space, to be
    attached once the objects have moved."""
    with db.unit_of_work():
        names = {object_id: [tag.name for tag in tags] for object_id, tags in queries.tags_of(object_ids).items()}
        _detach(object_ids, set(_tags_on(object_ids)))
        ids = ensure_clean_tags(
            actor, to_space, {folded_name(name): name for several in names.values() for name in several}
        )
    return {object_id: [ids[folded_name(name)] for name in several] for object_id, several in names.items()}


def create_tag(actor: Actor, space_id: int, *, name: str, colour: str = "grey") -> int:
    """Raises TagExists."""
    actor.require_write(space_id)
    name = _required_name(name)
    try:
        with db.attempt() as session:
            take_turn(space_id)
            tag_id = session.scalars(
                insert(Tag).returning(Tag.id),
                [
                    {
                        "space_id": space_id,
                        "name": name,
                        "folded": folded_name(name),
                        "colour": _known_colour(colour),
                        "uses": 0,
                        "created_at": clock.now(),
                    }
                ],
            ).one()
            _changed(space_id)
    except IntegrityError as error:
        raise _taken(space_id, name) from error
    return tag_id


def edit_tag(actor: Actor, tag_id: int, *, name: str | None = None, colour: str | None = None) -> None:
    """Rename (the tags below it are renamed with it) or recolour. Raises TagExists when the name is taken."""
    tag = queries.get_tag(actor, tag_id)
    actor.require_write(tag.space_id)
    try:
        with db.attempt() as session:
            take_turn(tag.space_id)
            if name is not None:
                _rename(tag.space_id, tag_id, _required_name(name))
            if colour is not None:
                session.execute(update(Tag).where(Tag.id == tag_id).values(colour=_known_colour(colour)))
            _changed(tag.space_id)
    except IntegrityError as error:
        raise _taken(tag.space_id, name or tag.name) from error


def merge_tags(actor: Actor, tag_ids: Sequence[int], *, into: int) -> int:
    """Everything that carries one of the tags carries ``into`` afterwards, and the tags are gone. Answers the id with
    which ``undo_change`` takes it back."""
    target = queries.get_tag(actor, into)
    actor.require_write(target.space_id)
    sources = [tag for tag in queries.get_tags(actor, tag_ids) if tag.id != into]
    if any(tag.space_id != target.space_id for tag in sources):
        raise Invalid(fields={"into": [_("Only tags of the same space can be merged.")]})
    with db.unit_of_work() as session:
        take_turn(target.space_id)
        versions.raise_versions(versions.space_scope(target.space_id))
        ids = [tag.id for tag in sources]
        carriers = select(ObjectTag.object_id, Tag.id, ObjectTag.space_id).distinct()
        carriers = carriers.join(Tag, Tag.id == into).where(ObjectTag.tag_id.in_(ids))
        gained = session.scalars(
            db.upsert(ObjectTag)
            .from_select(["object_id", "tag_id", "space_id"], carriers)
            .on_conflict_do_nothing()
            .returning(ObjectTag.object_id)
        ).all()
        undo_id = _remembered(actor, sources, into=into, gained=gained)
        session.execute(delete(Tag).where(Tag.id.in_(ids)))
        _recount([into])
        _changed(target.space_id)
    return undo_id


def delete_tags(actor: Actor, tag_ids: Sequence[int]) -> int:
    """The tags go, the things that carried them stay. Answers the id with which ``undo_change`` takes it back."""
    tags = queries.get_tags(actor, tag_ids)
    for tag in tags:
        actor.require_write(tag.space_id)
    with db.unit_of_work() as session:
        take_turn(*(tag.space_id for tag in tags))
        undo_id = _remembered(actor, tags)
        session.execute(delete(Tag).where(Tag.id.in_([tag.id for tag in tags])))
        for space_id in sorted({tag.space_id for tag in tags}):
            _changed(space_id)
    return undo_id


def undo_change(actor: Actor, undo_id: int) -> int:
    """Bring back the tags that a merge or a deletion took, on everything that carried them and is still there; answers
    how many. Raises Gone the second time, and NotFound for what was no change of tags."""
    with db.unit_of_work():
        facts = undo.find_batch(actor, undo_id).facts
        if facts is None or facts.get("domain") != "tags":
            raise NotFound()
        take_turn(*(kept["space_id"] for kept in facts["tags"]))
        undo.undo(actor, undo_id, {})
        for space_id in sorted({kept["space_id"] for kept in facts["tags"]}):
            kept_there = [kept for kept in facts["tags"] if kept["space_id"] == space_id]
            _bring_back(actor, space_id, kept_there)
            for start in range(0, len(facts["gained"]), BATCH):
                _detach(facts["gained"][start : start + BATCH], [facts["into"]])
            _changed(space_id)
        if facts["into"] is not None:
            _recount([facts["into"]])
    return len(facts["tags"])


def _remembered(actor: Actor, tags: Sequence[TagItem], *, into: int | None = None, gained: Sequence[int] = ()) -> int:
    """A batch of the undo journal that knows these tags, what carries them, and what gained ``into`` instead."""
    carriers: dict[int, list[int]] = {tag.id: [] for tag in tags}
    pairs = select(ObjectTag.tag_id, ObjectTag.object_id).where(ObjectTag.tag_id.in_(carriers))
    for tag_id, object_id in db.session().execute(pairs):
        carriers[tag_id].append(object_id)
    kept = [
        {"space_id": tag.space_id, "name": tag.name, "colour": tag.colour, "objects": carriers[tag.id]} for tag in tags
    ]
    facts = {"domain": "tags", "tags": kept, "into": into, "gained": list(gained)}
    return undo.begin(actor, ", ".join(tag.name for tag in tags), facts)


def _bring_back(actor: Actor, space_id: int, kept: Sequence[Mapping[str, Any]]) -> None:
    ids = ensure_clean_tags(actor, space_id, {folded_name(tag["name"]): tag["name"] for tag in kept})
    for tag in kept:
        tag_id = ids[folded_name(tag["name"])]
        db.session().execute(update(Tag).where(Tag.id == tag_id).values(colour=tag["colour"]))
        for start in range(0, len(tag["objects"]), BATCH):
            some = tag["objects"][start : start + BATCH]
            there = db.session().scalars(select(Object.id).where(Object.id.in_(some), Object.space_id == space_id))
            attach(space_id, [(object_id, tag_id) for object_id in there])
    _recount(list(ids.values()))


def _rename(space_id: int, tag_id: int, name: str) -> None:
    session = db.session()
    versions.raise_versions(versions.space_scope(space_id))
    before = session.scalar(select(Tag.folded).where(Tag.id == tag_id, Tag.space_id == space_id))
    if before is None:
        raise NotFound()
    folded = folded_name(name)
    # The deepest first: 'a/b' must have left its name before 'a' can take it.
    tags = select(Tag.id, Tag.name, Tag.folded).where(Tag.space_id == space_id).order_by(Tag.folded.desc())
    for child in session.execute(tags).all():
        if is_below(child.folded, before):
            levels = child.name.split(SEPARATOR)[before.count(SEPARATOR) + 1 :]
            _set_name(child.id, _required_name(SEPARATOR.join((name, *levels))))
    session.execute(update(Tag).where(Tag.id == tag_id).values(name=name, folded=folded))


def _set_name(tag_id: int, name: str) -> None:
    db.session().execute(update(Tag).where(Tag.id == tag_id).values(name=name, folded=folded_name(name)))


def _required_name(text: str) -> str:
    named = list(clean_names([text]).values())
    if not named:
        raise Invalid(fields={"name": [_("A tag needs a name.")]})
    return clean_name(named[0])


def _known_colour(colour: str) -> str:
    if colour not in COLOURS:
        raise Invalid(fields={"colour": [_("Choose one of the colours offered.")]})
    return colour


def _taken(space_id: int, name: str) -> TrackeepError:
    """What the unique rule complained about: the name itself, or that of a tag below."""
    found = _ids_of(space_id, [folded_name(name)])
    if found:
        return TagExists(existing_id=next(iter(found.values())))
    return Invalid(fields={"name": [_("A tag below it would get a name that is taken. Merge those two first.")]})


def _ids_of(space_id: int, folded_names: Iterable[str]) -> dict[str, int]:
    return {folded: tag_id for folded, tag_id in db.rows(_NAMED, {"space": space_id, "names": list(folded_names)})}


def _tags_on(object_ids: Sequence[int]) -> Sequence[int]:
    """One entry a pair, so that counting them counts uses."""
    return db.session().scalars(select(ObjectTag.tag_id).where(ObjectTag.object_id.in_(object_ids))).all()


def _detach(object_ids: Sequence[int], tag_ids: Collection[int]) -> None:
    if not tag_ids or not object_ids:
        return
    removed = db.session().scalars(
        delete(ObjectTag)
        .where(ObjectTag.object_id.in_(object_ids), ObjectTag.tag_id.in_(tag_ids))
        .returning(ObjectTag.tag_id)
    )
    _count(removed.all(), -1)


def _count(tag_ids: Sequence[int], step: int) -> None:
    """Add ``step`` to a tag's uses for each time that it stands in the list."""
    times: dict[int, int] = {}
    for tag_id in tag_ids:
        times[tag_id] = times.get(tag_id, 0) + step
    if not times:
        return
    # Always in the order of the ids, so that two writers never wait for each other in a circle.
    changes = [{"tag": tag_id, "step": change} for tag_id, change in sorted(times.items())]
    db.write(_COUNTING, changes)


def _recount(tag_ids: Sequence[int]) -> None:
    live = (
        select(func.count())
        .select_from(ObjectTag)
        .join(Object, Object.id == ObjectTag.object_id)
        .where(ObjectTag.tag_id == Tag.id, Object.deleted_at.is_(None))
        .scalar_subquery()
    )
    db.session().execute(
        update(Tag).where(Tag.id.in_(tag_ids)).values(uses=live).execution_options(synchronize_session=False)
    )


def _changed(space_id: int) -> None:
    versions.raise_versions(versions.space_scope(space_id))
    signals.tags_changed.announce(space_id=space_id)
