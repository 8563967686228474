"""Reads: what a thing is linked with, what it could be linked with, and what can be made about it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select

from trackeep.core import db, references, search_index
from trackeep.core.actor import Actor
from trackeep.core.errors import NotFound
from trackeep.core.i18n import Text
from trackeep.core.objects import Object
from trackeep.core.paging import Page
from trackeep.core.ranking import fit, folded
from trackeep.core.slots import Found, PaletteSource, QuickAdd, SearchSource, TrashBin, slots

PAGE_SIZE = 20
MAX_QUERY = 200
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
# What its domain found by more than its title still belongs into the list, at the end.
FOUND_ELSEWHERE = 0.25


@dataclass(frozen=True, slots=True)
class Thing:
    """Any object as a list shows it."""

    object_id: int
    kind: str
    kind_title: Text
    title: str
    url: str
    icon: str
    hint: str
    favicon: str
    space_id: int


@dataclass(frozen=True, slots=True)
class Linked:
    """A thing at the other end of a reference."""

    id: int
    thing: Thing
    note: str
    created_at: datetime


def get_thing(actor: Actor, object_id: int) -> Thing:
    """Raises NotFound for what the actor may not see, what lies in the trash, and kinds that cannot be shown."""
    found = things(actor, [object_id]).get(object_id)
    if found is None:
        raise NotFound()
    return found


def space_of(actor: Actor, object_id: int) -> int:
    """In which space a thing is; raises NotFound like ``get_thing``, but asks nobody how it is shown, which needs a
    request."""
    row = db.session().execute(_visible(actor, [object_id])).first()
    if row is None or _hidden(actor, [(row.id, row.kind)]):
        raise NotFound()
    return int(row.space_id)


def things(actor: Actor, ids: Iterable[int]) -> Mapping[int, Thing]:
    """Those of the ids that the actor may see: one query, and one for each kind among them."""
    rows = db.session().execute(_visible(actor, ids))
    return _loaded(actor, [(row.id, row.kind, row.space_id) for row in rows])


def linked_with(
    actor: Actor, object_id: int, *, cursor: str | None = None, limit: int = PAGE_SIZE
) -> tuple[Thing, Page[Linked]]:
    """The thing, and one page of what it is linked with, the newest link first. What the actor may not see or what
    lies in the trash is left out; it is there again when it comes back."""
    thing = get_thing(actor, object_id)
    page = references.referred(object_id, actor.readable_spaces, kinds(actor), cursor=cursor, limit=limit)
    shown = _loaded(actor, [(end.object_id, end.kind, end.space_id) for end in page.items])
    ends = [end for end in page.items if end.object_id in shown]
    items = [Linked(end.reference_id, shown[end.object_id], end.note, end.created_at) for end in ends]
    return thing, Page(items, page.next_cursor)


def get_linked(actor: Actor, object_id: int, reference_id: int) -> Linked:
    """One of them; raises NotFound like ``get_thing``."""
    end = references.end_of(object_id, reference_id)
    if end is None:
        raise NotFound()
    return Linked(end.reference_id, get_thing(actor, end.object_id), end.note, end.created_at)


def candidates(actor: Actor, thing: Thing, text: str, limit: int) -> list[Thing]:
    """What the thing could be linked with, as the palette finds it: best first, without a text the newest. At least one
    of the two must be the actor's to change."""
    query = folded(text[:MAX_QUERY])
    scored = [
        (max(fit(query, folded(hit.title)), FOUND_ELSEWHERE), hit.happened or LONG_AGO, hit)
        for source in _palette(actor)
        for hit in (source.find(actor, text[:MAX_QUERY], limit) if query else source.recent(actor, limit + 1))
    ]
    best = [hit.object_id for _score, _moment, hit in sorted(scored, key=lambda one: one[:2], reverse=True)]
    ids = [each for each in dict.fromkeys(best) if each is not None]
    there = references.referred_among(thing.object_id, ids) | {thing.object_id}
    known = things(actor, [each for each in ids if each not in there])
    free = actor.can_write(thing.space_id)
    return [known[each] for each in ids if each in known and (free or actor.can_write(known[each].space_id))][:limit]


