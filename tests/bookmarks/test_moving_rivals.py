"""A bookmark moves to another space while somebody edits it who has read it where it was."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.bookmarks.test_api import save
from tests.people import People
from trackeep.bookmarks import queries, service
from trackeep.bookmarks.drafts import Changes
from trackeep.bookmarks.queries import BookmarkItem
from trackeep.core import db
from trackeep.core.actor import Actor, Role
from trackeep.core.errors import Conflict, NotFound
from trackeep.spaces import service as spaces
from trackeep.tags import queries as tag_queries

Read = Callable[[Actor, int], BookmarkItem]


@pytest.fixture
def alice(people: People) -> Actor:
    """With a space of a team beside her own."""
    alone = people.add("alice")
    return people.join("alice", spaces.create_team(alone, name="Together"), Role.OWNER)


def elsewhere(act: Callable[[], object]) -> None:
    """On a thread, and so on a connection, of its own."""

    def wrapped() -> None:
        try:
            act()
        finally:
            db.release()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(wrapped).result()


@pytest.fixture
def overtake(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], object]], None]:
    """Let this be done by another connection as soon as the next bookmark was read."""

    def wrapped(act: Callable[[], object]) -> None:
        real: Read = queries.get_bookmark

        def read(actor: Actor, bookmark_id: int) -> BookmarkItem:
            monkeypatch.setattr(queries, "get_bookmark", real)
            found = real(actor, bookmark_id)
            db.release()
            elsewhere(act)
            return found

        monkeypatch.setattr(queries, "get_bookmark", read)

    return wrapped


@pytest.mark.parametrize("what", ["tags", "texts", "marks", "collections"])
def test_an_edit_that_was_overtaken_by_a_move_is_told_so(
    alice: Actor, overtake: Callable[[Callable[[], object]], None], what: str
) -> None:
    bookmark_id = save(alice, 1, tags=["kept"])
    collection = service.create_collection(alice, alice.personal_space_id or 0, name="Kitchen")
    version = queries.get_bookmark(alice, bookmark_id).version
    changes = {
        "tags": Changes(tags=("other",)),
        "texts": Changes(title="x", tags=("other",)),
        "marks": Changes(favourite=True),
        "collections": Changes(collection_ids=(collection,)),
    }[what]
    other = next(space_id for space_id in alice.roles if space_id != alice.personal_space_id)
    overtake(lambda: service.move_bookmarks(alice, [bookmark_id], to_space=other))
    with pytest.raises(Conflict):
        service.edit_bookmark(alice, bookmark_id, changes, version=version if what == "texts" else None)
    there = queries.get_bookmark(alice, bookmark_id)
    assert (there.space_id, there.title, [tag.name for tag in there.tags]) == (other, "Page 1", ["kept"])
    assert (there.favourite, list(there.collection_ids)) == (False, [])
    assert {tag.name: tag.uses for tag in tag_queries.list_tags(alice).items if tag.uses} == {"kept": 1}


def test_an_edit_that_was_overtaken_by_the_trash_finds_nothing(
    alice: Actor, overtake: Callable[[Callable[[], object]], None]
) -> None:
    bookmark_id = save(alice, 1)
    overtake(lambda: service.trash_bookmarks(alice, [bookmark_id]))
    with pytest.raises(NotFound):
        service.edit_bookmark(alice, bookmark_id, Changes(tags=("other",)))
