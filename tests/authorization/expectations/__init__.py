"""The one table of who may do what: each method of each route, by its endpoint; a file a domain."""

from collections.abc import Mapping

from tests.authorization.cases import Case
from tests.authorization.expectations import (
    accounts,
    bookmarks,
    feeds,
    gathering,
    links,
    notes,
    references,
    shares,
    tags,
    tasks,
)

TABLE: Mapping[str, Case] = {
    **gathering.TABLE,
    **accounts.TABLE,
    **bookmarks.TABLE,
    **links.TABLE,
    **feeds.TABLE,
    **references.TABLE,
    **shares.TABLE,
    **notes.TABLE,
    **tags.TABLE,
    **tasks.TABLE,
}
