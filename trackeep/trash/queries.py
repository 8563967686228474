"""Reads: what lies in the trash, newest first, with the titles that each kind's domain gives."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from trackeep.core.actor import Actor
from trackeep.core.i18n import Text
from trackeep.core.i18n import gettext as _
from trackeep.core.paging import Page
from trackeep.core.slots import TrashBin, Trashed, slots
from trackeep.core.trashed import TrashedObject, trashed_counts, trashed_page


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of things and how many of them lie in the trash, counted up to a bound."""

    kind: str
    title: Text
    icon: str
    count: int


def readable_bins(actor: Actor) -> dict[str, TrashBin]:
    """By kind; for a token those of the domains that it may read."""
    return {offer.kind: offer for offer in slots.each(TrashBin) if actor.may_read(offer.domain)}


def writable_bins(actor: Actor) -> dict[str, TrashBin]:
    return {offer.kind: offer for offer in slots.each(TrashBin) if actor.may_write(offer.domain)}


def writable_spaces(actor: Actor) -> frozenset[int]:
    """The trash of a space is for those who may write in it: a viewer can neither bring back nor remove."""
    return frozenset(space_id for space_id in actor.readable_spaces if actor.can_write(space_id))


def trashed(actor: Actor, *, kind: str | None = None, cursor: str | None = None, limit: int = 50) -> Page[Trashed]:
    """One page, newest first. What has no title any more is still listed, so that it can be removed."""
    kinds = [name for name in readable_bins(actor) if kind in (None, name)]
    page = trashed_page(writable_spaces(actor), kinds, cursor=cursor, limit=limit)
    return Page(_with_titles(actor, page.items), page.next_cursor)


def kinds(actor: Actor) -> list[Kind]:
    """Each kind that has something in the trash."""
    offers = readable_bins(actor)
    counts = trashed_counts(writable_spaces(actor), list(offers))
    return [
        Kind(offer.kind, offer.title, offer.icon, counts[offer.kind])
        for offer in offers.values()
        if counts.get(offer.kind)
    ]


def _with_titles(actor: Actor, rows: Sequence[TrashedObject]) -> list[Trashed]:
    offers = readable_bins(actor)
    titles: dict[int, str] = {}
    for kind, ids in by_kind(rows).items():
        titles.update(offers[kind].titles(actor, ids))
    return [_shown(row, titles.get(row.id) or _("Without a title"), offers[row.kind].icon) for row in rows]


def _shown(row: TrashedObject, title: str, icon: str) -> Trashed:
    return Trashed(object_id=row.id, kind=row.kind, title=title, icon=icon, deleted_at=row.deleted_at)


def by_kind(rows: Iterable[TrashedObject]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for row in rows:
        found.setdefault(row.kind, []).append(row.id)
    return found
