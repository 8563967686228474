"""What comes in and goes out of accounts, by page and by API."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints

from trackeep.accounts import preferences
from trackeep.core.i18n import gettext as _
from trackeep.core.schemas import InputSchema, OutputSchema

# A password is taken as it was typed, blanks included.
Password = Annotated[str, StringConstraints(strip_whitespace=False, min_length=1, max_length=1000)]
Code = Annotated[str, StringConstraints(min_length=1, max_length=40)]
Login = Annotated[str, StringConstraints(min_length=1, max_length=254)]
Username = Annotated[str, StringConstraints(min_length=1, max_length=40)]
Email = Annotated[str, StringConstraints(min_length=1, max_length=254)]
Name = Annotated[str, StringConstraints(max_length=100)]
Role = Literal["user", "admin"]


def _known_zone(name: str) -> str:
    if name not in preferences.known_zones():
        raise ValueError(_("This time zone is not known."))
    return name


def _one_of(choices: Sequence[object]) -> AfterValidator:
    """One of the choices, which are kept beside the preferences."""

    def check(value: object) -> object:
        if value not in choices:
            raise ValueError(_("Please choose one of %(choices)s.", choices=", ".join(map(str, choices))))
        return value

    return AfterValidator(check)


Locale = Annotated[str, _one_of(preferences.LOCALES)]
WeekStart = Annotated[int, _one_of(preferences.WEEK_STARTS)]
Theme = Annotated[str, _one_of(preferences.THEMES)]
Accent = Annotated[str, _one_of(preferences.ACCENTS)]
Density = Annotated[str, _one_of(preferences.DENSITIES)]
Visibility = Annotated[str, _one_of(preferences.VISIBILITIES)]
Notices = Annotated[dict[Annotated[str, StringConstraints(max_length=60)], bool], Field(max_length=100)]
TimeZone = Annotated[str, StringConstraints(max_length=64), AfterValidator(_known_zone)]


class SignInIn(InputSchema):
    """The user name or e-mail address in ``login``."""

    login: Login
    password: Password
    remember: bool = False


class CodeIn(InputSchema):
    code: Code


class PasswordIn(InputSchema):
    password: Password


class LoginIn(InputSchema):
    login: Login


class EmailIn(InputSchema):
    email: Email


class PersonIn(InputSchema):
    username: Username
    email: Email
    name: Name = ""
    password: Password
    time_zone: Annotated[str, StringConstraints(max_length=64)] = "UTC"


class InvitedPersonIn(InputSchema):
    """The address is the invitation's."""

    username: Username
    name: Name = ""
    password: Password
    time_zone: Annotated[str, StringConstraints(max_length=64)] = "UTC"


class PasswordChangeIn(InputSchema):
    current_password: Password
    new_password: Password


class ProfileIn(InputSchema):
    """Only what is sent is changed."""

    username: Username = ""
    name: Name = ""
    bio: Annotated[str, StringConstraints(max_length=1000)] = ""
    locale: Locale = "en"
    time_zone: TimeZone = "UTC"


class PreferencesIn(InputSchema):
    """Only what is sent is changed."""

    week_start: WeekStart = 0
    theme: Theme = "system"
    accent: Accent = "azure"
    density: Density = "comfortable"
    visibility: Visibility = "private"
    notices: Notices = {}


class TokenIn(InputSchema):
    """``days`` until it expires; without it the token does not."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=100)]
    scopes: Annotated[list[Annotated[str, StringConstraints(max_length=60)]], Field(max_length=200)]
    days: Annotated[int, Field(ge=1, le=3650)] | None = None


class UsernameIn(InputSchema):
    username: Username


class NewAccountIn(InputSchema):
    username: Username
    email: Email
    name: Name = ""
    role: Role = "user"


class InvitationIn(InputSchema):
    email: Email
    role: Role = "user"


class RoleIn(InputSchema):
    role: Role


class ModeIn(InputSchema):
    mode: Literal["open", "invitation", "closed"]


class PeopleQuery(InputSchema):
    q: Annotated[str, StringConstraints(max_length=200)] = ""
    cursor: Annotated[str, StringConstraints(max_length=2000)] | None = None
    limit: Annotated[int, Field(ge=1, le=100)] = 50


class PageQuery(InputSchema):
    cursor: Annotated[str, StringConstraints(max_length=2000)] | None = None
    limit: Annotated[int, Field(ge=1, le=100)] = 50


class SignInOut(OutputSchema):
    """``stage`` is what is still missing: ``second_factor``, ``new_password``, or nothing with ``full``."""

    stage: str = Field(examples=["full"])


class SessionOut(OutputSchema):
    id: int
    device: str
    address: str
    created_at: datetime
    last_active_at: datetime
    remembered: bool
    is_current: bool


class SessionsOut(OutputSchema):
    items: list[SessionOut]


class PreferencesOut(OutputSchema):
    week_start: int
    theme: str
    accent: str
    density: str
    visibility: str
    notices: dict[str, bool]


class ProfileOut(OutputSchema):
    id: int
    username: str
    email: str
    email_confirmed_at: datetime | None
    name: str
    bio: str
    role: str
    created_at: datetime
    locale: str
    time_zone: str
    preferences: PreferencesOut
    has_second_factor: bool


class TokenOut(OutputSchema):
    id: int
    name: str
    scopes: list[str]
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None
    last_address: str


class TokensOut(OutputSchema):
    items: list[TokenOut]
    scopes: list[str]


class NewTokenOut(OutputSchema):
    """The only answer that holds the token itself."""

    id: int
    token: str


class SetUpOut(OutputSchema):
    """``picture`` is SVG of the address in ``uri``."""

    secret: str
    uri: str
    picture: str


class BackupCodesOut(OutputSchema):
    """Shown this once."""

    backup_codes: list[str]


class AccountOut(OutputSchema):
    id: int
    username: str
    email: str
    name: str
    role: str
    created_at: datetime
    disabled_at: datetime | None
    has_second_factor: bool
    sessions: int
    last_active_at: datetime | None


class AccountsOut(OutputSchema):
    items: list[AccountOut]
    next_cursor: str | None


class MadeOut(OutputSchema):
    """The one-time password is shown this once."""

    id: int
    password: str


class LinkOut(OutputSchema):
    """A link that is shown this once."""

    link: str


class InvitationOut(OutputSchema):
    id: int
    email: str
    role: str
    state: str
    created_at: datetime
    expires_at: datetime


class InvitationsOut(OutputSchema):
    items: list[InvitationOut]
    next_cursor: str | None


class InvitedOut(OutputSchema):
    id: int
    link: str


class RegistrationOut(OutputSchema):
    mode: str


class LetterOut(OutputSchema):
    id: int
    recipient: str
    subject: str
    text: str
    state: str
    reason: str
    created_at: datetime
    sent_at: datetime | None


class LettersOut(OutputSchema):
    items: list[LetterOut]
    next_cursor: str | None
