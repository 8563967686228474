"""Second factors: codes of an authenticator app that count once, and backup codes for when it is lost."""

import hashlib
import hmac
import secrets

import pyotp
import segno

from trackeep.core import clock

SECONDS_PER_STEP = 30
# A clock may be one step off to either side.
WINDOW = 1
DIGITS = 6
BACKUP_CODES = 10
# No 0, 1, i, l, o: what is read from paper cannot be mistaken.
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS, _GROUP_LENGTH = 4, 4


def new_secret() -> str:
    """160 random bits in base32, as authenticator apps take them."""
    return pyotp.random_base32()


def provisioning_uri(secret: str, account: str, *, issuer: str = "Trackeep") -> str:
    """The otpauth address that an app reads from the picture."""
    return pyotp.TOTP(secret).provisioning_uri(name=account, issuer_name=issuer)


def qr_svg(uri: str) -> str:
    """The picture of the address as SVG to stand in the page: dark on light in every theme, without any style."""
    return segno.make(uri, error="m", micro=False).svg_inline(
        scale=4, border=4, dark="#000", light="#fff", svgclass="qr", lineclass=None, omitsize=True
    )


def verify(secret: str, code: str, last_step: int | None) -> int | None:
    """The step that the code belongs to, or None when it is wrong, or its step or a later one was used before.

    The caller stores the step by one atomic update (`WHERE last_step < :step`), so that a code counts once.
    """
    digits = "".join(code[:32].split())
    if len(digits) != DIGITS or not (digits.isascii() and digits.isdigit()):
        return None
    generator = pyotp.TOTP(secret, digits=DIGITS, interval=SECONDS_PER_STEP)
    present = int(clock.now().timestamp()) // SECONDS_PER_STEP
    fitting = [
        step
        for step in range(present - WINDOW, present + WINDOW + 1)
        if hmac.compare_digest(generator.generate_otp(step), digits) and (last_step is None or step > last_step)
    ]
    return fitting[0] if fitting else None


def new_backup_codes(count: int = BACKUP_CODES) -> list[str]:
    """Codes of 79 random bits each, in groups that can be read aloud; shown once, stored hashed."""
    return ["-".join(_random_group() for _group in range(_GROUPS)) for _code in range(count)]


def hash_backup_code(code: str) -> str:
    """What is stored of a backup code; case, spaces and dashes do not matter."""
    bare = "".join(char for char in code[:64].lower() if char.isalnum())
    return hashlib.sha256(b"backup code:" + bare.encode()).hexdigest()


def _random_group() -> str:
    return "".join(secrets.choice(_ALPHABET) for _char in range(_GROUP_LENGTH))
