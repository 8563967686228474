"""Puts together what a page says about itself in its several vocabularies."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import StrEnum
from urllib.parse import unquote, urljoin, urlsplit

from trackeep.bookmarks.metadata import icons, linked_data
from trackeep.bookmarks.metadata.charset import decode
from trackeep.bookmarks.metadata.length import words_and_minutes
from trackeep.bookmarks.metadata.markup import Markup, scan
from trackeep.bookmarks.urls import MAX_LENGTH, clean_url, site_of

MAX_BYTES = 5 * 1024 * 1024
MAX_TITLE = 1_000
MAX_DESCRIPTION = 5_000
MAX_NAME = 300

_CONTROL = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")


class Kind(StrEnum):
    """What was fetched, judged by its first bytes where the server doesn't say."""

    PAGE = "page"
    TEXT = "text"
    PDF = "pdf"
    IMAGE = "image"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """'' or None where nothing is known; addresses are absolute, checked http(s) ones. A page without a title has its
    address's last part as one, and is not ``titled``."""

    kind: Kind
    title: str
    site_name: str
    titled: bool = True
    description: str = ""
    author: str = ""
    published: datetime | None = None
    canonical_url: str = ""
    favicon_urls: tuple[str, ...] = ()
    preview_image_url: str = ""
    language: str = ""
    word_count: int = 0
    reading_minutes: int = 0


def extract(body: bytes, content_type: str, url: str) -> PageMetadata:
    """Never raises, whatever the page is; looks at the first 5 MiB. `url` is where the body finally came from."""
    body = body[:MAX_BYTES]
    kind = _kind(body, content_type)
    if kind is Kind.PAGE:
        return _of_page(scan(decode(body, content_type)), url)
    words, minutes, title = 0, 0, _file_name(url)
    if kind is Kind.TEXT:
        text = decode(body, content_type)
        words, minutes = words_and_minutes(text)
        title = _line(text.lstrip()[:MAX_NAME].partition("\n")[0].lstrip("# "), MAX_NAME) or title
    return PageMetadata(
        kind,
        title=title,
        site_name=site_of(url),
        favicon_urls=_absolute(["/favicon.ico"], url),
        preview_image_url=url if kind is Kind.IMAGE else "",
        word_count=words,
        reading_minutes=minutes,
    )


_MAGIC = (
    (b"%PDF-", Kind.PDF),
    (b"\x89PNG\r\n", Kind.IMAGE),
    (b"GIF8", Kind.IMAGE),
    (b"\xff\xd8\xff", Kind.IMAGE),
    (b"<!doctype html", Kind.PAGE),
    (b"<html", Kind.PAGE),
    (b"<head", Kind.PAGE),
)


def _kind(body: bytes, content_type: str) -> Kind:
    named = content_type.partition(";")[0].strip().lower()
    if named in ("text/html", "application/xhtml+xml"):
        return Kind.PAGE
    if named == "application/pdf":
        return Kind.PDF
    if named.startswith("image/"):
        return Kind.IMAGE
    if named in ("text/plain", "text/markdown"):
        return Kind.TEXT
    if named and named != "application/octet-stream":
        return Kind.OTHER
    start = body[:1_024].lstrip(b"\xef\xbb\xbf \t\r\n")
    return next((kind for mark, kind in _MAGIC if start.lower().startswith(mark.lower())), Kind.OTHER)


def _of_page(markup: Markup, url: str) -> PageMetadata:
    said = _Said(markup)
    linked = linked_data.read(markup.linked_data)
    base = _joined(url, markup.base.get("href", "")) or url
    words, minutes = words_and_minutes(markup.text)
    title = _first(MAX_TITLE, *said.all("og:title twitter:title"), linked.headline, markup.title, markup.heading)
    pictures = said.all("og:image:secure_url og:image og:image:url twitter:image twitter:image:src")
    return PageMetadata(
        Kind.PAGE,
        title=title or _file_name(url),
        titled=bool(title),
        site_name=_first(MAX_NAME, *said.all("og:site_name application-name"), linked.publisher) or site_of(url),
        description=_first(
            MAX_DESCRIPTION, *said.all("og:description description twitter:description"), linked.description
        ),
        author=_author(*said.all("author article:author dc.creator"), linked.author, *said.all("twitter:creator")),
        published=_moment(
            *said.all("article:published_time"), linked.published, *said.all("date dc.date dcterms.created pubdate")
        ),
        canonical_url=_one(_absolute([said.link("canonical"), *said.all("og:url")], base)),
        favicon_urls=_absolute([*icons.ranked(markup.links), "/favicon.ico"], base),
        preview_image_url=_one(_absolute([*pictures, linked.image, said.link("image_src")], base)),
        language=_language(markup.html.get("lang", ""), *said.all("og:locale"), linked.language),
        word_count=words,
        reading_minutes=minutes,
    )


class _Said:
    """The <meta> and <link> tags by their names; of repeated ones the first with a value counts."""

    def __init__(self, markup: Markup) -> None:
        self._metas: dict[str, str] = {}
        self._links: dict[str, str] = {}
        for meta in markup.metas:
            if content := meta.get("content", "").strip():
                for name in {meta.get("property", ""), meta.get("name", ""), meta.get("itemprop", "")}:
                    self._metas.setdefault(name.strip().lower(), content)
        for link in markup.links:
            for kind in link.get("rel", "").lower().split():
                self._links.setdefault(kind, link.get("href", ""))

    def all(self, names: str) -> list[str]:
        """The values of these names, in their order."""
        return [self._metas[name] for name in names.split() if name in self._metas]

    def link(self, kind: str) -> str:
        return self._links.get(kind, "")


def _first(longest: int, *texts: str) -> str:
    return next(filter(None, (_line(text, longest) for text in texts)), "")


def _line(text: str, longest: int) -> str:
    # Cut generously first, so that a value of megabytes is not worked on in full.
    line = " ".join(_CONTROL.sub(" ", text[: longest * 4]).split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def _author(*names: str) -> str:
    """A person's name; addresses of profile pages, which some sites put there, are none."""
    return _first(MAX_NAME, *(name for name in names if not name.lower().startswith(("http://", "https://"))))


def _moment(*texts: str) -> datetime | None:
    return next(filter(None, (_one_moment(text.strip()[:64]) for text in texts)), None)


def _one_moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        try:
            moment = parsedate_to_datetime(text)
        except (ValueError, OverflowError):
            return None
    if not 1900 <= moment.year <= 2100:
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _language(*names: str) -> str:
    tidy = (name.strip().replace("_", "-") for name in names)
    return next((name for name in tidy if _LANGUAGE.fullmatch(name)), "")


def _one(addresses: tuple[str, ...]) -> str:
    return addresses[0] if addresses else ""


def _absolute(references: list[str], base: str) -> tuple[str, ...]:
    """The addresses that may be fetched, each once; embedded data and other schemes are left out."""
    return tuple(dict.fromkeys(filter(None, (_joined(base, reference) for reference in references))))


def _joined(base: str, reference: str) -> str:
    reference = reference.strip()
    if not reference or len(reference) > MAX_LENGTH:
        return ""
    try:
        return clean_url(urljoin(base, reference))
    except ValueError:
        return ""


def _file_name(url: str) -> str:
    """The last part of the address in readable form, or the site where there is none."""
    try:
        path = urlsplit(url).path
    except ValueError:
        return ""
    return _line(unquote(path.rstrip("/").rpartition("/")[2]), MAX_NAME) or site_of(url)
