"""Feeds as sites serve them, for tests."""

from collections.abc import Sequence
from datetime import datetime
from email.utils import format_datetime
from html import escape


def rss(entries: Sequence[str], *, title: str = "A journal", extra: str = "") -> str:
    return (
        f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>{escape(title)}</title>'
        f"<link>https://example.org/</link><description>About</description>{extra}{''.join(entries)}</channel></rss>"
    )


def item(number: int | str, *, guid: str = "", link: str = "", title: str = "", at: datetime | None = None) -> str:
    date = f"<pubDate>{format_datetime(at)}</pubDate>" if at else ""
    return (
        f"<item><title>{escape(title or f'Entry {number}')}</title><link>{escape(link or address(number))}</link>"
        f'<guid isPermaLink="false">{escape(guid or f"id-{number}")}</guid>{date}'
        f"<description>{escape(f'<p>About <b>{number}</b></p>')}</description></item>"
    )


def address(number: int | str) -> str:
    return f"https://example.org/entries/{number}"


ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://example.org/blog/">
<title type="html">Slow &amp;amp; steady</title><link rel="alternate" href="/blog/"/><link rel="self" href="feed.atom"/>
<updated>2026-11-20T10:00:00Z</updated><id>urn:journal</id>
<entry><title>First</title><link rel="alternate" href="first"/><id>urn:1</id><updated>2026-11-20T10:00:00Z</updated>
<author><name>Somebody</name></author><summary type="html">&lt;p&gt;One &amp;amp; two&lt;/p&gt;</summary></entry>
<entry><title>Second</title><link href="https://example.org/blog/second"/><id>urn:2</id>
<published>2026-11-18T10:00:00+02:00</published><updated>2026-11-19T10:00:00Z</updated></entry>
</feed>"""

JSON = """{"version": "https://jsonfeed.org/version/1.1", "title": "In JSON", "home_page_url": "https://example.org/",
"items": [{"id": 7, "url": "/seven", "title": "Seven", "content_html": "<p>Words</p>",
"date_published": "2026-11-20T10:00:00Z", "authors": [{"name": "Somebody"}]},
{"id": "8", "content_text": "No title and no address"}]}"""

BOMB = """<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "boom"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><rss version="2.0"><channel><title>&c;</title></channel></rss>"""

PAGE = """<!doctype html><html><head><title>A site</title>
<link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed">
<link rel="alternate" type="application/rss+xml" title="Journal &amp; notes" href="/feed.xml">
<link rel="alternate" hreflang="de" href="/de/"><link rel="stylesheet" href="/style.css"></head><body></body></html>"""
