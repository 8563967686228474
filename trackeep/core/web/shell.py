"""What the frame around every page shows: navigation with counts, sidebar sections, the person and the spaces."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import current_app, g, request, url_for

from trackeep.core.actor import Actor
from trackeep.core.domain import Domain
from trackeep.core.i18n import Text
from trackeep.core.slots import Action, AdminPage, NavCount, SettingsPage, ShellContext, SidebarSection, slots
from trackeep.core.web.identity import current_actor

DOMAINS = "trackeep.domains"


@dataclass(frozen=True, slots=True)
class NavLink:
    """One entry of the main navigation, ready to be shown."""

    label: Text
    icon: str
    url: str
    active: bool
    count: int
    shortcut: str


def current_frame() -> dict[str, object]:
    """The frame's context for whoever asks in this request."""
    return shell_context(current_actor())


def shell_context(actor: Actor) -> dict[str, object]:
    """The frame's context; only whole pages pay for it."""
    context: dict[str, object] = {"actor": actor, "request_id": g.get("request_id", "")}
    if actor.user_id is None:
        return context
    for offer in slots.each(ShellContext):
        context.update(offer.load(actor))
    sections = sorted(slots.each(SidebarSection), key=lambda section: section.order)
    context["at_settings"] = at_settings()
    context["nav_items"] = navigation(actor)
    context["sidebar_sections"] = [(section, section.load(actor)) for section in sections]
    return context


def week_start_of(actor: Actor) -> int:
    """The first day of this person's week, 0 for Monday, as the frame knows it."""
    for offer in slots.each(ShellContext):
        prefs = offer.load(actor).get("prefs")
        if isinstance(prefs, Mapping):
            return int(prefs.get("week_start") or 0)
    return 0


def navigation(actor: Actor) -> list[NavLink]:
    domains: list[Domain] = current_app.extensions[DOMAINS]
    counts = {offer.endpoint: offer.count for offer in slots.each(NavCount)}
    items = sorted((item for domain in domains for item in domain.nav), key=lambda item: item.order)
    current = _current([item.endpoint for item in items])
    return [
        NavLink(
            label=item.label,
            icon=item.icon,
            url=url_for(item.endpoint),
            active=item.endpoint == current,
            count=counts[item.endpoint](actor) if item.endpoint in counts else 0,
            shortcut=item.shortcut,
        )
        for item in items
    ]


def _current(endpoints: Sequence[str]) -> str:
    """The entry of the page that is shown, else the first one of its domain."""
    shown = request.endpoint or ""
    if at_settings():
        return ""
    of_domain = (each for each in endpoints if each.split(".")[0] == shown.split(".")[0])
    return shown if shown in endpoints else next(of_domain, "")


def at_settings() -> bool:
    """Whether one of the pages of the settings is shown, whichever domain it is of."""
    return request.endpoint in {page.endpoint for page in slots.each(SettingsPage)}


def settings_menu() -> list[tuple[Text, str, bool, None]]:
    """The pages of the settings, as the tabs of each of them."""
    return [_tab(page.title, page.endpoint) for page in slots.ordered(SettingsPage)]


def admin_menu() -> list[tuple[Text, str, bool, None]]:
    """The administrator's pages, as the tabs of each of them."""
    return [_tab(page.title, page.endpoint) for page in slots.ordered(AdminPage)]


def _tab(title: Text, endpoint: str) -> tuple[Text, str, bool, None]:
    return title, url_for(endpoint), request.endpoint == endpoint, None


def actions(actor: Actor) -> list[Action]:
    """What the palette can do for this person."""
    return [action for action in slots.each(Action) if actor.is_admin or not action.admin_only]
