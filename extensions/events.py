"""What these extensions announce, as blinker signals: facts for whoever counts, shows or logs them.

Receivers are called in the thread of the request, so they count and return. The sender is always the name of the
logical client (``cache``, ``sessions``, ...), the resource or the limit; the rest are keyword arguments."""

from collections.abc import Callable
from typing import Any

from blinker import Signal


class Event(Signal):
    """A signal that is sent several times in every request, so it does not look whether a receiver is a coroutine."""

    def send(
        self, sender: Any | None = None, /, *, _async_wrapper: object = None, **facts: Any
    ) -> list[tuple[Callable[..., Any], Any]]:
        if not self.receivers:
            return []
        return [(receiver, receiver(sender, **facts)) for receiver in self.receivers_for(sender)]


redis_called = Event("redis-called")
"""One round trip has ended. Sender: logical name. ``seconds``: float, ``error``: kind of failure, "" for none."""

breaker_changed = Event("breaker-changed")
"""Sender: logical name. ``is_open``: bool, ``reason``: kind of the last failure."""

cache_asked = Event("cache-asked")
"""One answer was wanted. Sender: resource. ``outcome``: "near" (first level), "hit" (Redis), "miss" (computed),
"waited" (another request computed it), "bypassed" (not kept on purpose); ``seconds``: float, of the computation if
there was one, ``size``: bytes that were read or written, 0 when none."""

cache_failed = Event("cache-failed")
"""A stored value could not be used or kept. Sender: resource. ``reason``: "poisoned", "too_large" or "unencodable"."""

session_asked = Event("session-asked")
"""Somebody's session was looked up. Sender: "session" or "token". ``outcome``: "near", "hit", "row" (read from SQL) or
"unknown"."""

limit_asked = Event("limit-asked")
"""A permit was wanted. Sender: name of the limit. ``allowed``: bool, ``by``: "lease" (without asking), "redis" or
"memory"."""

limit_repaired = Event("limit-repaired")
"""What was stored for a counter could not be read, so it was begun anew. Sender: name of the limit."""

versions_read = Event("versions-read")
"""Scope versions were needed. Sender: "versions". ``near``, ``redis``, ``sql``: how many came from where."""
