"""What may stay of an article's HTML: an allow list of marks, absolute links, pictures as numbered places."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from urllib.parse import urljoin, urlsplit

import nh3
from lxml import etree, html

from trackeep.bookmarks.articles.pictures import MOST
from trackeep.bookmarks.articles.plain import parsed, plain_text

MAX_DEPTH = 80
"""What is nested deeper is no text's shape; the sanitiser would take long over it, and browsers as well."""
MAX_ADDRESS = 8_000

TAGS = frozenset(
    "a abbr b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption figure "
    "h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q rp rt ruby s samp section small span strong sub summary sup "
    "table tbody td tfoot th thead time tr u ul var wbr".split()
)
DROPPED = frozenset(
    "script style iframe noscript template textarea select option button svg math object embed audio video canvas form "
    "input head title".split()
)
ATTRIBUTES = {
    "*": {"dir", "lang"},
    "a": {"href", "title"},
    "abbr": {"title"},
    "code": {"class"},
    "img": {"src", "alt", "title"},
    "ol": {"start", "reversed"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "time": {"datetime"},
}
SCHEMES = frozenset({"http", "https", "mailto", "picture"})
_VALUES = {
    "dir": re.compile(r"ltr|rtl|auto"),
    "lang": re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}"),
    "start": re.compile(r"-?[0-9]{1,6}"),
    "colspan": re.compile(r"[0-9]{1,2}"),
    "rowspan": re.compile(r"[0-9]{1,3}"),
    "scope": re.compile(r"row|col|rowgroup|colgroup"),
    "datetime": re.compile(r"[0-9T:.Z+-]{4,40}"),
    "src": re.compile(r"picture:[0-9]{1,3}"),
    "href": re.compile(r"(?:https?://|mailto:).{1,8000}", re.DOTALL | re.IGNORECASE),
}
_LANGUAGE_CLASS = re.compile(r"\blanguage-[\w+#-]{1,30}")
# Where pages keep the address of a picture that is to be loaded later.
_LAZY = ("data-src", "data-original", "data-lazy-src", "data-hi-res-src")
_SETS = ("data-srcset", "srcset")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """HTML that is safe to show, and the addresses of the pictures that its places ``picture:<number>`` stand for."""

    html: str
    pictures: tuple[str, ...]


def _checked(_tag: str, attribute: str, value: str) -> str | None:
    if attribute == "class":
        language = _LANGUAGE_CLASS.search(value[:500])
        return language[0] if language else None
    pattern = _VALUES.get(attribute)
    return value if pattern is None or pattern.fullmatch(value) else None


_CLEANER = nh3.Cleaner(
    tags=TAGS,
    clean_content_tags=DROPPED - {"head", "title", "input", "embed"},
    attributes=ATTRIBUTES,
    attribute_filter=_checked,
    url_schemes=SCHEMES,
    link_rel="nofollow noopener noreferrer",
)


def clean(markup: str, url: str, base: str = "", *, title: str = "") -> Cleaned:
    """``url`` is where the page came from, ``base`` what it says its links start from. A heading that only repeats the
    ``title`` goes: the reader shows it above."""
    if not markup.strip():
        return Cleaned("", ())
    root = parsed(markup)
    if _depth(root) > MAX_DEPTH:
        return Cleaned("".join(f"<p>{escape(line)}</p>" for line in plain_text(markup).split("\n")), ())
    for dropped in list(root.iter(*DROPPED)):
        dropped.drop_tree()
    _drop_repeated(root, title)
    start = _joined(url, base) or url
    pictures = _mark_pictures(root, start)
    for link in list(root.iter("a")):
        _set_link(link, start)
    for heading in root.iter("h1"):
        heading.tag = "h2"
    return Cleaned(_sanitised(etree.tostring(root, encoding="unicode", method="html")), pictures)


def _sanitised(markup: str) -> str:
    return _CLEANER.clean(markup).removeprefix("<div>").removesuffix("</div>").strip()


def _depth(root: html.HtmlElement) -> int:
    depth = deepest = 0
    for event, _element in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


def _drop_repeated(root: html.HtmlElement, title: str) -> None:
    heading = next(root.iter("h1", "h2"), None)
    if heading is None or not title:
        return
    words = _words(heading.text_content())
    if words and (words == _words(title) or (len(words) > 12 and _words(title).startswith(words))):
        heading.drop_tree()


def _words(text: str) -> str:
    return "".join(re.findall(r"\w+", text[:2_000].casefold()))


def _set_link(link: html.HtmlElement, start: str) -> None:
    """Absolute, or no link at all: one that jumps within the page would jump within ours."""
    reference = (link.get("href") or "").strip()
    address = reference if reference.lower().startswith("mailto:") else _joined(start, reference)
    if not address or reference.startswith("#"):
        link.drop_tag()
        return
    link.set("href", address)


def _mark_pictures(root: html.HtmlElement, start: str) -> tuple[str, ...]:
    numbers: dict[str, int] = {}
    for image in list(root.iter("img")):
        address = next(filter(None, (_joined(start, source) for source in _sources(image))), "")
        if not address or (address not in numbers and len(numbers) >= MOST):
            image.drop_tree()
            continue
        image.set("src", f"picture:{numbers.setdefault(address, len(numbers))}")
    return tuple(numbers)


def _sources(image: html.HtmlElement) -> Iterator[str]:
    """The best first. Of a set the last is usually the largest."""
    for name in _LAZY:
        yield image.get(name) or ""
    for name in _SETS:
        parts = (image.get(name) or "").rsplit(", ", 1)
        yield parts[-1].strip().split(" ")[0]
    yield image.get("src") or ""


def _joined(start: str, reference: str) -> str:
    """The absolute address on the web, or ''."""
    reference = reference.strip()
    if not reference or len(reference) > MAX_ADDRESS:
        return ""
    try:
        address = urljoin(start, reference)
        parts = urlsplit(address)
    except ValueError:
        return ""
    return address if parts.scheme in ("http", "https") and parts.netloc else ""
