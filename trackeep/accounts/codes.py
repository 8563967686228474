"""Random values for people: API tokens, backup codes and one-time passwords."""

import secrets

from trackeep.core import keyring

_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
TOKEN_PREFIX = "tk_"  # noqa: S105  # not a secret: by it scanners and people recognise one


def new_api_token() -> str:
    return TOKEN_PREFIX + keyring.new_token()


def new_backup_code() -> str:
    """About 79 random bits in four groups, without letters that look alike."""
    return "-".join(_letters(4) for _ in range(4))


def new_one_time_password() -> str:
    """About 74 random bits in three groups."""
    return "-".join(_letters(5) for _ in range(3))


def hash_of_code(code: str) -> str:
    """The hash of a backup code as a person types it: letter case, blanks and dashes make no difference."""
    return keyring.hash_token("".join(letter for letter in code.lower() if letter in _ALPHABET))


def _letters(count: int) -> str:
    return "".join(secrets.choice(_ALPHABET) for _ in range(count))
