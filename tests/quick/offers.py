"""Things that a make-believe domain offers to the palette and to quick add."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from trackeep.core.actor import Actor
from trackeep.core.errors import Invalid
from trackeep.core.slots import Action, Found, PaletteSource, QuickAdd

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
TITLES = ("Trash talk", "A page about cats", "Zebra")
made: list[tuple[int | None, int, str]] = []


def thing(title: str, days_ago: int) -> Found:
    happened = NOW - timedelta(days=days_ago)
    return Found(title=title, url=f"/things/{days_ago}", icon="bookmark", object_id=days_ago, happened=happened)


def find(_actor: Actor, text: str, limit: int) -> Sequence[Found]:
    return [thing(title, age) for age, title in enumerate(TITLES) if text.lower() in title.lower()][:limit]


def recent(_actor: Actor, limit: int) -> Sequence[Found]:
    return [thing(title, age) for age, title in enumerate(TITLES)][:limit]


def add(actor: Actor, space_id: int, text: str) -> Found:
    if text == "refused":
        raise Invalid(fields={"text": ["Not this one."]})
    made.append((actor.user_id, space_id, text))
    return Found(title=text, url="/things/9", icon="bookmark", kind="bookmark", object_id=9)


SOURCE = PaletteSource(kind="bookmark", title="Bookmark", find=find, recent=recent, domain="bookmarks")
OLDER = PaletteSource(
    kind="note", title="Note", find=lambda *_: [], recent=lambda *_: [thing("An older note", 1)], domain="notes"
)
LINK = QuickAdd(
    kind="bookmark", title="Bookmark", icon="bookmark", matches=lambda text: 0.9 if text.startswith("http") else 0.1,
    preview=lambda _actor, text: f"Save {text}", add=add, domain="bookmarks",
    deed="Save this page",
)  # fmt: skip
TASK = QuickAdd(
    kind="task", title="Task", icon="checkbox", matches=lambda text: 0.5 if "\n" not in text else 0.0,
    preview=lambda _actor, text: f"To do: {text}", add=add, domain="tasks",
)  # fmt: skip
ACTION = Action(title="New page", icon="plus", endpoint="quick.show_quick_add", values={"text": "x"}, keywords=("zap",))
ADMIN_ACTION = Action(title="Wipe the disk", icon="trash", endpoint="home.show_home", admin_only=True)
