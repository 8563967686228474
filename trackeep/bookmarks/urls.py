"""Addresses of bookmarks: what may be saved, when two are the same page, and which site they belong to."""

import hashlib
import ipaddress
import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from urllib.parse import quote

import idna

from trackeep.core.i18n import LazyString
from trackeep.core.i18n import lazy_gettext as _l

MAX_LENGTH = 8_000
MAX_HOST_LENGTH = 253


class Refusal(StrEnum):
    """Why an address is not saved; the value is stable and may be stored in reports."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    CONTROL = "control"
    SCHEME = "scheme"
    HOST = "host"
    PORT = "port"


WORDS: dict[Refusal, LazyString] = {
    Refusal.EMPTY: _l("The address is empty."),
    Refusal.TOO_LONG: _l("The address is longer than 8,000 characters."),
    Refusal.CONTROL: _l("The address contains invisible control characters."),
    Refusal.SCHEME: _l("Only addresses that start with http:// or https:// can be saved."),
    Refusal.HOST: _l("The address has no valid host name, such as example.org."),
    Refusal.PORT: _l("The port in the address is not a number from 0 to 65535."),
}


class RefusedUrl(ValueError):
    """An address that cannot be saved, with the reason as a code and in plain words."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(reason)
        self.reason = reason

    def __str__(self) -> str:
        return str(WORDS[self.reason])


@dataclass(frozen=True, slots=True)
class _Parts:
    """An address taken apart; `tail` is path and query as written, `fragment` is without its mark."""

    scheme: str
    userinfo: str
    host: str
    port: str
    path: str
    query: str | None
    fragment: str | None


_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
# `host:8080/x` looks like a scheme to the grammar; a port is what tells them apart.
_HOST_AND_PORT = re.compile(r"[A-Za-z0-9._-]+:[0-9]{1,5}(?:[/?#\\]|$)")
_NEVER_HOSTS = frozenset({"javascript", "vbscript", "data", "tel", "sms", "callto", "about", "mailto", "place"})
_AUTHORITY = re.compile(r"([^/?#]*)([^?#]*)(?:\?([^#]*))?(?:#(.*))?", re.DOTALL)
_ASCII_HOST = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*\.?")
# Browsers drop these inside an address, for links that were wrapped over two lines.
_LINE_BREAKS = str.maketrans("", "", "\t\n\r")
_FORBIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
# White space and direction marks would show an address other than the one that is opened.
_INVISIBLE = re.compile("[\\s\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]")
_EDGES = "".join(map(chr, range(33))) + "\x7f\u00a0\u200b\u2060\ufeff"


def clean_url(text: str) -> str:
    """The address as it is saved and shown: https where no scheme was given, host in lower case, rest as written.

    Raises RefusedUrl. User name and password stay, since the address would not work without them; see
    `has_credentials`.
    """
    return _join(_parse(text))


@lru_cache(maxsize=256)
def normalise(url: str) -> str:
    """The form in which two addresses of one page are equal; text that is no address comes back trimmed.

    Forgotten are: http against https, default ports, case and script of the host, a slash at the end, `.` and `..`,
    needless escapes, tracking parameters, the order of parameters, and fragments that only scroll.
    """
    try:
        parts = _parse(url)
    except RefusedUrl:
        return url.strip(_EDGES)
    return _join(
        _Parts(
            scheme="https",
            userinfo=_escape(parts.userinfo),
            host=_ascii_host(parts.host).rstrip("."),
            # With http and https made equal, their two default ports carry no meaning either.
            port="" if parts.port in ("80", "443") else parts.port,
            path=_comparable_path(parts.path),
            query=_comparable_query(parts.query or ""),
            fragment=_comparable_fragment(parts.fragment or ""),
        )
    )


def url_key(url: str) -> str:
    """SHA-256 of the normalised form in hexadecimal: what a unique index can hold, however long the address."""
    return hashlib.sha256(normalise(url).encode("utf-8", "surrogatepass")).hexdigest()


