"""The places and actions that the palette offers to a person."""

from dataclasses import dataclass
from typing import Any

from flask import url_for

from trackeep.core.actor import Actor
from trackeep.core.slots import AdminPage, SettingsPage, slots
from trackeep.core.web.shell import actions, navigation


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere to go or something to do."""

    kind: str
    title: str
    url: str
    icon: str
    shortcut: str = ""
    keywords: tuple[str, ...] = ()


def places(actor: Actor) -> list[Place]:
    """Actions first, then the navigation, the settings and, for administrators, their pages; each place once."""
    found = [
        Place(
            "action",
            str(action.title),
            url_for(action.endpoint, **dict[str, Any](action.values)),
            action.icon,
            action.shortcut,
            tuple(str(word) for word in action.keywords),
        )
        for action in actions(actor)
    ]
    found += [Place("place", str(link.label), link.url, link.icon, link.shortcut) for link in navigation(actor)]
    pages: list[SettingsPage | AdminPage] = [*slots.ordered(SettingsPage)]
    if actor.is_admin and actor.scopes is None:
        pages += slots.ordered(AdminPage)
    found += [Place("page", str(page.title), url_for(page.endpoint), page.icon) for page in pages]
    once = {(place.title, place.url): place for place in reversed(found)}
    return list(reversed(once.values()))
