"""Writes a bookmark file that browsers and other bookmark managers accept, and that our reader takes back whole."""

import html
from collections.abc import Iterable, Iterator
from datetime import datetime

from trackeep.bookmarks.formats.netscape.values import ARCHIVED_TAG, NOTES_END, NOTES_START
from trackeep.bookmarks.formats.rows import Root, Row

_HEAD = """<!DOCTYPE NETSCAPE-Bookmark-file-1>
<!-- This is an automatically generated file.
     It will be read and overwritten.
     DO NOT EDIT! -->
<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">
<TITLE>{title}</TITLE>
<H1>{title}</H1>
<DL><p>
"""
_ROOT_MARKS = {
    Root.NONE: "",
    Root.TOOLBAR: ' PERSONAL_TOOLBAR_FOLDER="true"',
    Root.UNFILED: ' UNFILED_BOOKMARKS_FOLDER="true"',
}


def write(rows: Iterable[Row], title: str) -> Iterator[str]:
    """Pieces of the file, to be encoded as UTF-8. Rows that follow each other in one folder share it, so rows sorted
    by `folders` give each folder once."""
    yield _HEAD.format(title=html.escape(title))
    open_folders: tuple[str, ...] = ()
    root = Root.NONE
    for row in rows:
        if (row.folders, row.root) != (open_folders, root):
            yield from _walk(open_folders, root, row)
            open_folders, root = row.folders, row.root
        yield _entry(row, "    " * (len(open_folders) + 1))
    yield from _close(len(open_folders), 0)
    yield "</DL><p>\n"


def _walk(here: tuple[str, ...], root: Root, row: Row) -> Iterator[str]:
    """Closes and opens folders from where the writer is to where the row belongs."""
    shared = 0
    while root == row.root and shared < min(len(here), len(row.folders)) and here[shared] == row.folders[shared]:
        shared += 1
    yield from _close(len(here), shared)
    for depth in range(shared, len(row.folders)):
        indent = "    " * (depth + 1)
        mark = _ROOT_MARKS[row.root] if depth == 0 else ""
        yield f"{indent}<DT><H3{mark}>{html.escape(row.folders[depth])}</H3>\n{indent}<DL><p>\n"


def _close(depth: int, down_to: int) -> Iterator[str]:
    for level in range(depth, down_to, -1):
        yield f"{'    ' * level}</DL><p>\n"


def _entry(row: Row, indent: str) -> str:
    marks = [f'HREF="{html.escape(row.url)}"', *_dates(row), *_flags(row)]
    line = f"{indent}<DT><A {' '.join(marks)}>{html.escape(row.title)}</A>\n"
    detail = _marked_as_text(row.description)
    if row.notes:
        detail += f"{NOTES_START}{_marked_as_text(row.notes)}{NOTES_END}"
    return f"{line}{indent}<DD>{detail}\n" if detail else line


def _dates(row: Row) -> Iterator[str]:
    for name, moment in (("ADD_DATE", row.added), ("LAST_MODIFIED", row.changed)):
        if moment is not None:
            yield f'{name}="{_seconds(moment)}"'


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())


def _flags(row: Row) -> Iterator[str]:
    if row.private is not None:
        yield f'PRIVATE="{int(row.private)}"'
    if row.unread:
        yield 'TOREAD="1"'
    if row.favourite:
        yield 'FAVORITE="1"'
    if row.keyword:
        yield f'SHORTCUTURL="{html.escape(row.keyword)}"'
    tags = (*row.tags, ARCHIVED_TAG) if row.archived else row.tags
    if tags:
        # A comma inside a name is escaped, which keeps the name whole for a reader that splits before it unescapes.
        yield f'TAGS="{",".join(html.escape(tag).replace(",", "&#44;") for tag in tags)}"'


def _marked_as_text(text: str) -> str:
    return html.escape(text).replace("[linkding", "&#91;linkding").replace("[/linkding", "&#91;/linkding")
