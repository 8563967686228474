"""Flask-Limiter as the front: its decorator and its exception, with named limits that are counted by ``Permits``."""

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar, cast

import flask_limiter
from flask import Flask
from limits import RateLimitItem
from limits.storage import Storage
from limits.strategies import RateLimiter
from limits.util import WindowStats

from extensions.rate_limits.permits import Permits
from extensions.rate_limits.rules import Limit, Verdict

View = TypeVar("View", bound=Callable[..., object])
Teller = Callable[[Verdict], None]


class Limiter(flask_limiter.Limiter):
    """Limits by name. ``subject`` says who is asking and must name somebody; ``tell`` is told every verdict.

    Flask-Limiter looks a decorated view's limits up and raises its ``RateLimitExceeded``. Its own hooks around every
    request stay out: they cost as much as a whole small request to find out that there is nothing to do. What counts
    every request calls ``take``."""

    def __init__(self, subject: Callable[[], str], tell: Teller) -> None:
        super().__init__(subject, storage_uri="memory://")
        self._subject = subject
        self._tell = tell
        self._rules: Mapping[str, Limit] = {}
        self._permits = Permits(None)

    def bind(self, rules: Iterable[Limit], permits: Permits) -> None:
        self._rules = {rule.name: rule for rule in rules}
        self._permits = permits

    def init_app(self, app: Flask) -> None:
        # Who is in this set is taken for an extension that has registered its hooks.
        app.extensions.setdefault("limiter", set()).add(self)
        super().init_app(app)

    def take(self, name: str) -> Verdict:
        """Count this request; raises UnnamedSubject when nobody is named."""
        verdict = self._permits.take(self._rules[name], self._subject())
        self._tell(verdict)
        return verdict

    def named(self, name: str) -> Callable[[View], View]:
        """A decorator: the view has this limit too, together with all views of the same name."""
        decorate = self.shared_limit(lambda: self._words(name), scope=name, key_func=_nobody)
        return cast(Callable[[View], View], decorate)

    @property
    def limiter(self) -> RateLimiter:
        """What Flask-Limiter asks."""
        return _ByName(self.storage, self.take)

    def _words(self, name: str) -> str:
        rule = self._rules[name]
        return f"{rule.amount} per {max(1, round(rule.seconds))} second"


def _nobody() -> str:
    """Flask-Limiter leaves a limit out whose subject is empty, so it does not get to see the subject."""
    return "named"


class _ByName(RateLimiter):
    """Takes a permit of the limit whose name is the scope. The storage stays empty."""

    def __init__(self, storage: Storage, take: Callable[[str], Verdict]) -> None:
        super().__init__(storage)
        self._take = take

    def hit(self, item: RateLimitItem, *identifiers: str, cost: int = 1) -> bool:
        return self._take(identifiers[-1]).allowed

    def test(self, item: RateLimitItem, *identifiers: str, cost: int = 1) -> bool:
        raise NotImplementedError("what asks first and counts later lets parallel requests pass: use named()")

    def get_window_stats(self, item: RateLimitItem, *identifiers: str) -> WindowStats:
        raise NotImplementedError("what is left was told with the verdict; asking again would be a round trip more")
