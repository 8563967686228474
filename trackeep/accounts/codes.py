"""Random values for people: API tokens and one-time passwords."""

import secrets

from trackeep.core import keyring

_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
TOKEN_PREFIX = "tk_"  # noqa: S105  # not a secret: by it scanners and people recognise one


def new_api_token() -> str:
    return TOKEN_PREFIX + keyring.new_token()


def new_one_time_password() -> str:
    """About 74 random bits in three groups, without letters that look alike."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(5)) for _ in range(3))
