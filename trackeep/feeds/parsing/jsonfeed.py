"""JSON Feed, versions 1 and 1.1."""

from datetime import datetime
from typing import Any

import orjson

from trackeep.feeds.parsing.moments import credible, from_text
from trackeep.feeds.parsing.shapes import (
    MAX_AUTHOR,
    MAX_ENTRIES,
    MAX_SUMMARY,
    MAX_TITLE,
    Entry,
    ParsedFeed,
    Problem,
    Unreadable,
)
from trackeep.feeds.parsing.words import plain, title_of, web_address

VERSION = "https://jsonfeed.org/version/"


def json_feed(text: str, url: str, now: datetime) -> ParsedFeed:
    """Raises Unreadable."""
    try:
        data = orjson.loads(text.lstrip("\ufeff"))
    except orjson.JSONDecodeError as error:
        raise Unreadable(Problem.DAMAGED) from error
    items = data.get("items") if isinstance(data, dict) else None
    if not isinstance(items, list) or not str(data.get("version", "")).startswith(VERSION):
        raise Unreadable(Problem.NO_FEED)
    found = [_entry(item, url, now) for item in items[:MAX_ENTRIES] if isinstance(item, dict)]
    return ParsedFeed(
        title=plain(data.get("title"), MAX_TITLE),
        site_url=web_address(url, data.get("home_page_url")),
        entries=tuple(entry for entry in found if entry is not None),
        cut=len(items) > MAX_ENTRIES,
    )


def _entry(item: dict[str, Any], base: str, now: datetime) -> Entry | None:
    url = web_address(base, item.get("url")) or web_address(base, item.get("external_url"))
    name = item.get("id")
    name = str(name)[:2_000] if isinstance(name, str | int) else ""
    summary = plain(item.get("summary") or item.get("content_text") or item.get("content_html"), MAX_SUMMARY)
    title = title_of(plain(item.get("title"), MAX_TITLE), summary, url)
    if not (name or url or title):
        return None
    moment = from_text(item.get("date_published")) or from_text(item.get("date_modified"))
    return Entry(name or url or title, url, title, summary, _author(item), credible(moment, now))


def _author(item: dict[str, Any]) -> str:
    authors = item.get("authors")
    first = authors[0] if isinstance(authors, list) and authors else item.get("author")
    return plain(first.get("name"), MAX_AUTHOR) if isinstance(first, dict) else ""
