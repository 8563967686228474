"""Which objects hold the words of a query: as a filter for a list of any domain, as ids, as a capped count."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    Text,
    cast,
    column,
    false,
    func,
    literal,
    literal_column,
    select,
    table,
    true,
    union_all,
)
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.orm import InstrumentedAttribute

from trackeep.core import db
from trackeep.core.search_index.documents import SearchDocument
from trackeep.core.search_index.marks import marked_queries
from trackeep.core.search_index.schema import FTS_TABLE
from trackeep.core.tokeniser import Query, parse_query, to_fts5, to_tsquery

COUNT_CAP = 1_000
# Up to so many matches a list is filtered by their ids; beyond, so many rows match that testing row after row in the
# list's own order soon fills a page. SQLite streams ids cheaply and tests a single row dearly; PostgreSQL the reverse.
_ID_CAPS = {"sqlite": 10_000, "postgresql": 2_000}
# PostgreSQL first looks at so many of the newest documents of a space: a word that is common there is common.
_SAMPLE = 2_000

_WORDS = table(FTS_TABLE, column("rowid", Integer))


@dataclass(frozen=True)
class Matcher:
    """The matches of one query in some spaces. Every method asks the database anew but ``filter``, which looks once
    how common the words are."""

    space_ids: frozenset[int]
    queries: tuple[Query, ...]
    kind: str | None

    def filter(self, object_id: InstrumentedAttribute[int] | ColumnElement[int]) -> ColumnElement[bool]:
        """A condition for the list's query, exact with any other filters and any order beside it."""
        if not self.queries:
            return false()
        if self._few_ids is None:
            return self.exists_clause(object_id)
        return object_id.in_(self._few_ids)

    def exists_clause(self, object_id: InstrumentedAttribute[int] | ColumnElement[int]) -> ColumnElement[bool]:
        """The test of one row, which the database cannot turn into a join; good where most rows pass or few are
        asked."""
        if not self.queries:
            return false()
        if db.dialect() == "sqlite":
            hit = select(_WORDS.c.rowid).where(self._fts_match, _WORDS.c.rowid == object_id)
            return hit.scalar_subquery().is_not(None)
        hit = select(self._vector_match).where(SearchDocument.object_id == object_id)
        return func.coalesce(hit.scalar_subquery(), false())

    def ids_subquery(self, cap: int) -> Select[int]:
        """The ids of the newest matches, newest first, at most ``cap``."""
        if not self.queries:
            return select(SearchDocument.object_id).where(false())
        if db.dialect() == "sqlite":
            return select(_WORDS.c.rowid).where(self._fts_match).order_by(_WORDS.c.rowid.desc()).limit(cap)
        found = self._found()
        return select(found).order_by(found.desc()).limit(cap)

    def count_capped(self, cap: int = COUNT_CAP) -> int:
        """How many match, ``cap`` at most."""
        if not self.queries:
            return 0
        if self._few_ids is not None:
            return min(cap, len(self._few_ids))
        if db.dialect() == "sqlite":
            return len(db.session().scalars(self.ids_subquery(cap)).all())
        return len(db.session().scalars(select(self._found()).limit(cap)).all())

    @cached_property
    def _few_ids(self) -> list[int] | None:
        """All matching ids if they are few, else None."""
        cap = _ID_CAPS[db.dialect()]
        if db.dialect() == "sqlite":
            found = db.session().scalars(self.ids_subquery(cap + 1)).all()
        elif self._is_common():
            return None
        else:
            found = db.session().scalars(select(self._found()).limit(cap + 1)).all()
        return list(found) if len(found) <= cap else None

    def _found(self) -> ColumnElement[int]:
        # A materialised table expression is planned as if all its rows were wanted, hence by the GIN index; with the
        # LIMIT in sight the planner would read the table from its start, hoping to meet enough matches soon.
        found = select(SearchDocument.object_id).where(self._vector_match).cte("found").prefix_with("MATERIALIZED")
        return found.c.object_id

    def _is_common(self) -> bool:
        newest = union_all(*(self._newest(space_id) for space_id in self.space_ids)).subquery()
        hits = db.session().scalar(select(func.count()).where(newest.c.tokens.op("@@")(self._tsquery)))
        return (hits or 0) * 20 >= _SAMPLE

    def _newest(self, space_id: int) -> Select[str]:
        of_kind = SearchDocument.kind == self.kind if self.kind else true()
        newest = select(SearchDocument.tokens).where(SearchDocument.space_id == space_id, of_kind)
        share = max(1, _SAMPLE // len(self.space_ids))
        return select(newest.order_by(SearchDocument.object_id.desc()).limit(share).subquery())

    @property
    def _fts_match(self) -> ColumnElement[bool]:
        asked = " OR ".join(f"({to_fts5(query)})" for query in self.queries)
        return literal_column(FTS_TABLE, Text).op("MATCH", is_comparison=True)(asked)

    @property
    def _vector_match(self) -> ColumnElement[bool]:
        return SearchDocument.tokens.op("@@", is_comparison=True)(self._tsquery)

    @property
    def _tsquery(self) -> ColumnElement[str]:
        asked = " | ".join(f"({to_tsquery(query)})" for query in self.queries)
        return cast(literal(asked, Text), TSQUERY)


def matching(query_text: str, space_ids: Collection[int], kind: str | None = None) -> Matcher:
    """The objects in these spaces that hold all words of the text, the last one perhaps not typed to its end. A text
    without any word matches nothing."""
    query = parse_query(query_text)
    queries = marked_queries(query, space_ids, kind) if query else []
    return Matcher(frozenset(space_ids), tuple(queries), kind)
