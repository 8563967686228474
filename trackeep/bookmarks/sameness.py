"""When two addresses are the same page: surely, by what the page says of itself, or likely, by how they look."""

import hashlib
import re
from urllib.parse import urlsplit

from trackeep.bookmarks.urls import normalise, site_of, url_key

# Without these the addresses of one page on its several hosts are alike.
_HOST_LABELS = frozenset({"www", "www2", "m", "mobile", "touch", "amp"})
_START_PAGE = re.compile(r"/(?:index|default|home)\.(?:html?|xhtml|php|aspx?|jsp|cfm)$", re.IGNORECASE)
_AMP_PATH = re.compile(r"^/amp(?=/)|/amp$|\.amp(?=\.html$)|\.amp$", re.IGNORECASE)
_SESSION_PATH = re.compile(r";(?:jsessionid|sid|phpsessid)=[^/;?]*+", re.IGNORECASE)
_SESSION_NAMES = frozenset(
    "sid sessionid session_id phpsessid jsessionid aspsessionid cfid cftoken zenid oscsid s_kwcid".split()
)
_AMP_NAMES = frozenset({"amp", "outputtype", "output"})
_DOORS = re.compile(
    r"/(?:log-?in|sign-?in|sign-?up|auth|sso|session|consent|captcha|cookies?|error|404|not-?found)\b", re.IGNORECASE
)


def loose_key(url: str) -> str:
    """SHA-256 of the address without what one page's several addresses differ in: host prefixes, the mark of a page
    for phones, the name of a start page, session ids. Equal keys make two pages likely, not surely, the same."""
    return hashlib.sha256(loosened(url).encode("utf-8", "surrogatepass")).hexdigest()


def loosened(url: str) -> str:
    try:
        parts = urlsplit(normalise(url))
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return url
    path = _START_PAGE.sub("", _AMP_PATH.sub("", _SESSION_PATH.sub("", parts.path))).rstrip("/")
    query = "&".join(piece for piece in parts.query.split("&") if piece and not _is_variant(piece))
    shown = f"{_plain_host(host)}{f':{port}' if port else ''}{path}"
    return f"{shown}{f'?{query}' if query else ''}{f'#{parts.fragment}' if parts.fragment else ''}"


def page_key(url: str, *, final_url: str = "", canonical_url: str = "") -> str:
    """The key of the address that the page gives as its own, or that the way to it ends at; that of ``url`` where
    neither convinces."""
    if canonical_url and is_same_page(final_url or url, canonical_url) and is_same_page(url, canonical_url):
        return url_key(canonical_url)
    return url_key(final_url) if final_url and is_same_page(url, final_url) else url_key(url)


def is_same_page(url: str, other: str) -> bool:
    """Whether ``other``, which a site names for ``url``, can be believed to be its page and not the place where the
    site sends everything: its start page, a sign-in, an error page, an address without what chooses the page."""
    try:
        here, there = urlsplit(normalise(url)), urlsplit(normalise(other))
    except ValueError:
        return False
    if _plain_host(site_of(url)) != _plain_host(site_of(other)):
        return False
    if not there.path and not there.query and (here.path or here.query):
        return False
    if _DOORS.search(there.path) and not _DOORS.search(here.path):
        return False
    return here.path != there.path or not _chooses(here.query, there.query)


def is_safe_move(url: str, final_url: str) -> bool:
    """Whether a permanent redirect may be taken without looking: the page moved, it did not end at a front door."""
    try:
        here, there = urlsplit(normalise(url)), urlsplit(normalise(final_url))
    except ValueError:
        return False
    to_front = not there.path and not there.query and bool(here.path or here.query)
    return not to_front and (not _DOORS.search(there.path) or bool(_DOORS.search(here.path)))


def _chooses(query: str, kept: str) -> bool:
    """Whether what was dropped of a query may have chosen the page: a number or a bare word does, `view=print` does
    not."""
    dropped = set(query.split("&")) - set(kept.split("&")) - {""}
    values = [piece.partition("=")[2] for piece in dropped]
    return any(not value or any(letter.isdigit() for letter in value) for value in values)


def _plain_host(host: str) -> str:
    """Without `www.` and its like in front, and without the `m` of `en.m.wikipedia.org`."""
    labels = host.split(".")
    while len(labels) > 2 and labels[0] in _HOST_LABELS:
        del labels[0]
    if len(labels) > 3 and labels[1] in ("m", "mobile"):
        del labels[1]
    return ".".join(labels)


def _is_variant(piece: str) -> bool:
    name, _, value = piece.partition("=")
    name = name.lower()
    return name in _SESSION_NAMES or (name in _AMP_NAMES and value.lower() in ("", "1", "amp", "true"))
