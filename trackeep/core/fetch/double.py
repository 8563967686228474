"""A fetcher for tests that answers from a table and records what it was asked."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from trackeep.core.fetch.shapes import Fetched, FetchError, FetchFailed

Answer = Fetched | FetchError | Callable[[str], Fetched]


@dataclass(frozen=True)
class Asked:
    """One request that the double received."""

    method: str
    url: str
    headers: Mapping[str, str]
    content: bytes = b""


@dataclass
class FetchDouble:
    """Answers by exact address; an address without an answer fails as an unknown host would."""

    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)

    def page(self, url: str, html: str, *, status: int = 200, content_type: str = "text/html") -> None:
        """Let the address answer with this text."""
        self.answers[url] = Fetched(url, status, {"content-type": content_type}, content_type, "utf-8", html.encode())

    def get(self, url: str, *, headers: Mapping[str, str] | None = None, max_bytes: int | None = None) -> Fetched:
        return self._answer(Asked("GET", url, dict(headers or {})), max_bytes)

    def post(
        self, url: str, *, content: bytes, headers: Mapping[str, str] | None = None, max_bytes: int | None = None
    ) -> Fetched:
        return self._answer(Asked("POST", url, dict(headers or {}), content), max_bytes)

    def _answer(self, asked: Asked, max_bytes: int | None) -> Fetched:
        self.asked.append(asked)
        answer = self.answers.get(asked.url)
        if answer is None:
            raise FetchFailed("unknown_host", "The double has no answer for this address.", retryable=True)
        if isinstance(answer, FetchError):
            raise answer
        return _cut(answer if isinstance(answer, Fetched) else answer(asked.url), max_bytes)


def _cut(answer: Fetched, max_bytes: int | None) -> Fetched:
    if max_bytes is None or len(answer.body) <= max_bytes:
        return answer
    return replace(answer, body=answer.body[:max_bytes], truncated=True)
