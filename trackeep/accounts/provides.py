"""What accounts offer: who is asking, the person in the pages' frame, names of people, settings, and the export."""

import base64
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass

import orjson
from flask import url_for

from trackeep.accounts import service as accounts
from trackeep.accounts.queries import belongings
from trackeep.core.actor import Actor
from trackeep.core.i18n import lazy_gettext as _l
from trackeep.core.slots import (
    Action,
    ActorSource,
    AdminPage,
    Authenticator,
    Exporter,
    PersonNames,
    SealedSecrets,
    SettingsPage,
    ShellContext,
)


@dataclass(frozen=True, slots=True)
class CurrentUser:
    """The person in the page's frame."""

    name: str
    email: str
    avatar_url: str | None
    is_admin: bool


def frame(actor: Actor) -> Mapping[str, object]:
    profile = accounts.own_profile(actor)
    key = profile.avatar_key
    picture = url_for("accounts.avatar", user_id=profile.id, key=key[:16]) if key else None
    chosen = profile.preferences.stored()
    return {
        "current_user": CurrentUser(profile.shown_name, profile.email, picture, profile.role == "admin"),
        "prefs": {**chosen, "locale": profile.locale, "time_zone": profile.time_zone},
    }


def export_profile(actor: Actor) -> Iterable[bytes]:
    """The profile with its picture, preferences, sessions and tokens as JSON; never a secret."""
    profile = asdict(accounts.own_profile(actor))
    profile["avatar"] = _picture(actor, profile.pop("avatar_key"))
    profile["sessions"] = belongings.sessions_of(actor.require_user(), None)
    profile["tokens"] = belongings.api_tokens(actor)
    yield orjson.dumps(profile, option=orjson.OPT_INDENT_2)


def _picture(actor: Actor, key: str | None) -> str | None:
    """As an address that holds the picture itself."""
    if key is None:
        return None
    path, _key = accounts.avatar_file(actor, actor.require_user())
    return f"data:image/webp;base64,{base64.b64encode(path.read_bytes()).decode()}"


OFFERS = (
    SealedSecrets(title=_l("Second factors"), reseal=accounts.reseal_secrets),
    Authenticator(identify=accounts.identify),
    ActorSource(load=accounts.actor_of, named=accounts.actor_named),
    PersonNames(load=accounts.names_of, handles=accounts.handles_of),
    ShellContext(load=frame),
    Exporter(
        name="accounts",
        domain="accounts",
        file_name="profile.json",
        write=export_profile,
        title=_l("Profile and preferences"),
    ),
    SettingsPage(title=_l("Profile"), icon="user", endpoint="accounts.profile", order=10),
    SettingsPage(title=_l("Preferences"), icon="settings", endpoint="accounts.preferences", order=20),
    SettingsPage(title=_l("Password and sign-in"), icon="lock", endpoint="accounts.security", order=30),
    SettingsPage(title=_l("Devices"), icon="devices", endpoint="accounts.sessions", order=40),
    SettingsPage(title=_l("API tokens"), icon="key", endpoint="accounts.tokens", order=50),
    SettingsPage(title=_l("Account"), icon="alert-triangle", endpoint="accounts.account", order=900),
    AdminPage(
        title=_l("People"),
        icon="users",
        endpoint="accounts.people",
        order=10,
        text=_l("Accounts: make, disable, roles, passwords, sessions."),
    ),
    AdminPage(
        title=_l("Invitations"),
        icon="mail",
        endpoint="accounts.invitations",
        order=20,
        text=_l("Who may join, and who was invited."),
    ),
    AdminPage(
        title=_l("Outbox"), icon="send", endpoint="accounts.outbox", order=30, text=_l("Letters that were written.")
    ),
    Action(title=_l("Profile"), icon="user", endpoint="accounts.profile"),
    Action(
        title=_l("Preferences"), icon="settings", endpoint="accounts.preferences", keywords=(_l("theme"), _l("dark"))
    ),
    Action(
        title=_l("Devices"), icon="devices", endpoint="accounts.sessions", keywords=(_l("sessions"), _l("sign out"))
    ),
    Action(title=_l("API tokens"), icon="key", endpoint="accounts.tokens"),
    Action(title=_l("People"), icon="users", endpoint="accounts.people", admin_only=True),
)
