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


_used: ContextVar[Allowance | None] = ContextVar("allowance", default=None)


def tell(allowance: Allowance) -> None:
    """Of several limits the one with the fewest tries left counts."""
    known = _used.get()
    if known is None or allowance.left < known.left:
        _used.set(allowance)


def give_back() -> None:
    """One try was given back."""
    known = _used.get()
    if known is not None:
        _used.set(replace(known, left=known.left + 1))


def used() -> Allowance | None:
    return _used.get()


def forget() -> None:
    """A new request begins, on a thread that has served others."""
    _used.set(None)
