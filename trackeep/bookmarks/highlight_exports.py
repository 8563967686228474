"""Highlights as Markdown that people keep, and as lines of JSON that lose nothing; both are written piece by piece."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime

import orjson

from trackeep.bookmarks import queries
from trackeep.bookmarks.highlights import HighlightFilters
from trackeep.bookmarks.queries import HighlightGroup, HighlightItem
from trackeep.core import clock
from trackeep.core.actor import Actor
from trackeep.core.i18n import gettext as _

FILE_TYPES = {"md": "text/markdown; charset=utf-8", "jsonl": "application/jsonl"}
# What would make a line of a quote or a title something else than text.
_SIGNS = re.compile(r"([\\`*_\[\]<>~|])")
_FIRST = re.compile(r"^(\s*)(#{1,6}(?=\s|$)|[-+=](?=\s|-|=|$)|>|\d{1,9}[.)](?=\s|$))")
_IN_ADDRESS = {"(": "%28", ")": "%29", "<": "%3C", ">": "%3E", " ": "%20", "\\": "%5C"}


def export(actor: Actor, filters: HighlightFilters, form: str) -> Iterator[bytes]:
    """What the filters let through, as ``md`` or ``jsonl``; raises NotFound for a space or a bookmark that the actor
    may not read before the first piece."""
    if filters.space_id is not None:
        actor.require_read(filters.space_id)
    if filters.bookmark_id is not None:
        queries.get_bookmark(actor, filters.bookmark_id)
    groups = queries.exported_highlights(actor, filters)
    if form == "jsonl":
        return json_lines(groups)
    return one_page(groups) if filters.bookmark_id is not None else all_pages(groups)


def file_name(form: str, filters: HighlightFilters) -> str:
    part = f"-{filters.bookmark_id}" if filters.bookmark_id is not None else ""
    return f"highlights{part}-{clock.now():%Y-%m-%d}.{form}"


def all_pages(groups: Iterable[HighlightGroup]) -> Iterator[bytes]:
    """A section for each page."""
    yield _front_matter({"title": str(_("Highlights")), "exported": _day(clock.now())}).encode()
    yield f"# {_line(str(_('Highlights')))}\n".encode()
    last = 0
    for group in groups:
        if group.page.bookmark_id != last:
            yield _heading(group).encode()
        last = group.page.bookmark_id
        yield from (_passage(item).encode() for item in group.items)


def one_page(groups: Iterable[HighlightGroup]) -> Iterator[bytes]:
    """With what is known of the page in front, as note programs read it."""
    is_first = True
    for group in groups:
        page = group.page
        if is_first:
            yield _front_matter(_about(group)).encode()
            yield f"# {_link(page)}\n".encode()
        is_first = False
        yield from (_passage(item).encode() for item in group.items)
    if is_first:
        yield _front_matter({"title": str(_("Highlights")), "exported": _day(clock.now())}).encode()


def json_lines(groups: Iterable[HighlightGroup]) -> Iterator[bytes]:
    for group in groups:
        for item in group.items:
            yield orjson.dumps(_shape(item, group), option=orjson.OPT_APPEND_NEWLINE)


def _front_matter(values: dict[str, object]) -> str:
    """A string of JSON is one of YAML as well, whatever is in it."""
    lines = [f"{name}: {orjson.dumps(value).decode()}" for name, value in values.items() if value]
    return "\n".join(["---", *lines, "---", "", ""])


def _about(group: HighlightGroup) -> dict[str, object]:
    page = group.page
    return {
        "title": page.page_title or page.page_url,
        "url": page.page_url,
        "author": page.page_author,
        "site": page.page_site,
        "published": _day(page.page_published_at) if page.page_published_at else "",
        "tags": [tag.name for tag in group.tags],
        "exported": _day(clock.now()),
    }


def _heading(group: HighlightGroup) -> str:
    page = group.page
    about = [page.page_author, page.page_site, _day(page.page_published_at) if page.page_published_at else ""]
    tags = " ".join(f"#{tag.name.replace(' ', '-')}" for tag in group.tags)
    line = " · ".join([_line(part) for part in about if part] + ([_line(tags)] if tags else []))
    return f"\n## {_link(page)}\n" + (f"\n{line}\n" if line else "")


def _link(page: HighlightItem) -> str:
    address = "".join(_IN_ADDRESS.get(sign, sign) for sign in page.page_url)
    return f"[{_line(page.page_title or page.page_url)}]({address})"


def _passage(item: HighlightItem) -> str:
    quote = "\n".join(f"> {_escaped(line)}".rstrip() for line in item.quote.splitlines())
    note = f"\n{item.note}\n" if item.note else ""
    return f"\n{quote}\n\n*{item.colour}, {_day(item.added_at)}*\n{note}"


def _line(text: str) -> str:
    return _escaped(" ".join(text.split()))


def _escaped(text: str) -> str:
    """The text as Markdown that shows it as it is."""
    return _FIRST.sub(_with_slash, _SIGNS.sub(r"\\\1", text))


def _with_slash(found: re.Match[str]) -> str:
    sign = found[2]
    return found[1] + (f"{sign[:-1]}\\{sign[-1]}" if sign[0].isdigit() else f"\\{sign}")


def _day(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d}"


def _shape(item: HighlightItem, group: HighlightGroup) -> dict[str, object]:
    return {
        "url": item.page_url,
        "title": item.page_title,
        "author": item.page_author,
        "quote": item.quote,
        "note": item.note,
        "colour": item.colour,
        "prefix": item.prefix,
        "suffix": item.suffix,
        "start": item.start,
        "end": item.end,
        "tags": [tag.name for tag in group.tags],
        "added_at": item.added_at,
        "updated_at": item.updated_at,
    }
