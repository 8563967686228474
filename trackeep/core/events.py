"""Facts: what domains announce after a commit, and how listeners of other domains hear them."""

from collections.abc import Callable
from typing import Any, TypeVar

from blinker import Signal

from trackeep.core import db

Listener = TypeVar("Listener", bound=Callable[..., None])
_LISTENS = "_trackeep_listens"


class Fact:
    """Something that has happened, named in the past tense; carries ids only."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.signal = Signal(name)

    def announce(self, **ids: int | str | list[int]) -> None:
        """Tell all listeners once the open unit of work has committed."""
        db.after_commit(lambda: self._send(ids))

    def _send(self, ids: dict[str, Any]) -> None:
        self.signal.send(self, **ids)


def listens(*facts: Fact) -> Callable[[Listener], Listener]:
    """Mark a function of a ``listeners`` module; the loader connects it while its domain is switched on."""

    def mark(function: Listener) -> Listener:
        setattr(function, _LISTENS, facts)
        return function

    return mark


def connect_listeners(functions: list[Callable[..., None]]) -> None:
    for function in functions:
        for fact in listened_facts(function):
            fact.signal.connect(function)


def disconnect_listeners(functions: list[Callable[..., None]]) -> None:
    for function in functions:
        for fact in listened_facts(function):
            fact.signal.disconnect(function)


def listened_facts(function: object) -> tuple[Fact, ...]:
    return getattr(function, _LISTENS, ())
