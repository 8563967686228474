"""Holds every cached answer of the whole suite against a fresh one."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from extensions.cache import AnswerCache, Resource
from tests import statements

RIVALS_SECONDS = 5.0


class Stale(AssertionError):
    """A cached answer differs from what the query says now."""


def _attempts() -> Iterator[None]:
    """One where nobody else writes. Beside rivals something may have changed between the two answers: there they have
    to agree within a time in which everybody has learned of it."""
    yield
    until, pause = time.monotonic() + RIVALS_SECONDS, threading.Event()
    while threading.current_thread() is not threading.main_thread() and time.monotonic() < until:
        pause.wait(0.01)
        yield


@contextmanager
def held_against_fresh() -> Iterator[None]:
    """Every answer that was not computed is computed as well and compared."""
    really = AnswerCache.answer

    def answer(
        self: AnswerCache,
        resource: Resource[Any],
        scopes: Sequence[str],
        parameters: object,
        compute: Callable[[], Any],
    ) -> Any:
        computed = []

        def noting() -> Any:
            computed.append(True)
            return compute()

        told = None
        for _attempt in _attempts():
            value = really(self, resource, scopes, parameters, noting)
            if computed:
                return value
            with statements.not_counted():
                fresh = compute()
            if fresh == value:
                return value
            told = f"{value} instead of {fresh}"
        raise Stale(f"{resource.name} of {list(scopes)}, asked with {parameters}: {told}")

    with patch.object(AnswerCache, "answer", answer):
        yield
