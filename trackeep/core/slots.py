"""What domains offer to gathering domains: ``provides.py`` lists frozen offers, the slots keep them by type."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from trackeep.core.actor import Actor
from trackeep.core.i18n import Text

Offer = TypeVar("Offer")


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A card on the home page: ``load`` returns what the template shows, or None to leave the card out."""

    name: str
    title: Text
    template: str
    load: Callable[[Actor], Mapping[str, object] | None]
    order: int = 100
    wide: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One hit in the palette or the search."""

    title: str
    url: str
    icon: str
    hint: str = ""
    object_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """Something the palette can do: open a place, or call a URL."""

    title: Text
    icon: str
    endpoint: str
    shortcut: str = ""
    admin_only: bool = False
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PaletteSource:
    """Finds a domain's things for the palette; ``recent`` is shown while the field is empty."""

    kind: str
    title: Text
    find: Callable[[Actor, str, int], Sequence[Found]]
    recent: Callable[[Actor, int], Sequence[Found]]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchSource:
    """How hits of one object kind are shown and opened."""

    kind: str
    title: Text
    icon: str
    load: Callable[[Actor, Sequence[int]], Mapping[int, Found]]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuickAdd:
    """Turns a line of text into a thing. ``matches`` returns how sure the domain is (0 to 1) that the text is its."""

    kind: str
    title: Text
    icon: str
    matches: Callable[[str], float]
    preview: Callable[[Actor, str], str]
    add: Callable[[Actor, int, str], Found]


@dataclass(frozen=True, slots=True, kw_only=True)
class NavCount:
    """A small number beside a navigation entry; ``endpoint`` is the entry's."""

    endpoint: str
    count: Callable[[Actor], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class SidebarSection:
    """Links a domain puts into the sidebar below the navigation, such as collections or pinned tags."""

    name: str
    title: Text
    template: str
    load: Callable[[Actor], Mapping[str, object] | None]
    order: int = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Trashed:
    """One row of the trash."""

    object_id: int
    title: str
    deleted_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TrashBin:
    """One object kind in the trash. The verbs take ids that the actor may write and answer the number of rows."""

    kind: str
    title: Text
    icon: str
    titles: Callable[[Actor, Sequence[int]], Mapping[int, str]]
    restore: Callable[[Actor, Sequence[int]], int]
    purge: Callable[[Actor, Sequence[int]], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exporter:
    """One member of the archive of everything a person owns: ``write`` yields the file's bytes."""

    name: str
    file_name: str
    write: Callable[[Actor], Iterable[bytes]]


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsPage:
    """A page in the settings menu."""

    title: Text
    icon: str
    endpoint: str
    order: int = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class AdminPage:
    """A page in the administrator's menu."""

    title: Text
    icon: str
    endpoint: str
    order: int = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """What a request shows of who it is. With a bearer token the cookie is never looked at."""

    cookie: str | None
    bearer: str | None
    address: str
    user_agent: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Authenticator:
    """Turns credentials into an actor; ANONYMOUS when they are missing or no longer good."""

    identify: Callable[[Credentials], Actor]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShellContext:
    """What every page's frame needs to know (the person, preferences, spaces); merged into the template context."""

    load: Callable[[Actor], Mapping[str, object]]


class Slots:
    """All offers of the domains that are switched on; filled once by the application's start."""

    def __init__(self) -> None:
        self._offers: list[object] = []

    def fill(self, offers: Iterable[object]) -> None:
        self._offers = list(offers)

    def each(self, kind: type[Offer]) -> Iterator[Offer]:
        return (offer for offer in self._offers if isinstance(offer, kind))


slots = Slots()
