"""What comes in and goes out of accounts, by page and by API."""

from datetime import datetime
from typing import Annotated

from pydantic import Field, StringConstraints

from trackeep.core.schemas import InputSchema, OutputSchema

# A password is taken as it was typed, blanks included.
Password = Annotated[str, StringConstraints(strip_whitespace=False, min_length=1, max_length=1000)]
Code = Annotated[str, StringConstraints(min_length=1, max_length=40)]
Login = Annotated[str, StringConstraints(min_length=1, max_length=254)]
Name = Annotated[str, StringConstraints(max_length=100)]


class SignInIn(InputSchema):
    """The user name or e-mail address in ``login``."""

    login: Login
    password: Password
    remember: bool = False


class CodeIn(InputSchema):
    code: Code


class PasswordIn(InputSchema):
    password: Password


class PersonIn(InputSchema):
    username: Annotated[str, StringConstraints(min_length=1, max_length=40)]
    email: Annotated[str, StringConstraints(min_length=1, max_length=254)]
    name: Name = ""
    password: Password
    time_zone: Annotated[str, StringConstraints(max_length=64)] = "UTC"


class PasswordChangeIn(InputSchema):
    current_password: Password
    new_password: Password


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
