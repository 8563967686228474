"""What another application shares, understood: apps put an address into whichever field they like."""

import re
from dataclasses import dataclass

from trackeep.bookmarks.urls import RefusedUrl, clean_url

LONGEST = 20_000
"""So much of a shared text is looked at."""
_ADDRESS = re.compile(r"https?://[^\s<>\"]{1,8000}", re.IGNORECASE)
# Marks that belong to the sentence around an address.
_ENDINGS = ".,;:!?'»”’…"
_PAIRS = {")": "(", "]": "["}


@dataclass(frozen=True, slots=True)
class IncomingPage:
    """A page as far as it was told: ``url`` is empty when nothing looked like an address."""

    url: str
    title: str
    description: str


def incoming_page(*, title: str, text: str, url: str) -> IncomingPage:
    """The first address of ``url``, ``text`` and ``title``, in this order, and the rest as title and description."""
    title, text, url = (given.strip()[:LONGEST] for given in (title, text, url))
    found = next(filter(None, map(first_address, (url, text, title))), "")
    rest = _without(text, found)
    heading = _without(title, found)
    if found and not heading and "\n" not in rest and len(rest) <= 200:
        # Many apps send 'Title https://...' as the text and nothing else.
        heading, rest = rest, ""
    return IncomingPage(url=found, title=" ".join(heading.split()), description="" if rest == heading else rest)


def first_address(text: str) -> str:
    """The first http address in the text that can be saved, or nothing."""
    for match in _ADDRESS.finditer(text):
        address = _trimmed(match[0])
        try:
            clean_url(address)
        except RefusedUrl:
            continue
        return address
    return ""


def _trimmed(address: str) -> str:
    while address and (address[-1] in _ENDINGS or _closes_nothing(address)):
        address = address[:-1]
    return address


def _closes_nothing(address: str) -> bool:
    opening = _PAIRS.get(address[-1])
    return opening is not None and address.count(opening) < address.count(address[-1])


def _without(text: str, address: str) -> str:
    return text.replace(address, " ").strip(" \t\n\r-–|:") if address else text
