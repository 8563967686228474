"""What a request has used of a limit, told by whoever counts and sent with the answer as ``RateLimit-*`` headers."""

from contextvars import ContextVar
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Allowance:
    """``tries`` in all, ``left`` of them (below 0 when it was one too many), and the seconds until all are there
    again."""

    tries: int
    left: int
    reset: int

    @property
    def is_over(self) -> bool:
        return self.left < 0

    def headers(self) -> dict[str, str]:
        return {
            "RateLimit-Limit": str(self.tries),
            "RateLimit-Remaining": str(max(0, self.left)),
            "RateLimit-Reset": str(self.reset),
        }


_guesses: ContextVar[Allowance | None] = ContextVar("guesses", default=None)
_requests: ContextVar[Allowance | None] = ContextVar("requests", default=None)


def tell(allowance: Allowance) -> None:
    """A guess was counted. Of several limits the one with the fewest tries left counts."""
    _guesses.set(_tightest(_guesses.get(), allowance))


def tell_requests(allowance: Allowance) -> None:
    """The request itself was counted."""
    _requests.set(_tightest(_requests.get(), allowance))


def give_back() -> None:
    """One guess was given back."""
    known = _guesses.get()
    if known is not None:
        _guesses.set(replace(known, left=known.left + 1))


def used() -> Allowance | None:
    """The tightest of all that were told."""
    guesses = _guesses.get()
    return _requests.get() if guesses is None else _tightest(_requests.get(), guesses)


def forget() -> None:
    """A new request begins, on a thread that has served others."""
    _guesses.set(None)
    _requests.set(None)


def _tightest(known: Allowance | None, other: Allowance) -> Allowance:
    return other if known is None or other.left < known.left else known
