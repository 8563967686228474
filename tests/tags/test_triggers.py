"""Whatever happens to tags, each object knows whether it has one."""

from collections.abc import Callable

import pytest
from sqlalchemy import exists, func, select

from tests.factories.accounts import Person
from trackeep.bookmarks import queries as bookmark_queries
from trackeep.bookmarks import service as bookmarks
from trackeep.bookmarks.drafts import Draft
from trackeep.bookmarks.filters import Filters, View
from trackeep.core import db
from trackeep.core.objects import Object
from trackeep.spaces import service as spaces
from trackeep.tags import queries, service
from trackeep.tags.models import ObjectTag

TAGS = ((), ("a",), ("a", "b"), ("b/c",))


@pytest.fixture
def ids(alice: Person) -> list[int]:
    return [
        bookmarks.save_bookmark(
            alice.actor, space_id=alice.space_id, draft=Draft(url=f"https://example.org/{number}", tags=names)
        )
        for number, names in enumerate(TAGS)
    ]


def _tag(alice: Person, name: str) -> int:
    return next(tag.id for tag in queries.suggest(alice.actor, space_id=alice.space_id, text=name) if tag.name == name)


def _move(alice: Person, ids: list[int]) -> None:
    team = spaces.create_team(alice.actor, name="Reading group")
    bookmarks.move_bookmarks(alice.actor, ids, to_space=team)


CHANGES: dict[str, Callable[[Person, list[int]], object]] = {
    "nothing": lambda alice, ids: None,
    "one more": lambda alice, ids: service.add_tags(alice.actor, alice.space_id, ids, ["new"]),
    "one less": lambda alice, ids: service.remove_tags(alice.actor, alice.space_id, ids, ["a"]),
    "none left": lambda alice, ids: service.set_tags(alice.actor, alice.space_id, ids[1], []),
    "deleted": lambda alice, ids: service.delete_tags(alice.actor, [_tag(alice, "a")]),
    "deleted and back": lambda alice, ids: service.undo_change(
        alice.actor, service.delete_tags(alice.actor, [_tag(alice, "a")])
    ),
    "merged": lambda alice, ids: service.merge_tags(alice.actor, [_tag(alice, "a")], into=_tag(alice, "b")),
    "moved": lambda alice, ids: _move(alice, ids),
    "thrown away": lambda alice, ids: bookmarks.purge_bookmarks(
        alice.actor, ids[: bookmarks.trash_bookmarks(alice.actor, ids[:2])]
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_objects_know_whether_they_have_a_tag(alice: Person, ids: list[int], change: str) -> None:
    CHANGES[change](alice, ids)

    carries = exists().where(ObjectTag.object_id == Object.id)
    wrong = select(func.count()).select_from(Object).where(Object.tagged != carries)
    assert db.session().scalar(wrong) == 0
    untagged = bookmark_queries.list_bookmarks(alice.actor, Filters(view=View.UNTAGGED)).items
    assert all(not item.tags for item in untagged)
    everything = bookmark_queries.list_bookmarks(alice.actor, Filters()).items
    assert len(untagged) == sum(not item.tags for item in everything)
