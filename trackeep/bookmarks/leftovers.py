"""What an import left out, as a file, so that nothing is lost."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import orjson

from trackeep.bookmarks.formats.own.escapes import escape
from trackeep.bookmarks.queries.imports import LeftOut
from trackeep.core.i18n import gettext as _

FILE_TYPES = {"md": "text/markdown; charset=utf-8", "json": "application/json"}
_SPECIAL = "[]<>*_`#"


def written(entries: Iterable[LeftOut], form: str) -> Iterator[bytes]:
    """As Markdown for people, or as one JSON document for programs."""
    return _markdown(entries) if form == "md" else _json(entries)


def file_name(import_id: int, form: str) -> str:
    return f"left-out-{import_id}.{form}"


def _json(entries: Iterable[LeftOut]) -> Iterator[bytes]:
    between = b"["
    for entry in entries:
        told = {"number": entry.number, "title": entry.title, "reasons": list(entry.notes), **entry.left}
        yield between + b"\n" + orjson.dumps(told)
        between = b","
    yield b"[]\n" if between == b"[" else b"\n]\n"


def _markdown(entries: Iterable[LeftOut]) -> Iterator[bytes]:
    yield f"# {_('Left out of the import')}\n".encode()
    for entry in entries:
        yield "".join(_entry(entry)).encode()


def _entry(entry: LeftOut) -> Iterator[str]:
    left = entry.left
    yield f"\n## {escape(entry.title or str(left.get('title', '')), _SPECIAL) or entry.number}\n\n"
    yield from (f"_{reason}_\n\n" for reason in entry.notes)
    yield from (f"- {name}: {value}\n" for name, value in _facts(left))
    yield from (f"\n{left[name]}\n" for name in ("description", "text") if left.get(name))
    for quote in left.get("highlights", ()):
        lines = "\n".join(f"> {line}" for line in str(quote).split("\n"))
        yield f"\n{lines}\n"


def _facts(left: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if left.get("url"):
        yield _("Address"), str(left["url"])
    if left.get("tags"):
        yield _("Tags"), ", ".join(left["tags"])
    if left.get("folders"):
        yield _("Folders"), ", ".join("/".join(path) for path in left["folders"])
    if left.get("added"):
        yield _("Added"), str(left["added"])
