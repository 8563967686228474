"""Which objects hold the words of a query: as a filter for a list of any domain, as ids, as a capped count."""

from collections.abc import Collection
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
    union_all,
)
from sqlalchemy.dialects.postgresql import TSQUERY

from trackeep.core import db
from trackeep.core.search_index.documents import SearchDocument
from trackeep.core.search_index.marks import kind_word, marked_queries, space_mark
from trackeep.core.search_index.schema import FTS_TABLE
from trackeep.core.tokeniser import Query, parse_query, to_fts5, to_tsquery

COUNT_CAP = 1_000
# Up to so many ids are put into the list's own query.
_FEW = 500
# So many matches are still sooner gathered and sorted than met by walking a list of everything.
_GATHERED = 5_000
# Words that one in ten of this many newest documents has are common: testing one document after another in the
# list's own order soon fills a page then. Words that not even one in a hundred has may be frequent among the older
# ones; a walk would have to pass by all that is newer.
_SAMPLE = 1_000
_COMMON = 10
_SOON = 100

_WORDS = table(FTS_TABLE, column("rowid", Integer))


@dataclass(frozen=True)
class Matcher:
    """The matches of one query in some spaces; how common they are is looked up once, when first needed."""

    space_ids: frozenset[int]
    query: Query
    kind: str | None

    def filter(self, object_id: db.IdColumn) -> ColumnElement[bool]:
        """A condition for the list's query, exact with any other filters and any order beside it."""
        if self._few_ids is not None:
            return db.is_one_of(object_id, self._few_ids)
        return object_id.in_(self._matches()) if self.is_sparse else self.exists_clause(object_id)

    @cached_property
    def is_sparse(self) -> bool:
        """Whether a list does better to gather all that matches than to test one row after another in its order."""
        if self._few_ids is not None or self._newest_hits * _SOON < _SAMPLE:
            return True
        return not self._is_common and self.count_capped(_GATHERED + 1) <= _GATHERED

    def exists_clause(self, object_id: db.IdColumn) -> ColumnElement[bool]:
        """The test of one row, which the database cannot turn into a join; good where most rows pass or few are
        asked."""
        if self._is_empty:
            return false()
        test = self._tokens_test() if db.dialect() == "sqlite" else self._vector_match()
        hit = select(test).where(SearchDocument.object_id == object_id, *self._in_scope())
        return func.coalesce(hit.scalar_subquery(), false())

    def ids_subquery(self, cap: int) -> Select[int]:
        """The ids of the newest matches, newest first, at most ``cap``."""
        if db.dialect() == "postgresql" and not self._is_empty and self._is_common:
            return self._walk(cap)
        matches = self._matches()
        return matches.order_by(matches.selected_columns[0].desc()).limit(cap)

    def count_capped(self, cap: int = COUNT_CAP) -> int:
        """How many match, ``cap`` at most."""
        if self._few_ids is not None:
            return min(cap, len(self._few_ids))
        found = self.ids_subquery(cap) if self._is_common else self._matches().limit(cap)
        return db.session().scalar(select(func.count()).select_from(found.subquery())) or 0

    @property
    def _is_empty(self) -> bool:
        return not self.query or not self.space_ids

    @cached_property
    def _few_ids(self) -> list[int] | None:
        """All matching ids if they are few, else None."""
        if self._is_empty:
            return []
        if db.dialect() == "postgresql" and self._is_common:
            return None
        found = db.session().scalars(self._matches().limit(_FEW + 1)).all()
        return list(found) if len(found) <= _FEW else None

    @property
    def _is_common(self) -> bool:
        return self._newest_hits * _COMMON >= _SAMPLE

    @cached_property
    def _newest_hits(self) -> int:
        """How many of the newest documents match, on SQLite at most as many as make a word common."""
        if db.dialect() == "sqlite":
            return self._hits_among_newest()
        # Its index cannot stream, so PostgreSQL tests the newest documents themselves.
        newest = union_all(*(self._newest(space_id) for space_id in self.space_ids)).subquery()
        hits = db.session().scalar(select(func.count()).where(newest.c.tokens.op("@@")(self._tsquery())))
        return hits or 0

    def _hits_among_newest(self) -> int:
        scope = [f'"{space_mark(space_id)}{kind_word(self.kind or "")}"' for space_id in self.space_ids]
        everything = " OR ".join(scope if self.kind else [f"{words}*" for words in scope])
        newest = _fts_matches(everything).order_by(_WORDS.c.rowid.desc())
        oldest_of_them = db.session().scalar(newest.limit(1).offset(_SAMPLE)) or 0
        hits = self._matches().where(_WORDS.c.rowid > oldest_of_them).limit(_SAMPLE // _COMMON)
        return db.session().scalar(select(func.count()).select_from(hits.subquery())) or 0

    def _newest(self, space_id: int) -> Select[str]:
        of_kind = SearchDocument.kind == self.kind if self.kind else true()
        newest = select(SearchDocument.tokens).where(SearchDocument.space_id == space_id, of_kind)
        share = max(1, _SAMPLE // len(self.space_ids))
        return select(newest.order_by(SearchDocument.object_id.desc()).limit(share).subquery())

    def _matches(self) -> Select[int]:
        """All matching ids, from the full-text index."""
        if self._is_empty:
            return select(SearchDocument.object_id).where(false())
        if db.dialect() == "sqlite":
            asked = " OR ".join(f"({to_fts5(query)})" for query in self._marked())
            return _fts_matches(asked)
        # A materialised table expression is planned as if all its rows were wanted, hence by the index; with a LIMIT
        # in sight the planner would read the table from its start, hoping to meet enough matches soon.
        found = select(SearchDocument.object_id).where(self._vector_match()).cte("found").prefix_with("MATERIALIZED")
        return select(found.c.object_id)

    def _walk(self, cap: int) -> Select[int]:
        """The newest matches of a common word on PostgreSQL: each space's documents from the newest on."""
        # The full-text index, which would collect everything first, cannot serve the test when it is spelled so.
        test = self._vector_match().is_(true())
        of_kind = SearchDocument.kind == self.kind if self.kind else true()
        newest_first = select(SearchDocument.object_id).order_by(SearchDocument.object_id.desc()).limit(cap)
        each = [
            select(newest_first.where(SearchDocument.space_id == space_id, of_kind, test).subquery())
            for space_id in self.space_ids
        ]
        found = union_all(*each).subquery()
        return select(found.c.object_id).order_by(found.c.object_id.desc()).limit(cap)

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


def _fts_matches(asked: str) -> Select[int]:
    return select(_WORDS.c.rowid).where(literal_column(FTS_TABLE, Text).op("MATCH")(asked))
