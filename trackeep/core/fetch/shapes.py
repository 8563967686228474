"""What a fetch gives back: an answer, a refusal or a failure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from trackeep.core.charset import known_charset

RETRYABLE_STATUSES = frozenset({408, 425, 429})


class FetchError(Exception):
    """No answer was had; `reason` is a sentence for people, `code` a stable word for programs."""

    retryable = False

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


class FetchRefused(FetchError):
    """The door did not even try: the address is one that this server must not visit."""


class FetchFailed(FetchError):
    """The other side could not be reached or answered badly; `retryable` says whether later may be better."""

    def __init__(self, code: str, reason: str, *, retryable: bool) -> None:
        super().__init__(code, reason)
        self.retryable = retryable


@dataclass(frozen=True)
class Fetched:
    """One answer: the last address of the redirects, and at most `max_bytes` of the decompressed body. `moved_to` is
    the address that is the right one for good, as the site says: as far as the first redirects were permanent ones."""

    url: str
    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    content_type: str = ""
    charset: str | None = None
    body: bytes = b""
    truncated: bool = False
    moved_to: str = ""

    @property
    def moved_for_good(self) -> bool:
        """Whether there were redirects, and each of them called itself permanent."""
        return bool(self.moved_to) and self.moved_to == self.url

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300

    @property
    def text(self) -> str:
        """The body as text by the declared character set, else UTF-8; what does not fit is replaced."""
        return self.body.decode(known_charset(self.charset or "") or "utf-8", errors="replace")

    def require_ok(self) -> "Fetched":
        """This answer, or FetchFailed when its status is not a success."""
        if self.ok:
            return self
        retryable = self.status >= 500 or self.status in RETRYABLE_STATUSES
        raise FetchFailed("status", f"The site answered with status {self.status}.", retryable=retryable)


class Door(Protocol):
    """What callers need of a fetcher, so that a double can stand in."""

    def get(
        self,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        max_bytes: int | None = None,
        seconds: float | None = None,
    ) -> Fetched: ...

    def post(
        self, url: str, *, content: bytes, headers: Mapping[str, str] | None = None, max_bytes: int | None = None
    ) -> Fetched: ...
