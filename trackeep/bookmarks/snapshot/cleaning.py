"""Takes out of a page's tree whatever acts, asks or leads elsewhere by itself, and puts in what it refers to.

What shows the copy does not rely on this: its frame is a sandbox, and its policy forbids scripts and every request."""

import re
import time

from lxml import etree
from lxml.html import HtmlElement

from trackeep.bookmarks.snapshot.budget import Budget
from trackeep.bookmarks.snapshot.styles import absolute, inlined, whole
from trackeep.core.fetch import FetchRefused

POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; font-src data:; form-action 'none'"
REMOVED = frozenset(
    "script iframe frame frameset object applet portal fencedframe base template noembed noframes meta xmp "
    "plaintext listing animate animatemotion animatetransform set discard foreignobject handler "
    "listener isindex dialog".split()
)
# This parser lets some elements hold what stands behind them; what a page shows without scripts stays too.
UNWRAPPED = frozenset({"embed", "source", "track", "param", "bgsound", "keygen", "noscript"})
LAZY = ("data-src", "data-lazy-src", "data-original", "data-srcset")
# Where these stand, an address is only shown when somebody follows it.
LINKS = frozenset({"a", "area"})
KEPT_SCHEMES = ("http://", "https://", "mailto:", "#")
UNWANTED = frozenset(
    "srcdoc ping action formaction method manifest codebase classid data archive longdesc cite profile nonce integrity "
    "crossorigin srcset imagesrcset sizes autofocus autoplay is loading fetchpriority referrerpolicy usemap dynsrc "
    "lowsrc target download contenteditable popover popovertarget command commandfor attributionsrc".split()
)
MOST_ATTRIBUTES = 100
"""More has no element that is made for people; taking out one of many means looking at all."""
WORK_SECONDS = 30.0
"""So long the work on the tree may take beside what is fetched for it."""
_NAME = re.compile(r"[a-z][a-z0-9_:.-]*", re.IGNORECASE)


def clean(root: HtmlElement, base: str, budget: Budget) -> None:
    """Change the tree in place; ``base`` is the page's own address. Raises FetchRefused for a page that takes longer
    than any that is made for people."""
    ends = max(time.monotonic(), budget.ends) + WORK_SECONDS
    base = _base_of(root, base)
    # All of a kind in one pass: taken out one by one, the text between them would be copied together again each time.
    etree.strip_elements(root, etree.Comment, etree.PI, *REMOVED, with_tail=False)
    etree.strip_tags(root, *UNWRAPPED)
    for element in list(root.iter()):
        if time.monotonic() > ends:
            raise FetchRefused("maze", "This page is so entangled that copying it would take too long.")
        if not isinstance(element.tag, str):
            continue
        name = element.tag.lower()
        if name == "link":
            _become_sheet(element, base, budget)
        else:
            _clean_one(element, name, base, budget)
    etree.strip_tags(root, "link")
    _add_head(root)


def _base_of(root: HtmlElement, base: str) -> str:
    found = next(root.iter("base"), None)
    if found is None:
        return base
    return absolute(found.get("href", ""), base) or base


def _become_sheet(link: HtmlElement, base: str, budget: Budget) -> None:
    """A style sheet takes the place of the link to it; every other link stays to be taken out."""
    rel = link.get("rel", "").lower().split()
    address = absolute(link.get("href", ""), base)
    is_sheet = "stylesheet" in rel and "alternate" not in rel and "disabled" not in link.attrib
    found = budget.sheet(address) if is_sheet and address else None
    if found is None:
        return
    media = link.get("media", "")
    link.clear(keep_tail=True)
    link.tag = "style"
    if media:
        link.set("media", media[:200])
    link.text = inlined(found[0], found[1], budget)


def _clean_one(element: HtmlElement, name: str, base: str, budget: Budget) -> None:
    if len(element.attrib) > MOST_ATTRIBUTES:
        element.attrib.clear()
    source = _picture_of(element, name)
    for key in list(element.attrib):
        plain = key.lower().rpartition("}")[2]
        if not _NAME.fullmatch(plain) or plain.startswith("on") or plain in UNWANTED or plain in LAZY:
            del element.attrib[key]
        elif plain in ("src", "poster", "background") or plain.rpartition(":")[2] == "href":
            _settle(element, key, plain, name, base, budget)
        elif plain == "style":
            element.set(key, inlined(element.get(key, ""), base, budget))
    if source:
        _put_in(element, name, absolute(source, base), source, budget)
    if name == "style":
        element.text = inlined("".join(element.itertext()), base, budget)
        for child in list(element):
            element.remove(child)


def _picture_of(element: HtmlElement, name: str) -> str:
    """The address of the picture that the element shows."""
    if name == "img" or (name == "input" and element.get("type", "").lower() == "image"):
        source: str = element.get("src", "").strip()
        lazy = next((element.get(key, "").split(",")[0].split(" ")[0] for key in LAZY if element.get(key)), "")
        return lazy if lazy and (not source or source.startswith("data:")) else source
    if name == "video":
        return str(element.get("poster", ""))
    if name == "image":
        return str(element.get("href", "") or element.get("xlink:href", ""))
    return str(element.get("background", ""))


def _settle(element: HtmlElement, key: str, plain: str, name: str, base: str, budget: Budget) -> None:
    """Keep an address that somebody may follow, as a whole one; one inside the page; none that is loaded."""
    value = element.get(key, "").strip()
    if plain.rpartition(":")[2] == "href" and value.startswith("#"):
        return
    del element.attrib[key]
    if name in LINKS and plain == "href":
        address = whole(value, base)
        if address.lower().startswith(KEPT_SCHEMES) and budget.put(address):
            element.set("href", address)
            element.set("rel", "noopener noreferrer")


def _put_in(element: HtmlElement, name: str, address: str, source: str, budget: Budget) -> None:
    data = source if source.lower().startswith("data:image/") else budget.data_url(address) if address else ""
    if not data:
        return
    if name == "video":
        element.set("poster", data)
    elif name in ("img", "input"):
        element.set("src", data)
    elif name == "image":
        element.set("href", data)
    elif '"' not in data and ")" not in data:
        own = element.get("style", "")
        element.set("style", f'background-image:url("{data}");{own}')


def _add_head(root: HtmlElement) -> None:
    """Its own policy goes with the file, wherever it is opened."""
    head = next(root.iter("head"), None)
    if head is None:
        head = etree.Element("head")
        root.insert(0, head)
    for number, attributes in enumerate(
        (
            {"charset": "utf-8"},
            {"http-equiv": "Content-Security-Policy", "content": POLICY},
            {"name": "referrer", "content": "no-referrer"},
            {"name": "viewport", "content": "width=device-width, initial-scale=1"},
        )
    ):
        head.insert(number, etree.Element("meta", attributes))
