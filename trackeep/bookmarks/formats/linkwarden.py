"""Linkwarden: its JSON export, a tree of collections with their links inside."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import IO, Any

from trackeep.bookmarks.formats import fields
from trackeep.bookmarks.formats.documents import Path, TruncatedDocument, Wish, walk
from trackeep.bookmarks.formats.entries import Entry, Given, GivenQuote, Maker
from trackeep.bookmarks.formats.limits import MAX_DEPTH
from trackeep.bookmarks.formats.sources import chunks_of

_MOST_COLLECTIONS = 20_000
_INBOX = "unorganized"
_FACTS = frozenset({"id", "name", "parentId"})


@dataclass(slots=True)
class _Tree:
    """The facts of the collections by their place in the document, and the places by id."""

    facts: dict[int, dict[str, Any]] = field(default_factory=dict)
    by_id: dict[object, int] = field(default_factory=dict)

    def path(self, place: int) -> list[str]:
        """From the outermost collection to this one; a circle of parents ends where it closes."""
        path: list[str] = []
        seen: set[int] = set()
        here: int | None = place
        while here is not None and here not in seen and len(path) <= MAX_DEPTH:
            seen.add(here)
            facts = self.facts.get(here, {})
            path.insert(0, str(facts.get("name") or ""))
            here = self.by_id.get(facts.get("parentId")) if facts.get("parentId") is not None else None
        return [] if [name.casefold() for name in path] == [_INBOX] else path


def read(stream: IO[bytes], maker: Maker) -> Iterator[Entry]:
    """Parents may stand behind their children, so the document is walked through twice."""
    tree = _tree(stream)

    def given(item: Mapping[str, Any], path: Path) -> Given:
        return _given(item, tree.path(int(path[1])))

    yield from fields.entries(stream, maker, _is_link, given, enters=_leads_to_links, with_path=True)


def _is_link(path: Path) -> bool:
    return len(path) == 4 and path[0] == "collections" and path[2] == "links"


def _leads_to_links(path: Path) -> bool:
    return path[0] == "collections" and (len(path) < 3 or (len(path) == 3 and path[2] == "links"))


def _tree(stream: IO[bytes]) -> _Tree:
    tree = _Tree()
    try:
        for found in walk(chunks_of(stream), _wish_for_facts):
            place = int(found.path[1])
            if place < _MOST_COLLECTIONS and not isinstance(found.value, dict | list):
                tree.facts.setdefault(place, {})[str(found.path[2])] = found.value
    except TruncatedDocument:
        pass  # told when the links are read
    tree.by_id = {facts["id"]: place for place, facts in tree.facts.items() if "id" in facts}
    return tree


def _wish_for_facts(path: Path) -> Wish:
    if len(path) == 3 and path[0] == "collections" and path[2] in _FACTS:
        return Wish.TAKE
    return Wish.ENTER if not path or (path[0] == "collections" and len(path) < 3) else Wish.SKIP


def _given(item: Mapping[str, Any], folders: list[str]) -> Given:
    highlights = [
        GivenQuote(
            text=fields.text(each, "text"),
            note=fields.text(each, "comment"),
            colour=fields.text(each, "color"),
            added=fields.moment(each, "createdAt"),
        )
        for each in fields.objects(item.get("highlights"))
    ]
    return Given(
        url=fields.text(item, "url"),
        title=fields.text(item, "name"),
        description=fields.text(item, "description"),
        notes="" if item.get("url") else fields.text(item, "textContent"),
        tags=fields.names(item.get("tags")),
        folders=[folders] if folders else [],
        added=fields.moment(item, "createdAt"),
        highlights=highlights,
    )
