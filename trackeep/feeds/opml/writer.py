"""OPML 2.0, with folders."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from html import escape


@dataclass(frozen=True, slots=True)
class Line:
    """A feed as it goes into the file."""

    url: str
    title: str
    site_url: str
    folders: tuple[str, ...]


def write_outline(lines: Iterable[Line], title: str, now: datetime) -> Iterator[str]:
    """Piece by piece; feeds of one folder stand together."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0">\n'
    yield f"<head><title>{escape(title)}</title><dateCreated>{format_datetime(now)}</dateCreated></head>\n<body>\n"
    opened: tuple[str, ...] = ()
    for line in sorted(lines, key=lambda each: each.folders):
        shared = _shared(opened, line.folders)
        yield "</outline>\n" * (len(opened) - shared)
        for name in line.folders[shared:]:
            yield f'<outline text="{_text(name)}" title="{_text(name)}">\n'
        opened = line.folders
        yield _outline(line)
    yield "</outline>\n" * len(opened)
    yield "</body>\n</opml>\n"


def _outline(line: Line) -> str:
    site = f' htmlUrl="{_text(line.site_url)}"' if line.site_url else ""
    title, url = _text(line.title), _text(line.url)
    return f'<outline type="rss" text="{title}" title="{title}" xmlUrl="{url}"{site}/>\n'


def _shared(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    """How many names both begin with."""
    count = 0
    for first, second in zip(one, other, strict=False):
        if first != second:
            break
        count += 1
    return count


def _text(text: str) -> str:
    return escape(" ".join(text.split()))
