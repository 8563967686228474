"""Fetches a feed, or finds it from the page of its site; through the guarded fetch, bounded, and only if it changed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from email.utils import parsedate_to_datetime

from trackeep.core import clock, ext
from trackeep.core.fetch import Fetched, FetchError
from trackeep.core.i18n import Text
from trackeep.core.i18n import gettext as _
from trackeep.core.i18n import lazy_gettext as _l
from trackeep.feeds.isolating import read_apart
from trackeep.feeds.parsing import FeedLink, ParsedFeed, Problem, Unreadable, feed_links
from trackeep.feeds.remarks import PROBLEM_WORDS

MAX_BYTES = 5 * 1024 * 1024
ACCEPT = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"
NOT_MODIFIED, GONE = 304, 410
BUSY = frozenset({429, 503})
_MAX_AGE = re.compile(r"\bmax-age\s*=\s*\"?(\d{1,9})")
MAX_ETAG, MAX_MODIFIED = 1_000, 200


@dataclass(frozen=True, slots=True)
class Look:
    """One look at a feed. ``feed`` is None when it has not changed; ``pause`` is the seconds that headers and feed ask
    for; ``moved_to`` the address that its server says is the right one for good."""

    url: str
    feed: ParsedFeed | None
    etag: str = ""
    last_modified: str = ""
    pause: int = 0
    moved_to: str = ""
    links: tuple[FeedLink, ...] = ()


class Trouble(Exception):
    """There is nothing to be had. ``ended`` says that the publisher has ended the feed, ``wait`` the seconds after
    which the site wants to be asked again."""

    def __init__(self, reason: Text, *, ended: bool = False, wait: float = 0.0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.ended = ended
        self.wait = wait


def look(url: str, *, etag: str = "", last_modified: str = "") -> Look:
    """The feed at this address; raises Trouble."""
    answer = _answer(url, _conditions(etag, last_modified))
    if answer.status == NOT_MODIFIED:
        return Look(url, None, etag, last_modified, _max_age(answer.headers), answer.moved_to)
    try:
        feed = read_apart(answer.body, charset=answer.charset, url=answer.url, now=clock.now())
    except Unreadable as error:
        if error.problem is Problem.WEB_PAGE:
            raise _WebPage(answer) from error
        raise Trouble(PROBLEM_WORDS[error.problem]) from error
    return Look(
        url=url,
        feed=feed,
        etag=answer.headers.get("etag", "")[:MAX_ETAG],
        last_modified=answer.headers.get("last-modified", "")[:MAX_MODIFIED],
        pause=max(feed.pause, _max_age(answer.headers)),
        moved_to=answer.moved_to,
    )


def find(url: str) -> Look:
    """The feed at this address, or the first one that the page at it names, with all that it names; raises Trouble."""
    try:
        return look(url)
    except _WebPage as page:
        links = feed_links(page.answer.body, charset=page.answer.charset, url=page.answer.url)
        if not links:
            words = _l("The page at this address names no feed. Look for an RSS or Atom link on it.")
            raise Trouble(words) from page
    return replace(look(links[0].url), links=tuple(links))


class _WebPage(Trouble):
    """The answer is a page for people, which may name feeds."""

    def __init__(self, answer: Fetched) -> None:
        super().__init__(PROBLEM_WORDS[Problem.WEB_PAGE])
        self.answer = answer


def _answer(url: str, headers: Mapping[str, str]) -> Fetched:
    try:
        answer = ext.fetcher().get(url, headers={"accept": ACCEPT, **headers}, max_bytes=MAX_BYTES)
        if answer.status == GONE:
            raise Trouble(_l("Its publisher says that this feed has ended."), ended=True)
        if answer.status in BUSY:
            raise Trouble(_l("The site asks to come back later."), wait=_retry_after(answer.headers))
        return answer if answer.status == NOT_MODIFIED and len(headers) else answer.require_ok()
    except FetchError as error:
        raise Trouble(_(error.reason)) from error


def _conditions(etag: str, last_modified: str) -> dict[str, str]:
    given = {"if-none-match": etag, "if-modified-since": last_modified}
    return {name: value for name, value in given.items() if value and value.isprintable() and value.isascii()}


def _max_age(headers: Mapping[str, str]) -> int:
    control = headers.get("cache-control", "").lower()
    found = _MAX_AGE.search(control)
    return int(found[1]) if found and "no-cache" not in control and "no-store" not in control else 0


def _retry_after(headers: Mapping[str, str]) -> float:
    text = headers.get("retry-after", "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        return max(0.0, (parsedate_to_datetime(text) - clock.now()) / timedelta(seconds=1))
    except (TypeError, ValueError, OverflowError):
        return 0.0
