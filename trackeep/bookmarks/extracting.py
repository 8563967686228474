"""Finds the article in a stored source, in a child process, and fetches its pictures; only jobs import this module."""

import time
from collections.abc import Mapping
from functools import lru_cache

import structlog

from trackeep.bookmarks.articles.findings import FoundArticle, Lack, NoArticle, read_findings
from trackeep.bookmarks.articles.pictures import HEIGHT, MOST, WIDTH, KeptPicture
from trackeep.bookmarks.articles.sources import PageSource, can_be_read, is_plain, unpack
from trackeep.core import ext, images
from trackeep.core.fetch import FetchError
from trackeep.core.images import ImageRefused
from trackeep.core.isolation import ChildBroken, ChildFailed, ChildTooSlow, Isolated

log = structlog.get_logger(__name__)
DEADLINE_SECONDS = 20.0
MEMORY_MIB = 640
PICTURES_SECONDS = 60.0
MAX_PICTURE_BYTES = 5 * 1024 * 1024
SMALLEST_SIDE = 24
"""Smaller ones are dots that count visitors, or ornaments."""


@lru_cache(maxsize=1)
def extractor() -> Isolated:
    """One child for all jobs of this process."""
    name = "trackeep.bookmarks.articles.extraction:extract"
    return Isolated(name, deadline=DEADLINE_SECONDS, memory_mib=MEMORY_MIB)


def find_article(source: PageSource) -> FoundArticle:
    """Raises NoArticle."""
    if not can_be_read(source.content_type):
        raise NoArticle(Lack.NO_PAGE)
    try:
        text = unpack(ext.blobs().path(source.key).read_bytes(), source.content_type)
    except (OSError, ValueError) as error:
        raise NoArticle(Lack.LOST) from error
    try:
        return read_findings(extractor().call(text, source.url, is_plain(source.content_type)))
    except (ChildFailed, ChildTooSlow, ChildBroken) as error:
        log.warning("extraction_failed", url=source.url[:300], reason=str(error))
        raise NoArticle(Lack.TOO_HARD) from error


def fetch_pictures(urls: Mapping[int, str]) -> dict[int, KeptPicture]:
    """Those that can be had within a minute. They are drawn anew, and are served by us: a picture that stays with its
    site would tell it who reads what and when."""
    found: dict[int, KeptPicture] = {}
    ends = time.monotonic() + PICTURES_SECONDS
    for number, url in list(urls.items())[:MOST]:
        if time.monotonic() > ends:
            break
        picture = _picture(url)
        if picture is not None:
            found[number] = picture
    return found


def _picture(url: str) -> KeptPicture | None:
    try:
        answer = ext.fetcher().get(url, max_bytes=MAX_PICTURE_BYTES).require_ok()
        picture = images.fit(answer.body, width=WIDTH, height=HEIGHT)
    except (FetchError, ImageRefused):
        return None
    if min(picture.width, picture.height) < SMALLEST_SIDE:
        return None
    return KeptPicture(ext.blobs().put_bytes(picture.data), picture.width, picture.height)
