"""Ranks the icons that a page offers by how well they look small in a list."""

import re

from trackeep.bookmarks.metadata.markup import Attributes

_MOST = 8
_WANTED = 64
_SIZE = re.compile(r"([0-9]{1,4})x[0-9]{1,4}", re.IGNORECASE)


def ranked(links: list[Attributes]) -> list[str]:
    """Addresses as written, best first: those at or just above 64 pixels, then smaller ones, drawings last, since not
    every place can show them safely."""
    offers = [(_rank(link), link.get("href", "")) for link in links if _is_icon(link)]
    return [href for _rank_, href in sorted(offers, key=lambda offer: offer[0]) if href][:_MOST]


def _is_icon(link: Attributes) -> bool:
    kinds = link.get("rel", "").lower().split()
    return "icon" in kinds or "apple-touch-icon" in kinds or "apple-touch-icon-precomposed" in kinds


def _rank(link: Attributes) -> tuple[int, int]:
    if "svg" in link.get("type", "").lower() or link.get("href", "").lower().partition("?")[0].endswith(".svg"):
        return 3, 0
    sizes = [int(size) for size in _SIZE.findall(link.get("sizes", ""))]
    if not sizes:
        # Apple's icons without a size are 180 pixels by convention, all others 16 or 32.
        return (0, 180) if "apple" in link.get("rel", "").lower() else (2, 0)
    enough = [size for size in sizes if size >= _WANTED]
    return (0, min(enough)) if enough else (1, -max(sizes))
