"""Finds the article in the source of a page. Runs in a child process only: what it is given may be hostile.

The module is loaded without the application around it (see ``core/isolation``), so it imports little of ours.
"""

import re
from html import unescape
from typing import Any

from lxml import etree
from readability import Document
from readability.readability import Unparseable

from trackeep.bookmarks.articles.cleaning import Cleaned, clean
from trackeep.bookmarks.articles.plain import paragraphs, plain_text
from trackeep.bookmarks.metadata.length import words_and_minutes

FEWEST_LETTERS = 140
"""Less text than this is a page's frame, not an article."""
MAX_SOURCE = 8 * 1024 * 1024
MAX_HTML = 6 * 1024 * 1024
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,200}\?>")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_LETTERS = re.compile(r"[^\W\d_]")


class _Page(Document):  # type: ignore[misc]  # the library ships no types
    """Keeps short lists and tables, which the library takes for menus, unless they consist of links. Leaves the last
    tidying of attributes to the sanitiser: the library's own takes long over hostile ones."""

    def get_preserved_elements(self, node: Any) -> dict[Any, bool]:
        short = (element for element in node.iter("ul", "table") if self.get_link_density(element) == 0)
        return {**super().get_preserved_elements(node), **dict.fromkeys(short, True)}

    def get_clean_html(self) -> str:
        return str(etree.tostring(self._html(), encoding="unicode", method="html"))


def extract(source: str, url: str, is_plain: bool) -> dict[str, Any]:
    """The article as plain data: ``html`` with pictures as ``picture:<number>``, ``pictures`` with the address of
    each, ``text``, ``words``, ``minutes``, ``language``, ``direction``. Where there is none, ``lack`` says why."""
    if len(source) > MAX_SOURCE:
        return {"lack": "too_long"}
    source = _UNPRINTABLE.sub("", source)
    cleaned = Cleaned(paragraphs(source), ()) if is_plain else _of_page(source, url)
    if len(cleaned.html) > MAX_HTML:
        return {"lack": "too_long"}
    text = plain_text(cleaned.html)
    if len(text) < FEWEST_LETTERS:
        return {"lack": "no_text"}
    words, minutes = words_and_minutes(text)
    return {
        "lack": "",
        "html": cleaned.html,
        "text": text,
        "pictures": list(cleaned.pictures),
        "words": words,
        "minutes": minutes,
        "language": "" if is_plain else _language(source),
        "direction": direction_of(text),
    }


def direction_of(text: str) -> str:
    """By the letters: a page may say nothing about it, or what holds for its frame only."""
    letters = _LETTERS.findall(text[:20_000])
    turned = sum(1 for letter in letters if _RIGHT_TO_LEFT.match(letter))
    return "rtl" if turned * 2 > len(letters) else "ltr"


def _of_page(source: str, url: str) -> Cleaned:
    # A declaration of an encoding would be believed, though the source is decoded already.
    page = _Page(_DECLARATION.sub("", source) or " ")
    try:
        found = page.summary(html_partial=True, keep_all_images=True)
    except Unparseable as error:
        if "is empty" in str(error):
            return Cleaned("", ())
        raise
    return clean(found, url, _base(source), title=_title(source))


def _title(source: str) -> str:
    found = re.search(r"<title\b[^>]{0,200}>([^<]{1,1000})", source[:200_000], re.IGNORECASE)
    return unescape(found[1]) if found else ""


def _base(source: str) -> str:
    found = re.search(r"<base\b[^>]{0,300}?\bhref\s*=\s*[\"']?([^\"'\s>]{1,2000})", source[:100_000], re.IGNORECASE)
    return found[1] if found else ""


def _language(source: str) -> str:
    found = re.search(r"<html\b[^>]{0,1000}?\blang\s*=\s*[\"']?([A-Za-z0-9_-]{1,40})", source[:20_000], re.IGNORECASE)
    name = found[1].replace("_", "-") if found else ""
    return name[:20] if _LANGUAGE.fullmatch(name) else ""
