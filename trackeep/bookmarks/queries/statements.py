"""The statements behind a list of bookmarks: its page, the ids of its first rows, its count."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select, union_all

from trackeep.bookmarks.filters import Filters
from trackeep.bookmarks.models import Bookmark
from trackeep.bookmarks.queries.conditions import plain_conditions
from trackeep.bookmarks.queries.items import select_items
from trackeep.bookmarks.queries.orders import Order
from trackeep.core import db
from trackeep.core.candidates import Candidates, are_few, tests_of

COUNT_CAP = 1_000


@dataclass(frozen=True)
class Listing:
    """What a list holds, in which order, and behind which row it goes on."""

    spaces: Sequence[int]
    filters: Filters
    candidates: Sequence[Candidates]
    order: Order
    after: ColumnElement[bool] | None = None

    @property
    def starts_from_few(self) -> bool:
        return are_few(self.candidates)

    def page(self, ids: db.AnySelect) -> db.AnySelect:
        """All that a list shows of these rows."""
        page = ids.subquery()
        query = select_items().add_columns(Bookmark.title_key).join(page, page.c.id == Bookmark.id)
        return query.order_by(*self.order.by())

    def ids(self, limit: int) -> db.AnySelect:
        """The ids of the first rows, and what they are sorted by."""
        return self._merged([self._in_space(space_id, self.tests(), limit) for space_id in self.spaces]).limit(limit)

    def ids_among_first(self, limit: int, first: int) -> db.AnySelect:
        """The same as far as the ``first`` rows that the plain conditions let through hold them."""
        plain = list(plain_conditions(self.filters))
        walked = self._merged([self._in_space(space_id, plain, first) for space_id in self.spaces])
        rows = walked.limit(first).subquery()
        wanted = select(rows).where(*(candidate.each(rows.c.id) for candidate in self.candidates))
        return wanted.order_by(*self.order.by(rows)).limit(limit)

    def count(self) -> db.AnySelect:
        """How many rows there are, at most one more than the cap."""
        space = (Bookmark.space_id + 0 if self.candidates else Bookmark.space_id).in_(self.spaces)
        found = select(Bookmark.id).where(space, *self.tests()).limit(COUNT_CAP + 1).subquery()
        return select(func.count()).select_from(found)

    def tests(self) -> list[ColumnElement[bool]]:
        """Everything that is demanded of a bookmark, except its space."""
        return [*plain_conditions(self.filters), *tests_of(self.candidates, Bookmark.id)]

    def _in_space(self, space_id: int, tests: Sequence[ColumnElement[bool]], limit: int) -> db.AnySelect:
        """The first rows of one space in the list's order, read from the index of that order."""
        # Adding 0 takes the space's index away from the planner, so that it starts from the few candidates.
        space = Bookmark.space_id + 0 if self.starts_from_few else Bookmark.space_id
        query = select(Bookmark.id, *self.order.extra_columns()).where(space == space_id, *tests)
        if self.after is not None:
            query = query.where(self.after)
        return query.order_by(*self.order.by()).limit(limit)

    def _merged(self, parts: Sequence[db.AnySelect]) -> db.AnySelect:
        if len(parts) == 1:
            return parts[0]
        merged = union_all(*[select(part.subquery()) for part in parts]).subquery()
        return select(merged).order_by(*self.order.by(merged))
