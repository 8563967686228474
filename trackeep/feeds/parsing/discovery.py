"""The feeds that a web page names, by one look at its head."""

import html
import re
from dataclasses import dataclass

from trackeep.feeds.parsing.charset import text_of
from trackeep.feeds.parsing.words import plain, web_address

MOST = 20
LOOKED_AT = 512 * 1024
TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml"})
# JSON of all sorts is named by this type too, so the address has to speak for it.
PERHAPS = frozenset({"application/json", "application/xml", "text/xml"})

_LINK = re.compile(r"<(link|base)\b([^<>]{0,4000})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([A-Za-z-]{1,20})\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed that a page names."""

    url: str
    title: str


def feed_links(body: bytes, *, charset: str | None, url: str) -> list[FeedLink]:
    """In the order of the page, each address once; those of comments last, since nobody means them first."""
    base, found = url, dict[str, FeedLink]()
    for tag in _LINK.finditer(text_of(body[:LOOKED_AT], charset)):
        attributes = _attributes(tag[2])
        if tag[1].lower() == "base":
            base = web_address(url, attributes.get("href")) or base
            continue
        address = web_address(base, attributes.get("href")) if _is_feed(attributes) else ""
        if address:
            found.setdefault(address, FeedLink(address, plain(attributes.get("title"), 200)))
        if len(found) >= MOST:
            break
    return sorted(found.values(), key=lambda link: "comment" in f"{link.url} {link.title}".lower())


def _attributes(text: str) -> dict[str, str]:
    pairs = ((found[1].lower(), found[2] or found[3] or found[4] or "") for found in _ATTRIBUTE.finditer(text))
    return {name: html.unescape(value) for name, value in pairs}


def _is_feed(attributes: dict[str, str]) -> bool:
    relations = attributes.get("rel", "").lower().split()
    kind = attributes.get("type", "").lower().partition(";")[0].strip()
    if "alternate" not in relations or "stylesheet" in relations:
        return "feed" in relations
    return kind in TYPES or (kind in PERHAPS and "feed" in attributes.get("href", "").lower())
