"""Fetches a page with its icon and picture and says what was found; only jobs import this module."""

from collections.abc import Sequence
from dataclasses import dataclass

from trackeep.bookmarks.articles.sources import PageSource, can_be_read, pack
from trackeep.bookmarks.metadata import PageMetadata, extract
from trackeep.bookmarks.urls import has_credentials
from trackeep.core import ext, images
from trackeep.core.fetch import Fetched, FetchError, FetchFailed, FetchRefused
from trackeep.core.images import ImageRefused, Picture

FAVICON_SIDE = 64
PREVIEW_WIDTH, PREVIEW_HEIGHT = 640, 360
MAX_FAVICONS = 3
MAX_IMAGE_BYTES = 5 * 1024 * 1024
SMALLEST_PREVIEW = 100


@dataclass(frozen=True, slots=True)
class PageFound:
    """What is kept of a page: its own words, the keys of its pictures and its source, which are stored already. There
    is no source where nothing can be read, as in a picture. ``final_url`` is where the page was found in the end."""

    page: PageMetadata
    favicon_key: str | None
    preview_key: str | None
    source: PageSource | None = None
    final_url: str = ""


def fetch_page(url: str, *, known_favicon: str | None) -> PageFound:
    """Raises FetchError. Pictures that cannot be had are left out: they are no reason to fail."""
    if has_credentials(url):
        raise FetchRefused("credentials", "The address contains a password, so the server does not visit it.")
    answer = ext.fetcher().get(url).require_ok()
    page = extract(answer.body, answer.content_type, answer.url)
    if answer.truncated and not page.titled:
        raise FetchFailed("endless", "The page does not end, and what was read of it has no title.", retryable=False)
    favicon_key = known_favicon or _favicon(page.favicon_urls)
    return PageFound(page, favicon_key, _preview(page.preview_image_url), _source(answer), answer.url)


def _source(answer: Fetched) -> PageSource | None:
    named = answer.headers.get("content-type") or answer.content_type
    if not can_be_read(named):
        return None
    return PageSource(ext.blobs().put_bytes(pack(answer.body)), answer.url, named)


def _favicon(urls: Sequence[str]) -> str | None:
    for url in urls[:MAX_FAVICONS]:
        picture = _picture(url, width=FAVICON_SIDE, height=FAVICON_SIDE)
        if picture is not None:
            return ext.blobs().put_bytes(picture.data)
    return None


def _preview(url: str) -> str | None:
    picture = _picture(url, width=PREVIEW_WIDTH, height=PREVIEW_HEIGHT) if url else None
    if picture is None or picture.width < SMALLEST_PREVIEW:
        return None
    return ext.blobs().put_bytes(picture.data)


def _picture(url: str, *, width: int, height: int) -> Picture | None:
    try:
        answer = ext.fetcher().get(url, max_bytes=MAX_IMAGE_BYTES).require_ok()
        return images.fit(answer.body, width=width, height=height)
    except (FetchError, ImageRefused):
        return None
