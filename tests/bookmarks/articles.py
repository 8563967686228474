"""Articles for tests of highlights: the texts in which they have their places."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from unittest.mock import patch

from trackeep.bookmarks import queries
from trackeep.bookmarks.queries import highlights


@contextmanager
def article_texts(texts: Mapping[int, str]) -> Iterator[None]:
    """Until the block ends these bookmarks have articles with these texts; the mapping may change meanwhile."""

    def found(ids: Collection[int]) -> Mapping[int, str]:
        return {each: texts[each] for each in ids if each in texts}

    with patch.object(queries, "article_texts", found), patch.object(highlights, "article_texts", found):
        yield
