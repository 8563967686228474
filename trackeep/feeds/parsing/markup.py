"""XML from strangers, made harmless and well-formed: bounded, without entities, damage mended as far as it can be."""

import re
from collections.abc import Iterator
from html.entities import html5

from lxml import etree

from trackeep.feeds.parsing.shapes import Problem, Unreadable

MAX_ELEMENTS = 100_000
MAX_NAMESPACES = 50
MAX_TEXT = 100_000
MAX_DATE = 100
MAX_ATTRIBUTE = 10_000
MAX_ATTRIBUTES = 200
MAX_MENDED = 200_000
PIECE = 64 * 1024

_ROOT = re.compile(r"<[A-Za-z_]")
_WEB_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_SECTION = re.compile(r"<!\[CDATA\[.*?(?:\]\]>|\Z)", re.DOTALL)
# All but XML's own five and numbers.
_REFERENCE = re.compile(
    r"&(?!(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});)(?:([A-Za-z][A-Za-z0-9]{0,31});)?"
)
_DATES = frozenset({"pubDate", "date", "published", "updated", "modified", "created", "issued", "lastBuildDate", "ttl"})
_ODD = re.compile(r"[^A-Za-z0-9_.-]")


def root_of(text: str, counted: frozenset[str], most: int) -> tuple[etree._Element, bool]:
    """The root element, and whether there was more than was read: at most ``most`` elements whose local name is among
    ``counted``. Raises Unreadable."""
    found = _ROOT.search(text)
    if found is None:
        raise Unreadable(Problem.NO_FEED if text.strip() else Problem.EMPTY)
    head = text[: found.start()]
    if "<!ENTITY" in head.upper():
        raise Unreadable(Problem.ENTITIES)
    if _WEB_PAGE.search(head) or _WEB_PAGE.match(text, found.start()):
        raise Unreadable(Problem.WEB_PAGE)
    # Whatever stands before the root (a doctype, a server's complaint) says nothing, and the encoding is known.
    root, cut = _read(_without_entities(text[found.start() :]), counted, most)
    _mend(root)
    return root, cut


def local_name(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _read(text: str, counted: frozenset[str], most: int) -> tuple[etree._Element, bool]:
    """Piece by piece, so that reading ends when there is enough; what is open then is closed."""
    parser = etree.XMLPullParser(
        ("start", "start-ns"),
        recover=True,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    body, elements, wanted, cut = text.encode(), 0, 0, False
    namespaces: set[tuple[str, str]] = set()
    try:
        for start in range(0, len(body), PIECE):
            parser.feed(body[start : start + PIECE])
            for event, found in parser.read_events():
                if event == "start-ns":
                    namespaces.add(found)
                    continue
                elements += 1
                wanted += local_name(found) in counted
            if len(namespaces) > MAX_NAMESPACES:
                raise Unreadable(Problem.TOO_HARD)
            if wanted > most or elements > MAX_ELEMENTS:
                cut = True
                break
        root = parser.close()
    except Unreadable:
        raise
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable(Problem.DAMAGED) from error
    if root is None:
        raise Unreadable(Problem.DAMAGED)
    return root, cut


def _without_entities(text: str) -> str:
    """Every reference that is left is one of XML's own five or a number, so that nothing can be defined to grow."""
    mended, left = [], MAX_MENDED
    for piece, is_section in _pieces(text):
        plain, count = (piece, 0) if is_section else _REFERENCE.subn(_plain, piece, count=left)
        mended.append(plain)
        left -= count
        if left <= 0:
            raise Unreadable(Problem.DAMAGED)
    return "".join(mended)


def _pieces(text: str) -> Iterator[tuple[str, bool]]:
    end = 0
    for section in _SECTION.finditer(text):
        yield text[end : section.start()], False
        yield section[0], True
        end = section.end()
    yield text[end:], False


def _plain(found: re.Match[str]) -> str:
    name = found[1]
    letters = html5.get(f"{name};") if name else None
    if letters is None:
        return f"&amp;{found[0][1:]}"
    return "".join(f"&#{ord(letter)};" for letter in letters)


def _mend(root: etree._Element) -> None:
    """Prefixes that nobody declared become part of plain names, and what is longer than anything meant is cut."""
    for element in root.iter(etree.Element):
        name = local_name(element)
        if ":" in name:
            element.tag = _ODD.sub("-", name)
        longest = MAX_DATE if name in _DATES else MAX_TEXT
        if element.text and len(element.text) > longest:
            element.text = element.text[:longest]
        if element.tail and len(element.tail) > MAX_TEXT:
            element.tail = element.tail[:MAX_TEXT]
        if len(element.attrib) > MAX_ATTRIBUTES:
            raise Unreadable(Problem.DAMAGED)
        for key, value in element.attrib.items():
            if len(value) > MAX_ATTRIBUTE or ":" in str(key).rpartition("}")[2]:
                del element.attrib[key]
