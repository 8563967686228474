"""Believable exports of every product, of any size, for measuring."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime

from tests.bookmarks.browser_export import address_of, browser_export
from trackeep.bookmarks.drafts import Quote
from trackeep.bookmarks.formats import Row, netscape
from trackeep.bookmarks.formats.own import cells, lines, markdown

START = 1_500_000_000
FOLDERS = ("Reading", "Recipes", "Work/Projects", "Travel", "Music/Classical")
TAGS = ("python", "cooking", "long reads", "maps", "history")
NOTE = "Why this page is worth keeping, in a sentence or two that somebody wrote one evening. " * 2


def moment(number: int) -> str:
    return datetime.fromtimestamp(START + number, UTC).isoformat()


def pocket(size: int) -> bytes:
    return _table(
        "title,url,time_added,tags,status",
        (
            (f"Page {n}", address_of(n), START + n, "|".join(_tags(n)), "archive" if n % 3 else "unread")
            for n in range(size)
        ),
    )


def raindrop(size: int) -> bytes:
    return _table(
        "id,title,note,excerpt,url,folder,tags,created,cover,highlights,favorite",
        (
            (
                n,
                f"Page {n}",
                NOTE,
                NOTE,
                address_of(n),
                _folder(n),
                ", ".join(_tags(n)),
                moment(n),
                "",
                "A passage",
                "false",
            )
            for n in range(size)
        ),
    )


def instapaper(size: int) -> bytes:
    return _table(
        "URL,Title,Selection,Folder,Timestamp,Tags",
        ((address_of(n), f"Page {n}", "", _folder(n), START + n, json.dumps(_tags(n))) for n in range(size)),
    )


def matter(size: int) -> bytes:
    return _table(
        "Title,Author,Publisher,URL,Tags,Word Count,In Queue,Favorited,Read,Highlight_Count,Last Interaction Date",
        (
            (
                f"Page {n}",
                "An Author",
                "",
                address_of(n),
                ";".join(_tags(n)),
                900,
                "True",
                "False",
                "False",
                0,
                moment(n),
            )
            for n in range(size)
        ),
    )


def readwise(size: int) -> bytes:
    return _table(
        "Title,URL,ID,Document tags,Saved date,Reading progress,Location,Seen",
        ((f"Page {n}", address_of(n), n, ", ".join(_tags(n)), moment(n), "0.5", "later", "True") for n in range(size)),
    )


def onetab(size: int) -> bytes:
    return "\n".join(f"{address_of(n)} | Page {n}{chr(10) if n % 20 == 0 else ''}" for n in range(size)).encode()


def omnivore(size: int) -> bytes:
    items = [
        {
            "slug": f"page-{n}",
            "title": f"Page {n}",
            "url": address_of(n),
            "description": NOTE,
            "state": "Active",
            "labels": _tags(n),
            "savedAt": moment(n),
        }
        for n in range(size)
    ]
    return json.dumps(items).encode()


def karakeep(size: int) -> bytes:
    lists = [{"id": f"l{n}", "name": name, "type": "manual", "parentId": None} for n, name in enumerate(FOLDERS)]
    bookmarks = [
        {
            "createdAt": START + n,
            "title": f"Page {n}",
            "tags": _tags(n),
            "lists": [f"l{n % 5}", f"l{(n + 1) % 5}"],
            "content": {"type": "link", "url": address_of(n)},
            "note": NOTE,
            "archived": False,
        }
        for n in range(size)
    ]
    return json.dumps({"bookmarks": bookmarks, "lists": lists}).encode()


def linkwarden(size: int) -> bytes:
    collections = [
        {
            "id": place,
            "name": name,
            "parentId": None,
            "links": [
                {
                    "name": f"Page {n}",
                    "url": address_of(n),
                    "description": NOTE,
                    "tags": [{"name": tag} for tag in _tags(n)],
                    "createdAt": moment(n),
                }
                for n in range(place, size, 5)
            ],
        }
        for place, name in enumerate(FOLDERS)
    ]
    return json.dumps({"id": 1, "collections": collections}).encode()


def own_rows(size: int) -> Iterable[Row]:
    """In the order of their folders, as an export has them."""
    for n in sorted(range(size), key=lambda number: number % 5):
        yield Row(
            number=n + 1,
            url=address_of(n),
            title=f"Page {n}",
            description=NOTE,
            notes=NOTE,
            tags=tuple(_tags(n)),
            folders=tuple(_folder(n).split("/")),
            added=datetime.fromtimestamp(START + n, UTC),
            private=True,
            highlights=(Quote(text="A passage", note="A note"),),
        )


def _tags(number: int) -> list[str]:
    return [TAGS[number % 5], TAGS[number % 3]][: 1 + number % 2]


def _folder(number: int) -> str:
    return FOLDERS[number % 5]


def _table(header: str, rows: Iterable[Iterable[object]]) -> bytes:
    target = io.StringIO(newline="")
    writer = csv.writer(target)
    writer.writerow(header.split(","))
    writer.writerows(rows)
    return target.getvalue().encode()


EXPORTS: Mapping[str, Callable[[int], bytes]] = {
    "browser": lambda size: browser_export(size).bytes(),
    "pocket": pocket,
    "raindrop": raindrop,
    "instapaper": instapaper,
    "omnivore": omnivore,
    "karakeep": karakeep,
    "linkwarden": linkwarden,
    "matter": matter,
    "readwise": readwise,
    "onetab": onetab,
    "our HTML": lambda size: "".join(netscape.write(own_rows(size), "Bookmarks")).encode(),
    "our CSV": lambda size: b"".join(cells.write(own_rows(size))),
    "our JSON": lambda size: b"".join(lines.write_document(own_rows(size))),
    "our JSON lines": lambda size: b"".join(lines.write_lines(own_rows(size))),
    "our Markdown": lambda size: b"".join(markdown.write(own_rows(size), "Bookmarks")),
}
