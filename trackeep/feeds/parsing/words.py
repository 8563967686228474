"""Plain words from what feeds put into titles and summaries, and addresses that may be saved."""

import html
import re
from urllib.parse import urljoin

_TAG = re.compile(r"<[^<>]{0,2000}>")
_HIDDEN = re.compile(r"<(script|style)\b[^<>]{0,2000}>.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE)
# So much markup may stand around the words that are kept.
_AROUND = 4


def plain(text: object, longest: int) -> str:
    """Without markup, in one line, at most so long."""
    if not isinstance(text, str):
        return ""
    words = text[: longest * _AROUND + 1_000]
    if "<" in words:
        words = _TAG.sub(" ", _HIDDEN.sub(" ", words))
    if "&" in words:
        words = html.unescape(words)
    words = " ".join(words.replace("\x00", "").split())
    return words if len(words) <= longest else words[: longest - 1].rstrip() + "…"


def web_address(base: str, link: object) -> str:
    """The absolute address, or nothing for what is no address of a page: ``javascript:`` and its like, and nonsense."""
    if not isinstance(link, str) or not link.strip() or len(link) > 8_000:
        return ""
    try:
        address = urljoin(base, link.strip())
    except ValueError:
        return ""
    return address if address.lower().startswith(("http://", "https://")) else ""


def title_of(title: str, summary: str, url: str) -> str:
    """Entries of short messages have no title: their first words are one, or else the address."""
    return title or (f"{summary[:99].rstrip()}…" if len(summary) > 100 else summary) or url[:200]
