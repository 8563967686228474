"""What accounts offer: who is asking, and the person in the pages' frame."""

from collections.abc import Mapping
from dataclasses import dataclass

from trackeep.accounts import service as accounts
from trackeep.core.actor import Actor
from trackeep.core.slots import Authenticator, ShellContext
from trackeep.spaces import service as spaces


@dataclass(frozen=True, slots=True)
class CurrentUser:
    """The person in the page's frame."""

    name: str
    email: str
    avatar_url: str | None
    is_admin: bool


def frame(actor: Actor) -> Mapping[str, object]:
    profile = accounts.own_profile(actor)
    prefs = {**profile.preferences.stored(), "locale": profile.locale, "time_zone": profile.time_zone}
    return {
        "current_user": CurrentUser(profile.shown_name, profile.email, None, profile.role == "admin"),
        "prefs": prefs,
        "spaces": spaces.spaces_of(actor),
    }


OFFERS = (Authenticator(identify=accounts.identify), ShellContext(load=frame))
