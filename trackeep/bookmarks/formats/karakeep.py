"""Karakeep (Hoarder before): its JSON export, whose bookmarks name their lists by id."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import IO, Any

from trackeep.bookmarks.formats import fields
from trackeep.bookmarks.formats.documents import TruncatedDocument, Wish, walk
from trackeep.bookmarks.formats.entries import Entry, Given, Maker
from trackeep.bookmarks.formats.limits import MAX_DEPTH, MAX_SUBJECT
from trackeep.bookmarks.formats.rows import Problem, What
from trackeep.bookmarks.formats.sources import chunks_of

_MOST_LISTS = 20_000


@dataclass(frozen=True, slots=True)
class _List:
    name: str
    parent: str
    is_smart: bool


def read(stream: IO[bytes], maker: Maker) -> Iterator[Entry]:
    """The lists stand behind the bookmarks, so the document is walked through twice."""
    lists = _lists(stream)
    yield from (
        Problem(0, What.SMART_LIST, each.name.replace("\0", "")[:MAX_SUBJECT])
        for each in lists.values()
        if each.is_smart
    )

    def given(item: Mapping[str, Any]) -> Given:
        return _given(item, lists)

    yield from fields.entries(
        stream,
        maker,
        lambda path: len(path) == 2 and path[0] == "bookmarks",
        given,
        enters=lambda p: p == ("bookmarks",),
    )


def _lists(stream: IO[bytes]) -> dict[str, _List]:
    found: dict[str, _List] = {}
    try:
        for each in walk(chunks_of(stream), _wish_for_lists):
            item = each.value
            if isinstance(item, dict) and len(found) < _MOST_LISTS:
                parent, smart = fields.text(item, "parentId"), fields.text(item, "type") == "smart"
                found[str(item.get("id"))] = _List(fields.text(item, "name"), parent, smart)
    except TruncatedDocument:
        pass  # told when the bookmarks are read
    return found


def _wish_for_lists(path: tuple[str | int, ...]) -> Wish:
    if len(path) == 2 and path[0] == "lists":
        return Wish.TAKE
    return Wish.ENTER if path in ((), ("lists",)) else Wish.SKIP


def _path(list_id: str, lists: Mapping[str, _List]) -> list[str]:
    """From the outermost list to this one; a circle of parents ends where it closes."""
    path: list[str] = []
    seen: set[str] = set()
    while (each := lists.get(list_id)) and list_id not in seen and len(path) <= MAX_DEPTH:
        seen.add(list_id)
        path.insert(0, each.name)
        list_id = each.parent
    return path


def _given(item: Mapping[str, Any], lists: Mapping[str, _List]) -> Given:
    content = item.get("content")
    content = content if isinstance(content, dict) else {}
    ids = item.get("lists")
    manual = [str(each) for each in ids or () if _is_manual(str(each), lists)] if isinstance(ids, list) else []
    notes = [fields.text(item, "note"), "" if content.get("url") else fields.text(content, "text")]
    return Given(
        url=fields.text(content, "url"),
        title=fields.text(item, "title"),
        notes="\n\n".join(filter(None, notes)),
        tags=fields.names(item.get("tags")),
        folders=[_path(each, lists) for each in manual],
        added=fields.moment(item, "createdAt"),
        archived=fields.flag(item, "archived"),
        favourite=fields.flag(item, "favourited"),
    )


def _is_manual(list_id: str, lists: Mapping[str, _List]) -> bool:
    return list_id in lists and not lists[list_id].is_smart
