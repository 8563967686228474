"""A feed read in a child process only, since what it is given may be hostile: plain data goes in and comes out.

The module is loaded without the application around it (see ``core/isolation``), so it imports little of ours.
"""

from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from trackeep.feeds.parsing.reading import read_feed
from trackeep.feeds.parsing.shapes import Entry, ParsedFeed, Problem, Unreadable


def read_frame(body: str, charset: str | None, url: str, now: str) -> dict[str, Any]:
    """What the child runs: ``read_feed``, its value or its refusal as a frame."""
    try:
        feed = asdict(read_feed(b64decode(body), charset=charset, url=url, now=datetime.fromisoformat(now)))
    except Unreadable as error:
        return {"problem": error.problem.value}
    for entry in feed["entries"]:
        entry["published"] = entry["published"].isoformat() if entry["published"] else None
    return feed


def packed(body: bytes) -> str:
    """A body as the child takes it."""
    return b64encode(body).decode()


def unpacked(frame: Mapping[str, Any]) -> ParsedFeed:
    """The feed in a frame; raises Unreadable as ``read_feed`` does."""
    if "problem" in frame:
        raise Unreadable(Problem(frame["problem"]))
    return ParsedFeed(**{**frame, "entries": tuple(_entry(each) for each in frame["entries"])})


def _entry(parts: Mapping[str, Any]) -> Entry:
    published = parts["published"]
    return Entry(**{**parts, "published": datetime.fromisoformat(published) if published else None})
