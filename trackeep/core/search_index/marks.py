"""Marks that keep spaces apart inside the full-text index: each word carries its space, each kind is a word.

A word is indexed as its space's number in a fixed width followed by the word. So whatever is asked, also the beginning
of a very common word, costs what the asker's own spaces hold, not what everybody's do; and a word of another space
cannot be reached by any query.
"""

from collections.abc import Collection, Iterable

from trackeep.core.tokeniser import Query

WIDTH = 7
MAX_SPACE_ID = 16**WIDTH - 1


def space_mark(space_id: int) -> str:
    """Fixed width, so that prefix indexes of fixed lengths fit and no mark begins another one."""
    if not 0 <= space_id <= MAX_SPACE_ID:
        raise ValueError("the search index has no mark for this space")
    return f"{space_id:0{WIDTH}x}"


def marked(words: Iterable[str], space_id: int) -> list[str]:
    mark = space_mark(space_id)
    return [mark + word for word in words]


def kind_word(kind: str) -> str:
    """The tokeniser never makes a word with an underscore, so nobody types this one."""
    return f"_{kind}"


def marked_queries(query: Query, space_ids: Collection[int], kind: str | None) -> list[Query]:
    """The query once per space, as the index spells it."""
    kinds = (kind_word(kind),) if kind else ()
    return [
        Query(
            terms=tuple(marked((*query.terms, *kinds), space_id)),
            prefixes=tuple(marked(query.prefixes, space_id)),
        )
        for space_id in sorted(space_ids)
    ]
