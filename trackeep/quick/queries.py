"""Reads: what the palette shows, in one ranked list."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from trackeep.core.actor import Actor
from trackeep.core.ranking import best_fit, fit, folded
from trackeep.core.slots import Found, PaletteSource, QuickAdd, slots
from trackeep.core.web.places import Place, places

MAX_QUERY = 200
SEEN_BY_MATCHES = 2_000
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
# A thing that its domain found by more than its title (text, tags, site) still belongs into the list, at the end.
FOUND_ELSEWHERE = 0.25


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the palette. ``kind`` is action, place, page, or the kind of a thing."""

    kind: str
    title: str
    url: str
    icon: str
    hint: str = ""
    shortcut: str = ""
    favicon: str = ""
    object_id: int | None = None


def matches(actor: Actor, text: str, limit: int) -> list[Entry]:
    """Actions, places and things that fit the text, best first."""
    query = folded(text[:MAX_QUERY])
    if not query:
        return []
    scored = [(best_fit(query, place.title, place.keywords), _of_place(place)) for place in places(actor)]
    for source, found in _asked(actor, text[:MAX_QUERY], limit):
        scored += [(max(fit(query, folded(hit.title)), FOUND_ELSEWHERE), _of_hit(source, hit)) for hit in found]
    fitting = sorted((pair for pair in scored if pair[0]), key=lambda pair: -pair[0])
    return [entry for _score, entry in fitting[:limit]]


def recent(actor: Actor, limit: int) -> list[Entry]:
    """The things that the actor had to do with last, newest first across kinds."""
    found = [
        (hit.happened or LONG_AGO, _of_hit(source, hit))
        for source in _sources(actor)
        for hit in source.recent(actor, limit)
    ]
    return [entry for _moment, entry in sorted(found, key=lambda pair: pair[0], reverse=True)[:limit]]


def starting_points(actor: Actor) -> list[Entry]:
    """Actions, then places: what an empty palette shows below the recent things."""
    return [_of_place(place) for place in places(actor)]


def surest(actor: Actor, text: str) -> tuple[QuickAdd | None, float]:
    """The offer of quick add that fits the text best, and how sure it is (0 to 1); none while nothing fits."""
    seen = text.strip()[:SEEN_BY_MATCHES]
    offers = [offer for offer in slots.each(QuickAdd) if actor.may_write(offer.domain)]
    sure = [(offer.matches(seen), offer) for offer in offers] if seen else []
    best, offer = max(sure, key=lambda pair: pair[0], default=(0.0, None))
    return (offer, best) if best > 0 else (None, 0.0)


def _asked(actor: Actor, text: str, limit: int) -> Iterable[tuple[PaletteSource, Sequence[Found]]]:
    return ((source, source.find(actor, text, limit)) for source in _sources(actor))


def _sources(actor: Actor) -> list[PaletteSource]:
    return [source for source in slots.each(PaletteSource) if actor.may_read(source.domain)]


def _of_place(place: Place) -> Entry:
    return Entry(place.kind, place.title, place.url, place.icon, shortcut=place.shortcut)


def _of_hit(source: PaletteSource, hit: Found) -> Entry:
    return Entry(
        hit.kind or source.kind,
        hit.title,
        hit.url,
        hit.icon,
        hint=hit.hint or str(source.title),
        favicon=hit.favicon,
        object_id=hit.object_id,
    )
