"""The verbs of accounts: sign in and out, make and change people; the front door for other domains."""

from trackeep.accounts.service.passwords import change_password, confirm_password
from trackeep.accounts.service.people import (
    NewPerson,
    is_set_up,
    register,
    registration_mode,
    set_up,
)
from trackeep.accounts.service.profile import own_profile
from trackeep.accounts.service.sessions import (
    Started,
    end_session,
    identify,
    own_sessions,
    require_recent_password,
    sign_out,
    sign_out_everywhere,
)
from trackeep.accounts.service.signing import (
    DEVICE_LIFETIME,
    SignedIn,
    give_new_password,
    give_second_factor,
    pending_sign_in,
    sign_in,
)

__all__ = [
    "DEVICE_LIFETIME",
    "NewPerson",
    "SignedIn",
    "Started",
    "change_password",
    "confirm_password",
    "end_session",
    "give_new_password",
    "give_second_factor",
    "identify",
    "is_set_up",
    "own_profile",
    "own_sessions",
    "pending_sign_in",
    "register",
    "registration_mode",
    "require_recent_password",
    "set_up",
    "sign_in",
    "sign_out",
    "sign_out_everywhere",
]