def site_of(url: str) -> str:
    """Host without `www.` in readable script, the same for both spellings of an international name; '' if none."""
    try:
        host = _ascii_host(_parse(url).host).rstrip(".")
    except RefusedUrl:
        return ""
    if host.startswith("www.") and "." in host[4:]:
        host = host[4:]
    try:
        return idna.decode(host) if "xn--" in host else host
    except (idna.IDNAError, UnicodeError):
        return host


def has_credentials(url: str) -> bool:
    """Whether a user name or password is part of the address; such an address is never fetched by the server."""
    try:
        return bool(_parse(url).userinfo)
    except RefusedUrl:
        return False


# Checking, comparing and grouping ask for the parts of the same address one after the other.
@lru_cache(maxsize=256)
def _parse(text: str) -> _Parts:
    text = text.strip(_EDGES).translate(_LINE_BREAKS)
    if not text:
        raise RefusedUrl(Refusal.EMPTY)
    if len(text) > MAX_LENGTH:
        raise RefusedUrl(Refusal.TOO_LONG)
    if _FORBIDDEN.search(text):
        raise RefusedUrl(Refusal.CONTROL)
    scheme, rest, guessed = _split_scheme(text)
    found = _AUTHORITY.fullmatch(_forward_slashes(rest))
    if found is None:
        raise RefusedUrl(Refusal.HOST)
    authority, path, query, fragment = found.groups()
    userinfo, _at, address = authority.rpartition("@")
    host, port = _host_and_port(address)
    if guessed and not _looks_public(host, port):
        raise RefusedUrl(Refusal.HOST)
    parts = _Parts(scheme, _visible(userinfo), host, port, _visible(path), _optional(query), _optional(fragment))
    if len(_join(parts)) > MAX_LENGTH:
        raise RefusedUrl(Refusal.TOO_LONG)
    return parts


def _split_scheme(text: str) -> tuple[str, str, bool]:
    """Scheme, what follows its slashes, and whether the scheme had to be guessed."""
    found = _SCHEME.match(text)
    if found is None:
        return "https", text.lstrip("/\\"), not text.startswith(("//", "\\\\"))
    scheme = found[1].lower()
    if scheme in ("http", "https"):
        return scheme, text[found.end() :].lstrip("/\\"), False
    if scheme not in _NEVER_HOSTS and _HOST_AND_PORT.match(text):
        return "https", text, True
    raise RefusedUrl(Refusal.SCHEME)


def _forward_slashes(rest: str) -> str:
    """Backslashes before query and fragment are slashes to every browser, so they must be for us."""
    if "\\" not in rest:
        return rest
    end = min((place for place in (rest.find("?"), rest.find("#")) if place >= 0), default=len(rest))
    return rest[:end].replace("\\", "/") + rest[end:]


def _host_and_port(address: str) -> tuple[str, str]:
    host, colon, port = address.rpartition(":")
    if not colon or port.endswith("]"):
        host, port = address, ""
    if host.startswith("[") and not host.endswith("]"):
        raise RefusedUrl(Refusal.HOST)
    if port and not (port.isascii() and port.isdigit() and len(port) <= 5 and int(port) <= 65_535):
        raise RefusedUrl(Refusal.PORT)
    host = host.lower()
    _ascii_host(host)
    return host, str(int(port)) if port else ""


# The pages of a library share their hosts.
@lru_cache(maxsize=1_024)
def _ascii_host(host: str) -> str:
    """The name as the network knows it; raises RefusedUrl when there can be no such name."""
    if host.startswith("["):
        return _bracketed(host)
    if len(host) > MAX_HOST_LENGTH:
        raise RefusedUrl(Refusal.HOST)
    if not host.isascii():
        try:
            host = idna.encode(host, uts46=True).decode("ascii")
        except (idna.IDNAError, UnicodeError):
            raise RefusedUrl(Refusal.HOST) from None
    if len(host) > MAX_HOST_LENGTH or not _ASCII_HOST.fullmatch(host):
        raise RefusedUrl(Refusal.HOST)
    return host


