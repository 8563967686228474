"""Reads the JSON-LD of a page, as far as it describes an article: bounded in size, depth and number of things."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

_MOST_THINGS = 500
_DEEPEST = 6
_NOT_THE_PAGE = frozenset(
    {"Organization", "Person", "BreadcrumbList", "ListItem", "ImageObject", "WebSite", "SearchAction"}
)


@dataclass(slots=True)
class LinkedData:
    """The first value found for each; '' where the page says nothing."""

    headline: str = ""
    description: str = ""
    author: str = ""
    published: str = ""
    image: str = ""
    publisher: str = ""
    language: str = ""


def read(sources: list[str]) -> LinkedData:
    data = LinkedData()
    for source in sources:
        try:
            # Line ends inside of strings are common mistakes; `strict` would refuse the whole for them.
            value: object = json.loads(source, strict=False)
        except (ValueError, RecursionError):
            continue  # many pages have broken ones; the other sources of a title remain
        for thing in _things(value):
            _take(thing, data)
    return data


def _things(value: object) -> Iterator[dict[str, object]]:
    """The objects that may describe the page, outermost first."""
    waiting: list[tuple[object, int]] = [(value, 0)]
    for seen, (current, depth) in enumerate(waiting):
        if seen >= _MOST_THINGS:
            return
        if isinstance(current, list) and depth < _DEEPEST:
            waiting.extend((item, depth + 1) for item in current[:_MOST_THINGS])
        elif isinstance(current, dict):
            yield current
            if depth < _DEEPEST:
                waiting.extend((current[name], depth + 1) for name in ("@graph", "mainEntity") if name in current)


def _take(thing: dict[str, object], data: LinkedData) -> None:
    kinds = thing.get("@type")
    if not _NOT_THE_PAGE.isdisjoint(kind for kind in _list(kinds) if isinstance(kind, str)):
        return
    data.headline = data.headline or _text(thing.get("headline"), thing.get("name"))
    data.description = data.description or _text(thing.get("description"))
    data.author = data.author or ", ".join(filter(None, (_text(author) for author in _list(thing.get("author"))[:10])))
    data.published = data.published or _text(thing.get("datePublished"), thing.get("dateCreated"))
    data.image = data.image or _text(*_list(thing.get("image"))[:1], key="url")
    data.publisher = data.publisher or _text(thing.get("publisher"))
    data.language = data.language or _text(thing.get("inLanguage"))


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _text(*values: object, key: str = "name") -> str:
    """The first that is a text, or an object that holds one under `key`."""
    for value in values:
        inner = value.get(key) if isinstance(value, dict) else value
        if isinstance(inner, str) and inner.strip():
            return inner.strip()
    return ""
