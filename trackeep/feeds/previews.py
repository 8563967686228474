"""What is shown of a feed before somebody subscribes to it."""

from trackeep.feeds.fetching import Look

SHOWN = 5


def preview_shape(asked: str, look: Look) -> dict[str, object]:
    """``asked`` is the address as it was given; the newest entries come first."""
    feed = look.feed
    entries = feed.entries if feed is not None else ()
    dated = [(entry.published, entry) for entry in entries if entry.published is not None]
    if len(dated) == len(entries):
        entries = tuple(entry for _date, entry in sorted(dated, key=lambda pair: pair[0], reverse=True))
    return {
        "kind": "page" if look.links else "feed",
        "url": look.url,
        "title": (feed.title if feed else "") or asked,
        "site_url": feed.site_url if feed else "",
        "size": len(entries),
        "entries": [{"title": each.title, "url": each.url, "published": each.published} for each in entries[:SHOWN]],
        "others": [{"url": link.url, "title": link.title or link.url} for link in look.links],
    }