def _bracketed(host: str) -> str:
    try:
        address = ipaddress.IPv6Address(host[1:-1])
    except ValueError:
        raise RefusedUrl(Refusal.HOST) from None
    return f"[{address.compressed}]"


def _looks_public(host: str, port: str) -> bool:
    """Without a scheme, one plain word is a search or a slip of the hand, not an address."""
    return "." in host.strip(".") or host.startswith("[") or host == "localhost" or bool(port)


def _visible(text: str) -> str:
    return _INVISIBLE.sub(lambda found: quote(found[0]), text)


def _optional(text: str | None) -> str | None:
    return None if text is None else _visible(text)


def _join(parts: _Parts) -> str:
    at = f"{parts.userinfo}@" if parts.userinfo else ""
    port = f":{parts.port}" if parts.port else ""
    query = "" if parts.query is None else f"?{parts.query}"
    fragment = "" if parts.fragment is None else f"#{parts.fragment}"
    return f"{parts.scheme}://{at}{parts.host}{port}{parts.path}{query}{fragment}"


# Names that only tell the site where a reader came from. Short, ambiguous ones (`ref`, `source`, `id`) stay: they
# choose a branch, a feed or a page on many sites.
_TRACKING_PREFIXES = ("utm_", "mtm_", "pk_", "hsa_", "_hs")
_TRACKING = frozenset(
    "fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid ysclid twclid ttclid li_fat_id igshid igsh mc_cid mc_eid "
    "mkt_tok oly_anon_id oly_enc_id vero_id vero_conv wickedid _openstat xtor rb_clickid s_cid epik _ga _gl "
    "hsctatracking ga_source ga_medium ga_campaign ga_term ga_content srsltid".split()
)
_ESCAPED = re.compile(r"%([0-9A-Fa-f]{2})?")
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_ALLOWED = "%!$&'()*+,;=:@/?[]"
# What has neither escapes nor anything to be escaped, as nearly every address.
_PLAIN = re.compile(r"[A-Za-z0-9._~!$&'()*+,;=:@/?\[\]-]*")


def _escape(text: str) -> str:
    """One spelling for all escapes: upper case, none for plain letters, a stray percent sign written out."""
    return text if _PLAIN.fullmatch(text) else quote(_ESCAPED.sub(_one_escape, text), safe=_ALLOWED)


def _one_escape(found: re.Match[str]) -> str:
    if found[1] is None:
        return "%25"
    byte = int(found[1], 16)
    return chr(byte) if byte in _UNRESERVED else f"%{byte:02X}"


def _comparable_path(path: str) -> str:
    kept: list[str] = []
    for segment in _escape(path).split("/")[1:]:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    return "".join(f"/{segment}" for segment in kept).rstrip("/")


def _comparable_query(query: str) -> str | None:
    pieces = [piece for piece in _escape(query).split("&") if piece and not _is_tracking(piece)]
    # Sorted by name only: a repeated name may be a list whose order means something.
    return "&".join(sorted(pieces, key=lambda piece: piece.partition("=")[0])) or None


def _is_tracking(piece: str) -> bool:
    name = piece.partition("=")[0].lower()
    return name in _TRACKING or name.startswith(_TRACKING_PREFIXES)


def _comparable_fragment(fragment: str) -> str | None:
    """Kept where it chooses a page (`#!/inbox`, `#/users/7`, `#gid=3`), dropped where it scrolls or tracks."""
    fragment = _escape(fragment.partition(":~:")[0])
    if not (fragment.startswith("!") or "/" in fragment or "=" in fragment):
        return None
    return "&".join(piece for piece in fragment.split("&") if not _is_tracking(piece)) or None
