"""Addresses of feeds and their sites, as people read them."""

from urllib.parse import urlsplit


def host_of(url: str) -> str:
    """Whose turn is taken when this address is visited."""
    try:
        return urlsplit(url).hostname or url[:100]
    except ValueError:
        return url[:100]


def shown_site(url: str) -> str:
    return host_of(url).removeprefix("www.")
