"""What domains offer to gathering domains: ``provides.py`` lists frozen offers, the slots keep them by type."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from trackeep.core.actor import Actor
from trackeep.core.i18n import Text

Offer = TypeVar("Offer")


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A card on the home page: ``load`` returns what the template shows as ``data``, or None to leave the card out.
    The template fills only the card's body; ``endpoint`` is where its 'See all' leads, ``wide`` takes a whole row."""

    name: str
    title: Text
    template: str
    load: Callable[[Actor], Mapping[str, object] | None]
    order: int = 100
    wide: bool = False
    icon: str = ""
    endpoint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Warmer:
    """Asks the queries whose answers a person's first pages need, so that they are kept by then."""

    load: Callable[[Actor], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstStep:
    """What a new person may do first, shown on an empty home page until ``done`` says that it has happened."""

    name: str
    title: Text
    text: Text
    icon: str
    endpoint: str
    done: Callable[[Actor], bool]
    order: int = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One hit in the palette or the search."""

    title: str
    url: str
    icon: str
    hint: str = ""
    object_id: int | None = None
    kind: str = ""
    favicon: str = ""
    happened: datetime | None = None  # orders what is recent across kinds
    existed: bool = False  # quick add found it there already


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """Something the palette can do: the page at ``endpoint`` with ``values`` in its address does it or asks for more.
    ``keywords`` are other words that people type for it."""

    title: Text
    icon: str
    endpoint: str
    shortcut: str = ""
    admin_only: bool = False
    keywords: tuple[Text, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaletteSource:
    """Finds a domain's things for the palette, best first; ``recent`` is shown while the field is empty. Both take
    the most that they may return. Of a token only the sources whose ``domain`` it may read are asked."""

    kind: str
    domain: str
    title: Text
    find: Callable[[Actor, str, int], Sequence[Found]]
    recent: Callable[[Actor, int], Sequence[Found]]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchSource:
    """How hits of one object kind are shown and opened. ``hidden`` are those of the ids that the actor does not see
    although they lie in a space that the actor may read; it works without a request."""

    kind: str
    title: Text
    icon: str
    load: Callable[[Actor, Sequence[int]], Mapping[int, Found]]
    hidden: Callable[[Actor, Sequence[int]], Collection[int]] = lambda _actor, _ids: ()


@dataclass(frozen=True, slots=True, kw_only=True)
class QuickAdd:
    """Turns a text into a thing. ``matches`` returns how sure the domain is (0 to 1) that the text is its, and sees at
    most the first 2,000 characters; ``preview`` is the sentence that says what will be made; ``add`` takes the actor,
    the space and the whole text, and raises Invalid with complaints about the field ``text``. ``deed`` is what the
    palette calls it, such as 'Save this page'. ``about`` are the words of a button that makes one which has to do with
    the thing on show, such as 'New task about this'; empty where that makes no sense. A token must be allowed to write
    the ``domain``."""

    kind: str
    domain: str
    title: Text
    icon: str
    matches: Callable[[str], float]
    preview: Callable[[Actor, str], str]
    add: Callable[[Actor, int, str], Found]
    deed: Text = ""
    about: Text = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectSection:
    """A part that stands in the details of any object, or only of those of some ``kinds``. ``endpoint`` takes
    ``object_id`` and answers with the part alone when a script asks, which happens once the details are on show; as a
    page where none runs."""

    name: str
    title: Text
    icon: str
    endpoint: str
    order: int = 100
    kinds: Callable[[], Collection[str]] | None = None


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
class ShareTarget:
    """The page that takes what other apps share with the installed app: ``title``, ``text`` and ``url`` in its address,
    each of which may be missing. It saves nothing by being opened."""

    endpoint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AppShortcut:
    """A page that the device offers at the icon of the installed app."""

    title: Text
    endpoint: str
    values: Mapping[str, str] = field(default_factory=dict)
    order: int = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class BrowserSearch:
    """A list that the browser's address bar can search: ``parameter`` of its address takes the words."""

    title: Text
    text: Text
    endpoint: str
    parameter: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trashed:
    """One row of the trash."""

    object_id: int
    kind: str
    title: str
    icon: str
    deleted_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TrashBin:
    """One object kind in the trash. The verbs take at most 500 ids of objects in spaces that the actor may write and
    answer how many they changed; they open their own unit of work. ``purge`` also runs as the system, when the days in
    the trash are over. ``titles`` is one query however many ids it gets. For a token there are only the kinds whose
    ``domain`` it may read or write."""

    kind: str
    domain: str
    title: Text
    icon: str
    titles: Callable[[Actor, Sequence[int]], Mapping[int, str]]
    restore: Callable[[Actor, Sequence[int]], int]
    purge: Callable[[Actor, Sequence[int]], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exporter:
    """One member of the archive of everything a person owns: ``write`` yields the file's bytes, and only of what the
    person owns (their profile, the content of their personal space). ``title`` says in words what it holds. A token
    takes an archive only if it may read the ``domain`` of every member."""

    name: str
    domain: str
    file_name: str
    write: Callable[[Actor], Iterable[bytes]]
    title: Text = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsPage:
    """A page in the settings menu."""

    title: Text
    icon: str
    endpoint: str
    order: int = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class AdminPage:
    """A page in the administrator's menu; ``text`` tells on the overview what it is for."""

    title: Text
    icon: str
    endpoint: str
    order: int = 100
    text: Text = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One line of an administrator's panel. ``state`` is good, warn or bad; empty for a plain figure."""

    term: Text
    value: Text
    state: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AdminPanel:
    """Figures on the administrator's overview; ``endpoint`` is the page that tells more."""

    name: str
    title: Text
    icon: str
    load: Callable[[Actor], Sequence[Fact]]
    endpoint: str = ""
    order: int = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Handle:
    """What a person is called: ``username`` behind an @, ``name`` on show. ``active`` is whether they may sign in."""

    username: str
    name: str
    active: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonNames:
    """Turns ids of people into names to show; ids that are unknown are left out. ``handles`` tells user names too, and
    is for who shares a space with them."""

    load: Callable[[Sequence[int]], Mapping[int, str]]
    handles: Callable[[Sequence[int]], Mapping[int, Handle]] = lambda _ids: {}


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorSource:
    """Builds the actor of a person for a job that acts for them; None when they are disabled or gone. ``named`` takes
    a user name or an e-mail address, for commands."""

    load: Callable[[int], Actor | None]
    named: Callable[[str], Actor | None] = lambda _login: None


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedSecrets:
    """Secrets that a domain keeps sealed: ``reseal`` seals all of them with the newest key and answers their number."""

    title: Text
    reseal: Callable[[], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """What a request shows of who it is. With a bearer token the cookie is never looked at. ``exact``: nothing that
    another process may have changed within this second may be believed."""

    cookie: str | None
    bearer: str | None
    address: str
    user_agent: str
    exact: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Authenticator:
    """Turns credentials into an actor; ANONYMOUS when they are missing or no longer good."""

    identify: Callable[[Credentials], Actor]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShellContext:
    """What every page's frame needs to know (the person, preferences, spaces); merged into the template context."""

    load: Callable[[Actor], Mapping[str, object]]


Ordered = TypeVar(
    "Ordered", Card, FirstStep, SidebarSection, SettingsPage, AdminPage, AdminPanel, AppShortcut, ObjectSection
)


class Slots:
    """All offers of the domains that are switched on; filled once by the application's start."""

    def __init__(self) -> None:
        self._offers: list[object] = []

    def fill(self, offers: Iterable[object]) -> None:
        self._offers = list(offers)

    def each(self, kind: type[Offer]) -> Iterator[Offer]:
        return (offer for offer in self._offers if isinstance(offer, kind))

    def ordered(self, kind: type[Ordered]) -> list[Ordered]:
        """The offers of a kind that has an order, in that order."""
        return sorted(self.each(kind), key=lambda offer: offer.order)

    def names_of(self, user_ids: Sequence[int]) -> Mapping[int, str]:
        """The names of these people, as far as somebody knows them."""
        names: dict[int, str] = {}
        for offer in self.each(PersonNames):
            names.update(offer.load(user_ids))
        return names

    def handles_of(self, user_ids: Sequence[int]) -> Mapping[int, Handle]:
        """The same with their user names."""
        handles: dict[int, Handle] = {}
        for offer in self.each(PersonNames):
            handles.update(offer.handles(user_ids))
        return handles

    def actor_of(self, user_id: int) -> Actor | None:
        """The actor of a person outside of a request; None when nobody of that id may act."""
        found = (offer.load(user_id) for offer in self.each(ActorSource))
        return next((actor for actor in found if actor is not None), None)

    def actor_named(self, login: str) -> Actor | None:
        """The same by the person's user name or e-mail address."""
        found = (offer.named(login) for offer in self.each(ActorSource))
        return next((actor for actor in found if actor is not None), None)


slots = Slots()
