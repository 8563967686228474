"""Rows of the list as HTML. The template draws each kind of row once (read or unread, with or without an icon ...) with
marked places, which every further row of the kind only fills in: a page would spend most of its time on rows."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from flask import current_app
from markupsafe import Markup, escape

from trackeep.bookmarks.views.rows import Row, TagChip
from trackeep.bookmarks.views.times import current_locale

BEGIN, END = "\x02", "\x03"
TEXTS = ("title", "label", "url", "site", "age", "day", "letter", "reason")
SAFE = ("id", "href", "moment", "favicon", "preview", "percent")
LABEL_LENGTH = 60
SHOWN_TAGS = {"list": 6, "cards": 4}
TEMPLATES = {"list": "bookmarks/row.html", "cards": "bookmarks/tile.html"}


class Kind(NamedTuple):
    """What decides the parts of a row. ``top`` is the deployment's sub-path, which stands in addresses of icons."""

    layout: str
    locale: str
    top: str
    oob: bool
    favicon: bool
    preview: bool
    tagged: bool
    unread: bool
    favourite: bool
    archived: bool
    pending: bool
    failed: bool
    broken: bool
    writable: bool
    percent: bool


def rows_html(rows: Sequence[Row], layout: str = "list", *, oob: bool = False) -> Markup:
    """The rows one behind the other; with ``oob`` htmx puts each in the place of the one with its id."""
    locale, top = current_locale(), str(current_app.config["APPLICATION_ROOT"])
    # What is filled in has been escaped, and the pattern is the template's.
    return Markup("".join(_filled(row, layout, locale, top, oob=oob) for row in rows))  # noqa: S704


def _filled(row: Row, layout: str, locale: str, top: str, *, oob: bool) -> str:
    kind = Kind(
        layout,
        locale,
        top,
        oob,
        bool(row.favicon),
        bool(row.preview),
        bool(row.tags),
        row.unread,
        row.favourite,
        row.archived,
        row.pending,
        row.failed,
        row.broken,
        row.writable,
        bool(row.percent),
    )
    values: dict[str, object] = {name: getattr(row, name) for name in SAFE}
    for name in TEXTS:
        values[name] = escape(row.title[:LABEL_LENGTH] if name == "label" else getattr(row, name))
    values["tags"] = "".join([_chip(tag) for tag in row.tags[: SHOWN_TAGS[layout]]])
    return _pattern(kind) % values


@lru_cache(maxsize=4_096)
def _pattern(kind: Kind) -> str:
    """The template's answer for rows of this kind, as a pattern for ``%``."""
    places = {name: Markup(BEGIN + name + END) for name in (*TEXTS, *SAFE, "tags")}  # noqa: S704 (fixed names)
    facts = kind._asdict()
    facts |= {"favicon": kind.favicon and places["favicon"], "preview": kind.preview and places["preview"]}
    facts |= {"percent": kind.percent and places["percent"]}
    facts |= {"tags": kind.tagged and places["tags"]}
    html = current_app.jinja_env.get_template(TEMPLATES[kind.layout]).render(row={**places, **facts}, oob=kind.oob)
    return html.replace("%", "%%").replace(BEGIN, "%(").replace(END, ")s")


@lru_cache(maxsize=4_096)
def _chip(tag: TagChip) -> str:
    return current_app.jinja_env.get_template("bookmarks/tag.html").render(tag=tag)
