"""A feed from the bytes of an answer, whatever its kind."""

from datetime import datetime

from trackeep.feeds.parsing import syndication
from trackeep.feeds.parsing.charset import text_of
from trackeep.feeds.parsing.jsonfeed import json_feed
from trackeep.feeds.parsing.shapes import ParsedFeed, Problem, Unreadable


def read_feed(body: bytes, *, charset: str | None, url: str, now: datetime) -> ParsedFeed:
    """RSS, Atom and JSON Feed; ``url`` is what relative links are relative to. Raises Unreadable."""
    if not body.strip():
        raise Unreadable(Problem.EMPTY)
    text = text_of(body, charset)
    start = text.lstrip("\ufeff \t\r\n")[:1]
    if start == "{":
        return json_feed(text, url, now)
    return syndication.xml_feed(text, url, now)
