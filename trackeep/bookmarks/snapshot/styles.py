"""Style sheets with everything that they refer to inside; every expression here is linear in the sheet's length."""

import re
from functools import lru_cache
from urllib.parse import urljoin

from trackeep.bookmarks.snapshot.budget import Budget

DEEPEST = 3
MAX_SHEET = 2 * 1024 * 1024
MAX_ADDRESS = 8_000
NOTHING = 'url("data:,")'
_URL = re.compile(r"url\(\s*+(?:\"([^\"\n]*+)\"|'([^'\n]*+)'|([^()\"'\s]*+))\s*+\)", re.IGNORECASE)
_IMPORT = re.compile(
    r"@import\s*+(?:url\(\s*+)?(?:\"([^\"\n]*+)\"|'([^'\n]*+)'|([^()\"'\s;@{}]++))\s*+\)?+([^;{}]{0,200}+);",
    re.IGNORECASE,
)
_CONDITION = re.compile(r"[\w\s(),:.<>=/-]*+")


def inlined(css: str, base: str, budget: Budget, *, depth: int = 0) -> str:
    """The sheet of the address ``base``, safe to stand inside a ``<style>`` element or a ``style`` attribute."""
    text = _without_comments(css[:MAX_SHEET])
    text = _IMPORT.sub(lambda found: _imported(found, base, budget, depth), text)
    text = _URL.sub(lambda found: _inside(found, base, budget), text)
    # An end tag would end the element, and inside of an SVG even the beginning of one would begin it.
    return text.replace("<", "\\3c ")


def _without_comments(css: str) -> str:
    """A comment that is never closed takes the rest, as in browsers."""
    kept: list[str] = []
    place = 0
    while (begin := css.find("/*", place)) >= 0:
        kept.append(css[place:begin])
        end = css.find("*/", begin + 2)
        place = len(css) if end < 0 else end + 2
    return "".join(kept) + css[place:]


def _imported(found: re.Match[str], base: str, budget: Budget, depth: int) -> str:
    address = absolute(found[1] or found[2] or found[3] or "", base)
    if not address or depth >= DEEPEST:
        return ""
    sheet = budget.sheet(address)
    if sheet is None:
        return ""
    text, condition = inlined(sheet[0], sheet[1], budget, depth=depth + 1), found[4].strip()
    if not condition:
        return text
    return f"@media {condition} {{{text}}}" if _CONDITION.fullmatch(condition) else ""


def _inside(found: re.Match[str], base: str, budget: Budget) -> str:
    reference = (found[1] or found[2] or found[3] or "").strip()
    if reference.startswith("#"):
        return found[0]
    if reference.lower().startswith("data:"):
        return found[0]
    address = absolute(reference, base)
    data = budget.data_url(address) if address and not address.lower().partition("?")[0].endswith(".eot") else ""
    return f'url("{data}")' if data else NOTHING


def absolute(reference: str, base: str) -> str:
    """The address that a page's reference means, where it may be fetched; else empty."""
    address = whole(reference, base)
    return address.partition("#")[0] if address.lower().startswith(("http://", "https://")) else ""


def whole(reference: str, base: str) -> str:
    """Any address as a whole one; empty for what is none, or is longer than addresses are."""
    return _joined(reference.strip(), base) if len(reference) <= MAX_ADDRESS and len(base) <= MAX_ADDRESS else ""


# A page refers to the same few things over and over.
@lru_cache(maxsize=2_048)
def _joined(reference: str, base: str) -> str:
    try:
        return urljoin(base, reference)
    except ValueError:
        return ""
