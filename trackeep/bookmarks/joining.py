"""What becomes of several bookmarks of one page when they are made one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from trackeep.bookmarks.queries import BookmarkItem
from trackeep.core.tokeniser import fold

VARIANTS = ("m.", "mobile.", "amp.", "touch.")
BETWEEN = "\n\n---\n\n"


@dataclass(frozen=True, slots=True)
class Joined:
    """The one that stays, as it will be. ``new_tags`` and ``new_collections`` are those that it gains."""

    stays: BookmarkItem
    others: Sequence[BookmarkItem]
    title: str
    description: str
    notes: str
    tags: Sequence[str]
    new_tags: Sequence[str]
    collection_ids: Sequence[int]
    new_collections: Sequence[int]
    unread: bool
    favourite: bool
    archived: bool
    shared: bool
    added_at: datetime

    def columns(self) -> dict[str, object]:
        """What of the bookmark's own columns is other than before."""
        names = ("title", "description", "notes", "unread", "favourite", "archived", "shared", "added_at")
        return {name: getattr(self, name) for name in names if getattr(self, name) != getattr(self.stays, name)}


def joined(stays: BookmarkItem, others: Sequence[BookmarkItem]) -> Joined:
    """Tags, collections and notes of all, the earliest date, a mark that any has. It is shared only when each was, and
    in the archive only when all were: nothing private is shown, nothing is put out of sight."""
    several = (stays, *others)
    own_tags = [tag.name for tag in stays.tags]
    new_tags = _new_names(own_tags, (tag.name for other in others for tag in other.tags))
    new_collections = _new_ids(stays.collection_ids, (each for other in others for each in other.collection_ids))
    return Joined(
        stays=stays,
        others=others,
        title=_first(each.title for each in several),
        description=_first(each.description for each in several),
        notes=BETWEEN.join(dict.fromkeys(each.notes.strip() for each in several if each.notes.strip())),
        tags=[*own_tags, *new_tags],
        new_tags=new_tags,
        collection_ids=[*stays.collection_ids, *new_collections],
        new_collections=new_collections,
        unread=any(each.unread for each in several),
        favourite=any(each.favourite for each in several),
        archived=all(each.archived for each in several),
        shared=all(each.shared for each in several),
        added_at=min(each.added_at for each in several),
    )


def best(items: Sequence[BookmarkItem]) -> BookmarkItem:
    """Which one should stay: one whose link works, not the page for phones, with the most of a person's own work in it,
    the shortest address, the oldest. What the others have it gains in any case."""
    return min(items, key=_rank)


def _rank(item: BookmarkItem) -> tuple[bool, bool, bool, int, int, int]:
    work = len(item.tags) + len(item.collection_ids) + bool(item.notes) * 3 + item.favourite * 3
    return (item.broken, item.fetch_state == "failed", item.site.startswith(VARIANTS), -work, len(item.url), item.id)


def _first(texts: Iterable[str]) -> str:
    return next((text for text in texts if text), "")


def _new_names(own: Sequence[str], more: Iterable[str]) -> list[str]:
    there = {fold(name) for name in own}
    found = {fold(name): name for name in reversed(list(more)) if fold(name) not in there}
    return list(reversed(found.values()))


def _new_ids(own: Sequence[int], more: Iterable[int]) -> list[int]:
    return [each for each in dict.fromkeys(more) if each not in set(own)]
