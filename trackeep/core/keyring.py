"""Secrets at rest sealed with AES-GCM under a ring of keys, and random tokens of which only the hash is kept."""

import base64
import hashlib
import secrets
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from itsdangerous import BadSignature, TimestampSigner, URLSafeTimedSerializer

from trackeep.core import clock

NONCE_BYTES = 12
TOKEN_BYTES = 32


class CannotOpen(Exception):
    """The sealed value was changed, belongs to another purpose, or its key is no longer on the ring."""


class _Signer(TimestampSigner):
    """Takes the time from our clock, which tests hold still."""

    def get_timestamp(self) -> int:
        return int(clock.now().timestamp())


class KeyRing:
    """The newest key seals and signs, the previous ones still open."""

    def __init__(self, secret_key: str, previous: Sequence[str] = ()) -> None:
        self._secrets = (secret_key, *previous)
        self._keys = {_key_id(secret): _derive(secret) for secret in self._secrets}
        self._newest = _key_id(secret_key)

    def seal(self, plain: str, purpose: str) -> str:
        """``key id.nonce+ciphertext``; ``purpose`` is bound to the value and must be given again to open it."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        sealed = AESGCM(self._keys[self._newest]).encrypt(nonce, plain.encode(), purpose.encode())
        return f"{self._newest}.{base64.urlsafe_b64encode(nonce + sealed).decode()}"

    def open(self, sealed: str, purpose: str) -> str:
        """Raises CannotOpen."""
        key_id, _, body = sealed.partition(".")
        try:
            raw = base64.urlsafe_b64decode(body)
            plain = AESGCM(self._keys[key_id]).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], purpose.encode())
        except (KeyError, ValueError, InvalidTag) as error:
            raise CannotOpen(purpose) from error
        return plain.decode()

    def rotate(self, sealed: str, purpose: str) -> str:
        """The value sealed with the newest key; unchanged when it already is."""
        if sealed.startswith(f"{self._newest}."):
            return sealed
        return self.seal(self.open(sealed, purpose), purpose)

    def sign(self, payload: object, purpose: str) -> str:
        """A signed, readable token with its time, for cookies and links."""
        return self._signer(purpose).dumps(payload)

    def verify(self, token: str, purpose: str, max_age: float) -> object | None:
        """The payload of a token not older than ``max_age`` seconds, or None."""
        try:
            payload: object = self._signer(purpose).loads(token, max_age=int(max_age))
        except (BadSignature, UnicodeEncodeError):
            return None
        return payload

    def _signer(self, purpose: str) -> URLSafeTimedSerializer:
        # itsdangerous signs with the last key of the list and accepts all.
        return URLSafeTimedSerializer(list(reversed(self._secrets)), salt=f"trackeep.{purpose}", signer=_Signer)


def new_token() -> str:
    """A random token of 256 bits for links, cookies and API tokens."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def hash_token(token: str) -> str:
    """What is stored of a token: enough to recognise it, useless to whoever reads the table."""
    return hashlib.sha256(token.encode(errors="surrogatepass")).hexdigest()


def _derive(secret: str) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"trackeep sealing key").derive(secret.encode())


def _key_id(secret: str) -> str:
    return hashlib.sha256(b"trackeep key id" + secret.encode()).hexdigest()[:8]
