"""What a browser makes of a text with a passphrase, judged by shape and size alone: the server cannot open it."""

import base64
import binascii
from dataclasses import dataclass

from trackeep.core.errors import Invalid
from trackeep.core.i18n import Text
from trackeep.core.i18n import gettext as _
from trackeep.notes.texts import MAX_BYTES

ITERATIONS = range(100_000, 10_000_001)
SALT_BYTES = range(16, 65)
IV_BYTES = range(12, 17)
TAG_BYTES = 16
CIPHER_BYTES = range(TAG_BYTES, MAX_BYTES + TAG_BYTES + 1)


@dataclass(frozen=True, slots=True)
class Sealed:
    """AES-GCM with a key that PBKDF2 derived from the passphrase; bytes are in base64."""

    cipher_text: str
    salt: str
    iv: str
    iterations: int

    @classmethod
    def of_bytes(cls, cipher_text: bytes, salt: bytes, iv: bytes, iterations: int) -> "Sealed":
        sealed, salted, initial = (base64.b64encode(part).decode() for part in (cipher_text, salt, iv))
        return cls(sealed, salted, initial, iterations)

    def as_bytes(self) -> dict[str, bytes]:
        """The parts that are bytes, as they are."""
        parts = {"cipher_text": self.cipher_text, "salt": self.salt, "iv": self.iv}
        return {name: base64.b64decode(part) for name, part in parts.items()}

    def as_json(self) -> dict[str, str | int]:
        return {
            "cipher_text": self.cipher_text,
            "salt": self.salt,
            "iv": self.iv,
            "iterations": self.iterations,
        }


def checked(sealed: Sealed) -> Sealed:
    """Raises Invalid for what no browser of ours made."""
    found: dict[str, list[Text]] = {}
    for name, sizes in (("cipher_text", CIPHER_BYTES), ("salt", SALT_BYTES), ("iv", IV_BYTES)):
        if _size(getattr(sealed, name)) not in sizes:
            found[name] = [_("This must be %(least)s to %(most)s bytes in base64.", least=sizes[0], most=sizes[-1])]
    if sealed.iterations not in ITERATIONS:
        words = _("This must be a number from %(least)s to %(most)s.", least=ITERATIONS[0], most=ITERATIONS[-1])
        found["iterations"] = [words]
    if found:
        raise Invalid(fields=found)
    return sealed


def _size(text: str) -> int:
    """-1 for what is no base64."""
    try:
        return len(base64.b64decode(text, validate=True))
    except (binascii.Error, ValueError):
        return -1
