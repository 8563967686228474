"""RSS and Atom by feedparser, which is only ever given well-formed XML of bounded size.

Left to itself it opens what looks like an address or a file name, falls back to a slow parser on damaged files, and
cleans HTML at great length. So it gets a stream, made by ``markup``, and what is kept of it is plain text."""

import io
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import feedparser
from lxml import etree

from trackeep.feeds.parsing.markup import local_name, root_of
from trackeep.feeds.parsing.moments import credible, from_tuple
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

ENTRIES = frozenset({"item", "entry"})
UNREAD = frozenset({"category", "keywords", "subject", "tags", "contributor"})
PERIODS = {"hourly": 3_600, "daily": 86_400, "weekly": 604_800, "monthly": 2_592_000, "yearly": 31_536_000}


def xml_feed(text: str, url: str, now: datetime) -> ParsedFeed:
    """Raises Unreadable."""
    root, cut = root_of(text, ENTRIES, MAX_ENTRIES)
    _lighten(root)
    parsed = _parse(etree.tostring(root, encoding="utf-8", xml_declaration=True), url)
    if not parsed.get("version"):
        raise Unreadable(Problem.NO_FEED)
    feed = parsed["feed"]
    found = [_entry(entry, url, now) for entry in parsed["entries"][:MAX_ENTRIES]]
    return ParsedFeed(
        title=plain(feed.get("title"), MAX_TITLE),
        site_url=web_address(url, feed.get("link")),
        entries=tuple(entry for entry in found if entry is not None),
        pause=_pause(feed),
        cut=cut,
    )


def _lighten(root: etree._Element) -> None:
    """Takes out what nothing is read from and what feedparser compares each with each."""
    for element in [each for each in root.iter(etree.Element) if local_name(each).lower() in UNREAD]:
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)


def _parse(xml: bytes, url: str) -> Mapping[str, Any]:
    headers = {"content-type": "application/xml; charset=utf-8", "content-location": url}
    try:
        parsed: Mapping[str, Any] = feedparser.parse(
            io.BytesIO(xml), response_headers=headers, resolve_relative_uris=False, sanitize_html=False
        )
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        # It meets odd elements in odd places with errors of all kinds.
        raise Unreadable(Problem.DAMAGED) from error
    return parsed


def _entry(entry: dict[str, Any], base: str, now: datetime) -> Entry | None:
    name = entry.get("id")
    name = name[:2_000] if isinstance(name, str) else ""
    url = web_address(base, entry.get("link")) or _enclosed(entry, base) or web_address("", name)
    summary = plain(entry.get("summary") or _content(entry), MAX_SUMMARY)
    title = title_of(plain(entry.get("title"), MAX_TITLE), summary, url)
    if not (name or url or title):
        return None
    # As a plain mapping: feedparser's own warns when one date stands for the other.
    moments = (from_tuple(dict.get(entry, name)) for name in ("published_parsed", "updated_parsed"))
    moment = next((found for found in moments if found is not None), None)
    return Entry(
        name or url or title, url, title, summary, plain(entry.get("author"), MAX_AUTHOR), credible(moment, now)
    )


def _enclosed(entry: Mapping[str, Any], base: str) -> str:
    """An episode of a podcast may have nothing but its file."""
    return next((found for each in entry.get("enclosures", ()) if (found := web_address(base, each.get("href")))), "")


def _content(entry: Mapping[str, Any]) -> object:
    return next((each.get("value") for each in entry.get("content", ())), "")


def _pause(feed: Mapping[str, Any]) -> int:
    """Seconds between two looks, as ``ttl`` (in minutes) or the syndication module tell them."""
    ttl = str(feed.get("ttl") or "").strip()
    if ttl.isascii() and ttl.isdigit():
        return min(int(ttl[:9]) * 60, PERIODS["yearly"])
    period = PERIODS.get(str(feed.get("sy_updateperiod") or "").strip().lower(), 0)
    times = str(feed.get("sy_updatefrequency") or "1").strip()
    return period // max(1, int(times[:6]) if times.isascii() and times.isdigit() else 1)
