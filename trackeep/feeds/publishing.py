"""A list of bookmarks as Atom and as JSON Feed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape

import orjson

ATOM_TYPE, JSON_TYPE = "application/atom+xml; charset=utf-8", "application/feed+json; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Story:
    """One entry that goes out; ``url`` is the page, as it was saved."""

    id: int
    url: str
    title: str
    text: str
    author: str
    tags: Sequence[str]
    added_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class Channel:
    """What goes out. ``uid`` names it for good, ``home`` is the page of the list, ``own`` its own address."""

    uid: str
    title: str
    home: str
    own: str
    updated_at: datetime
    stories: Sequence[Story]


def atom(channel: Channel) -> bytes:
    """RFC 4287. Every text is escaped; titles are plain text."""
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom">',
        f"<id>urn:trackeep:{escape(channel.uid)}</id>",
        f"<title>{_text(channel.title)}</title>",
        f"<updated>{_moment(channel.updated_at)}</updated>",
        f'<link rel="alternate" type="text/html" href="{_text(channel.home)}"/>',
        f'<link rel="self" type="application/atom+xml" href="{_text(channel.own)}"/>',
        "<author><name>Trackeep</name></author>",
        "<generator>Trackeep</generator>",
    ]
    return "\n".join([*lines, *(_entry(channel, story) for story in channel.stories), "</feed>", ""]).encode()


def json_feed(channel: Channel) -> bytes:
    """JSON Feed 1.1."""
    return orjson.dumps(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": channel.title,
            "home_page_url": channel.home,
            "feed_url": channel.own,
            "items": [_item(channel, story) for story in channel.stories],
        }
    )


def _entry(channel: Channel, story: Story) -> str:
    parts = [
        f"<id>urn:trackeep:{escape(channel.uid)}:{story.id}</id>",
        f"<title>{_text(story.title or story.url)}</title>",
        f'<link rel="alternate" href="{_text(story.url)}"/>',
        f"<published>{_moment(story.added_at)}</published>",
        f"<updated>{_moment(story.updated_at)}</updated>",
        *(f'<category term="{_text(tag)}"/>' for tag in story.tags),
    ]
    if story.author:
        parts.append(f"<author><name>{_text(story.author)}</name></author>")
    if story.text:
        parts.append(f"<summary>{_text(story.text)}</summary>")
    return f"<entry>{''.join(parts)}</entry>"


def _item(channel: Channel, story: Story) -> dict[str, object]:
    shape: dict[str, object] = {
        "id": f"urn:trackeep:{channel.uid}:{story.id}",
        "url": story.url,
        "title": _clean(story.title or story.url),
        "content_text": _clean(story.text),
        "date_published": _moment(story.added_at),
        "date_modified": _moment(story.updated_at),
        "tags": [_clean(tag) for tag in story.tags],
    }
    return {**shape, "authors": [{"name": _clean(story.author)}]} if story.author else shape


def _text(text: str) -> str:
    return escape(_clean(text))


def _clean(text: str) -> str:
    """Without what XML cannot hold."""
    return "".join(letter for letter in text if letter >= " " or letter in "\t\n\r" if not _is_forbidden(letter))


def _is_forbidden(letter: str) -> bool:
    return letter in "\ufffe\uffff" or "\ud800" <= letter <= "\udfff"


def _moment(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")
