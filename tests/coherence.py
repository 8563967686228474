"""Holds every cached answer of the whole suite against a fresh one."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from extensions.cache import AnswerCache, Resource
from tests import statements


class Stale(AssertionError):
    """A cached answer differs from what the query says now."""


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

        value = really(self, resource, scopes, parameters, noting)
        if not computed:
            with statements.not_counted():
                fresh = compute()
            if fresh != value:
                raise Stale(f"{resource.name} of {list(scopes)}, asked with {parameters}: {value} instead of {fresh}")
        return value

    with patch.object(AnswerCache, "answer", answer):
        yield
