"""Fetches a page and makes the copy of it."""

import re
from dataclasses import dataclass

from lxml import etree, html

from trackeep.bookmarks.metadata.charset import decode
from trackeep.bookmarks.snapshot.budget import MAX_COPY, MAX_ONE, Budget
from trackeep.bookmarks.snapshot.cleaning import clean
from trackeep.bookmarks.urls import has_credentials
from trackeep.core import ext
from trackeep.core.fetch import FetchFailed, FetchRefused

PAGES = frozenset({"text/html", "application/xhtml+xml"})
DEEPEST = 1_500
MOST_ELEMENTS = 200_000
MOST_ATTRIBUTES = 5_000
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*+)")
# These end without an end tag, so they say nothing of how deep a page is nested.
_FLAT = frozenset(
    "p li dt dd td th tr thead tbody tfoot option optgroup colgroup rp rt area base br col embed hr img input link "
    "meta param source track wbr html head body".split()
)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The file, how many things are in it, and how many could not be had."""

    content: bytes
    resources: int
    missing: int


def take(url: str) -> Snapshot:
    """Raises FetchError, also for what is no page or is built to keep the reader busy."""
    if has_credentials(url):
        raise FetchRefused("credentials", "The address contains a password, so the server does not visit it.")
    answer = ext.fetcher().get(url, max_bytes=MAX_ONE).require_ok()
    if answer.content_type not in PAGES:
        raise FetchRefused("no_page", "This is a file and not a page, so there is nothing to copy.")
    if answer.truncated:
        raise FetchRefused("too_large", "This page is larger than 5 MB, so it is not copied.")
    budget = Budget()
    content = copy_of(decode(answer.body, f"{answer.content_type}; charset={answer.charset or ''}"), answer.url, budget)
    return Snapshot(content, budget.kept, budget.missing)


def copy_of(markup: str, url: str, budget: Budget) -> bytes:
    """The page in one file. Raises FetchRefused for markup that no page for people has."""
    _refuse_mazes(markup)
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = html.document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise FetchFailed("no_page", "The page is empty.", retryable=False) from error
    clean(root, url, budget)
    content: bytes = html.tostring(root, encoding="utf-8", method="html", doctype="<!DOCTYPE html>")
    if len(content) > MAX_COPY:
        raise FetchRefused("too_large", "The copy of this page would be too large.")
    return content


def _refuse_mazes(markup: str) -> None:
    depth = deepest = count = attributes = 0
    behind = len(markup)
    for found in _TAG.finditer(markup):
        count += 1
        attributes = max(attributes, _assignments(markup, behind, found.start()))
        behind = found.end()
        if count > MOST_ELEMENTS:
            break
        if found[2].lower() not in _FLAT:
            depth = max(0, depth - 1) if found[1] else depth + 1
            deepest = max(deepest, depth)
    attributes = max(attributes, _assignments(markup, behind, len(markup)))
    if deepest > DEEPEST or count > MOST_ELEMENTS or attributes > MOST_ATTRIBUTES:
        raise FetchRefused("maze", "This page is nested far deeper than pages for people are, so it is not copied.")


def _assignments(markup: str, begin: int, end: int) -> int:
    """How many equal signs a tag has between its name and its end; looks no further than the next tag."""
    closed = markup.find(">", begin, end)
    return markup.count("=", begin, closed if closed >= 0 else end)
