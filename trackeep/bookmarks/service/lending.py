"""What other domains may ask of bookmarks: which pages are there, which collections, and lists to show elsewhere."""

from collections.abc import Mapping, Sequence

from trackeep.bookmarks import queries
from trackeep.bookmarks.filters import Filters
from trackeep.bookmarks.queries import BookmarkHit, BookmarkItem, CollectionItemView
from trackeep.bookmarks.service.rows import checked_url
from trackeep.core.actor import Actor


def page_key(url: str) -> tuple[str, str]:
    """The address as it would be kept, and the key that all spellings of it share; raises Invalid for one that cannot
    be saved."""
    values = checked_url(url)
    return values["url"], values["url_key"]


def collections_in(actor: Actor, space_id: int) -> Sequence[CollectionItemView]:
    """The collections of a space, each behind its parent, without counting what is in them."""
    return queries.collection_tree(actor, space_id, counted=False)


def mentions(actor: Actor, bookmark_ids: Sequence[int]) -> Mapping[int, BookmarkHit]:
    """Those of the bookmarks that the actor may read and that are not in the trash, as other pages mention them."""
    return queries.hits(actor, bookmark_ids)


def newest(actor: Actor, filters: Filters, limit: int) -> Sequence[BookmarkItem]:
    """The newest that the filters let through."""
    return queries.list_bookmarks(actor, filters, limit=limit).items


def newest_shared(actor: Actor, space_id: int, limit: int) -> Sequence[BookmarkItem]:
    """The newest of a space that are shared with everybody signed in."""
    return queries.newest_shared(actor, space_id, limit)
