"""Answers of queries, kept as long as the scopes that they depend on have the same versions.

Used by ``queries`` only: ``COUNTS = cache.Resource("bookmark_counts", Counts, ttl=300)``, then
``cache.answer(COUNTS, spaces, parameters, compute)``. Inside a unit of work nothing is kept or taken."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from extensions.cache import Resource
from trackeep.core import ext, versions

Value = TypeVar("Value")

__all__ = ["Resource", "answer", "answer_of_user", "rendering"]


def answer(resource: Resource[Value], spaces: Iterable[int], parameters: object, compute: Callable[[], Value]) -> Value:
    """What ``compute`` says of these spaces. ``parameters`` are all that it depends on beside what is in them, as plain
    data; the answer is shared by everybody who asks the same, so it is only read."""
    scopes = [versions.space_scope(space_id) for space_id in sorted(spaces)]
    return ext.answers().answer(resource, scopes, parameters, compute)


def answer_of_user(resource: Resource[Value], user_id: int, parameters: object, compute: Callable[[], Value]) -> Value:
    """The same for what depends on a person alone."""
    return ext.answers().answer(resource, [versions.user_scope(user_id)], parameters, compute)


def rendering(value: object, name: str, render: Callable[[], bytes]) -> bytes:
    """Bytes made of an answer, once as long as this process keeps the answer. ``name`` tells everything that they
    depend on beside it."""
    return ext.answers().rendering(value, name, render)
