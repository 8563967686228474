"""The parts of a list's filter that another table decides, and how a list finds them: by starting from them while they
are few, otherwise by walking its own order and testing rows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from sqlalchemy import ColumnElement, func, select

from trackeep.core import db
from trackeep.core.search_index import Matcher

FEW = 5_000
"""From so many candidates a list starts."""
SOON = 2_000
"""So many rows of a list are tested one by one; when no page is full by then, the candidates are gathered."""

Test = Callable[[db.IdColumn], ColumnElement[bool]]


@dataclass(frozen=True, slots=True)
class Candidates:
    """One such part. Where there are ``few``, a list starts from them and sorts them. Otherwise the list is walked in
    its own order, and ``each`` tests one row, best for not too many, or ``among`` looks each up in the candidates,
    gathered once."""

    few: bool
    each: Test
    among: Test


def few(test: Test) -> Candidates:
    return Candidates(True, test, test)


def gathered(ids: db.AnySelect, each: Test) -> Candidates:
    """Those that a query finds; ``each`` says the same of one row."""
    if _is_few(ids):
        return few(lambda own: own.in_(ids))
    # Adding 0 keeps the planner from starting with the candidates.
    return Candidates(False, each, lambda own: (own + 0).in_(ids))


def mentioning(match: Matcher) -> Candidates | None:
    """Those whose words match; None when there are none."""
    ids = match.ids(FEW)
    if ids is None:
        return Candidates(False, match.each, match.among)
    return few(partial(db.is_one_of, ids=ids)) if ids else None


def either(one: Candidates, other: Candidates) -> Candidates:
    return Candidates(
        one.few and other.few,
        lambda own: one.each(own) | other.each(own),
        lambda own: one.among(own) | other.among(own),
    )


def are_few(candidates: Sequence[Candidates]) -> bool:
    """Whether a list starts from some of them."""
    return any(each.few for each in candidates)


def tests_of(candidates: Sequence[Candidates], own: db.IdColumn) -> list[ColumnElement[bool]]:
    """What all of them together demand of a row."""
    start = are_few(candidates)
    return [(each.each if start else each.among)(own) for each in candidates]


def _is_few(ids: db.AnySelect) -> bool:
    counted = db.rows(select(func.count()).select_from(ids.limit(FEW + 1).subquery()))
    return int(counted[0][0]) <= FEW
