"""Which objects hold the words of a query, as conditions for a list of any domain."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    Text,
    and_,
    cast,
    column,
    false,
    func,
    literal,
    literal_column,
    select,
    table,
    true,
)
from sqlalchemy.dialects.postgresql import TSQUERY

from trackeep.core import db
from trackeep.core.search_index.documents import SearchDocument
from trackeep.core.search_index.marks import marked_queries
from trackeep.core.search_index.schema import FTS_TABLE
from trackeep.core.tokeniser import Query, parse_query, to_fts5, to_tsquery

_WORDS = table(FTS_TABLE, column("rowid", Integer))


@dataclass(frozen=True)
class Matcher:
    """The matches of one query in some spaces, in three exact ways: as ``ids`` while they are few, as a test of one row
    after another (``each``), or as membership in all of them (``among``)."""

    space_ids: frozenset[int]
    query: Query
    kind: str | None

    def ids(self, at_most: int) -> Sequence[int] | None:
        """All matching ids, or None when there are more than that."""
        if not self.query or not self.space_ids:
            return []
        found = db.rows(self._matches.limit(at_most + 1))
        return [row[0] for row in found] if len(found) <= at_most else None

    def each(self, object_id: db.IdColumn) -> ColumnElement[bool]:
        """The test of one row, which the database cannot turn into a join."""
        test = self._tokens_test() if db.dialect() == "sqlite" else self._vector_match()
        hit = select(test).where(SearchDocument.object_id == object_id, *self._in_scope())
        return func.coalesce(hit.scalar_subquery(), false())

    def among(self, object_id: db.IdColumn) -> ColumnElement[bool]:
        """Whether the row is one of the matches, all of which are gathered once and kept at hand."""
        if db.dialect() == "sqlite":
            return (object_id + 0).in_(self._matches)
        # Compared with true it is no join for PostgreSQL, which would take the matches to be few and start from them.
        return object_id.in_(self._matches).is_(true())

    @cached_property
    def _matches(self) -> Select[int]:
        """All matching ids, from the full-text index; one expression however often a statement mentions it."""
        if db.dialect() == "sqlite":
            asked = " OR ".join(f"({to_fts5(query)})" for query in self._marked())
            return select(_WORDS.c.rowid).where(literal_column(FTS_TABLE, Text).op("MATCH")(asked))
        # A materialised table expression is planned as if all its rows were wanted, hence by the index; with a LIMIT
        # in sight the planner would read the table from its start, hoping to meet enough matches soon.
        # Its name tells the kind, as one statement may look for several.
        name = f"found_{self.kind or 'any'}"
        found = select(SearchDocument.object_id).where(self._vector_match()).cte(name).prefix_with("MATERIALIZED")
        return select(found.c.object_id)

    def _vector_match(self) -> ColumnElement[bool]:
        return SearchDocument.tokens.op("@@", is_comparison=True)(self._tsquery())

    def _tsquery(self) -> ColumnElement[str]:
        asked = " | ".join(f"({to_tsquery(query)})" for query in self._marked())
        return cast(literal(asked, Text), TSQUERY)

    def _marked(self) -> list[Query]:
        return marked_queries(self.query, self.space_ids, self.kind)

    def _tokens_test(self) -> ColumnElement[bool]:
        # FTS5 prepares its whole query anew for each row that is tested; looking into the stored words is far cheaper.
        words = literal(" ").concat(func.replace(SearchDocument.tokens, "\n", " ")).concat(" ")
        sought = [f" {term} " for term in self.query.terms] + [f" {prefix}" for prefix in self.query.prefixes]
        return and_(true(), *(func.instr(words, part) > 0 for part in sought))

    def _in_scope(self) -> list[ColumnElement[bool]]:
        kinds = [SearchDocument.kind == self.kind] if self.kind else []
        return [SearchDocument.space_id.in_(self.space_ids), *kinds]


def matching(query_text: str, space_ids: Collection[int], kind: str | None = None) -> Matcher:
    """The objects in these spaces that hold all words of the text, the last one perhaps not typed to its end. A text
    without any word matches nothing."""
    return Matcher(frozenset(space_ids), parse_query(query_text), kind)
