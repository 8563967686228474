"""User names and e-mail addresses: their rules, and the folded form that decides whether two are the same."""

import re
import unicodedata

from email_validator import EmailNotValidError, validate_email

USERNAME = re.compile(r"[^\W_](?:[\w.-]{0,38}[^\W_])?")
MAX_EMAIL_LENGTH = 254


def fold(text: str) -> str:
    """The form under which a name or address is unique: compatible characters and letter case make no difference."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text.strip()).casefold())


def is_username(text: str) -> bool:
    """2 to 40 letters, digits, dots, dashes and underscores, with a letter or digit at both ends. No '@', so that a
    user name is never an e-mail address."""
    return 2 <= len(text) <= 40 and USERNAME.fullmatch(unicodedata.normalize("NFKC", text)) is not None


def is_email(text: str) -> bool:
    """Whether the address is well formed; that somebody reads it is shown by a mail, not here."""
    if len(text) > MAX_EMAIL_LENGTH:
        return False
    try:
        validate_email(text, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return False
    return True