def makers(actor: Actor) -> list[QuickAdd]:
    """The offers of quick add that can make something about a thing."""
    return [offer for offer in slots.each(QuickAdd) if offer.about and actor.may_write(offer.domain)]


def kinds(actor: Actor) -> list[str]:
    """The kinds that can be shown; for a token those of the domains that it may read."""
    shown = [offer.kind for offer in slots.each(SearchSource)]
    if actor.scopes is None:
        return shown
    domains = dict(_domains())
    return [kind for kind in shown if kind in domains and actor.may_read(domains[kind])]


def kind_titles() -> dict[str, Text]:
    """What one of a kind is called; the title of a search source names several."""
    several = {offer.kind: offer.title for offer in slots.each(SearchSource)}
    made = {offer.kind: offer.title for offer in slots.each(QuickAdd)}
    return several | made | {offer.kind: offer.title for offer in slots.each(PaletteSource)}


def exported(actor: Actor) -> Iterator[dict[str, object]]:
    """Every reference of a thing in the actor's personal space, with kinds and titles of both ends."""
    pairs: list[references.Pair] = []
    for pair in references.pairs_within(actor.personal_space_id or 0, actor.readable_spaces):
        pairs.append(pair)
        if len(pairs) == PAGE_SIZE * 10:
            yield from _described(actor, pairs)
            pairs = []
    yield from _described(actor, pairs)


def _described(actor: Actor, pairs: Sequence[references.Pair]) -> Iterator[dict[str, object]]:
    """Titles as the search knows them: an archive is made where there is no request to make addresses for."""
    hidden = _hidden(actor, [end for pair in pairs for end in zip(pair.object_ids, pair.kinds, strict=True)])
    pairs = [pair for pair in pairs if hidden.isdisjoint(pair.object_ids)]
    titles = search_index.titles_of({each for pair in pairs for each in pair.object_ids})
    for pair in pairs:
        ends = zip(pair.object_ids, pair.kinds, strict=True)
        between = [{"id": each, "kind": kind, "title": titles.get(each, "")} for each, kind in ends]
        yield {"between": between, "note": pair.note, "created_at": pair.created_at}


def _visible(actor: Actor, ids: Iterable[int]) -> db.AnySelect:
    mine = (Object.deleted_at.is_(None), Object.kind.in_(kinds(actor)), Object.space_id.in_(actor.readable_spaces))
    query: db.AnySelect = select(Object.id, Object.kind, Object.space_id)
    return query.where(Object.id.in_(list(ids)), *mine)


def _hidden(actor: Actor, ends: Sequence[tuple[int, str]]) -> set[int]:
    """Those of the things, by id and kind, that their domains keep from the actor."""
    found: set[int] = set()
    for source in slots.each(SearchSource):
        ids = [object_id for object_id, kind in ends if kind == source.kind]
        found.update(source.hidden(actor, ids) if ids else ())
    return found


def _loaded(actor: Actor, rows: Sequence[tuple[int, str, int]]) -> Mapping[int, Thing]:
    titles = kind_titles()
    spaces = {object_id: space_id for object_id, _kind, space_id in rows}
    shown: dict[int, Thing] = {}
    for source in slots.each(SearchSource):
        ids = [object_id for object_id, kind, _space in rows if kind == source.kind]
        found = source.load(actor, ids) if ids else {}
        for object_id, hit in found.items():
            shown[object_id] = _thing(object_id, source, hit, titles[source.kind], spaces[object_id])
    return shown


def _thing(object_id: int, source: SearchSource, hit: Found, kind_title: Text, space_id: int) -> Thing:
    icon = hit.icon or source.icon
    return Thing(object_id, source.kind, kind_title, hit.title, hit.url, icon, str(hit.hint), hit.favicon, space_id)


def _palette(actor: Actor) -> list[PaletteSource]:
    return [source for source in slots.each(PaletteSource) if actor.may_read(source.domain)]


def _domains() -> Iterator[tuple[str, str]]:
    """Which domain a kind is of, as far as some offer tells."""
    yield from ((offer.kind, offer.domain) for offer in slots.each(TrashBin))
    yield from ((offer.kind, offer.domain) for offer in slots.each(PaletteSource))
