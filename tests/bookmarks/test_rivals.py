"""Several at once in one space: nobody waits in a circle, and what is counted is counted once."""

import random
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from tests.bookmarks.test_api import save
from tests.people import People
from trackeep.bookmarks import queries, service
from trackeep.bookmarks.drafts import Changes, Draft
from trackeep.bookmarks.service.bulk import BulkAction, BulkVerb, Selection
from trackeep.core import db
from trackeep.core.actor import Actor
from trackeep.core.errors import TrackeepError
from trackeep.core.objects import Object
from trackeep.tags import queries as tag_queries
from trackeep.tags import service as tags
from trackeep.tags.models import ObjectTag

Work = Callable[[Actor, random.Random, Sequence[int]], object]
WORKERS, ROUNDS = 6, 25


def bulk(verb: BulkVerb) -> Work:
    def change(actor: Actor, dice: random.Random, ids: Sequence[int]) -> object:
        done = service.change_many(actor, Selection(ids=dice.sample(ids, 12)), BulkAction(verb=verb, tags=names(dice)))
        return service.undo_change(actor, done.undo_id) if done.undo_id and dice.random() < 0.3 else None

    return change


def names(dice: random.Random) -> tuple[str, ...]:
    return tuple(dice.sample(["a", "b", "c", "d", "e"], 3))


def add(actor: Actor, dice: random.Random, ids: Sequence[int]) -> object:
    draft = Draft(url=f"https://rivals.example.org/{dice.randint(0, 30)}", tags=names(dice))
    return service.save_bookmark(actor, space_id=actor.personal_space_id or 0, draft=draft)


def edit(actor: Actor, dice: random.Random, ids: Sequence[int]) -> object:
    item = queries.get_bookmark(actor, dice.choice(ids))
    service.edit_bookmark(actor, item.id, Changes(title="x", tags=names(dice)), version=item.version)
    return item.id


def merge(actor: Actor, dice: random.Random, ids: Sequence[int]) -> object:
    there = [tag.id for tag in tag_queries.list_tags(actor).items]
    source, target = dice.sample(there, 2)
    return tags.merge_tags(actor, [source], into=target)


def restore(actor: Actor, dice: random.Random, ids: Sequence[int]) -> object:
    return service.restore_bookmarks(actor, dice.sample(ids, 12))


def fetched(actor: Actor, dice: random.Random, ids: Sequence[int]) -> object:
    service.note_fetch_failure(dice.choice(ids), "It was too slow.")
    return ids


WORKS: Sequence[Work] = (
    *map(bulk, (BulkVerb.TAG, BulkVerb.UNTAG, BulkVerb.TRASH, BulkVerb.ARCHIVE)), add, edit, merge, restore, fetched
)  # fmt: skip


@pytest.fixture
def alice(people: People) -> Actor:
    return people.add("alice")


def test_rivals_never_meet_a_deadlock_and_the_counts_stay_right(alice: Actor) -> None:
    ids = [save(alice, number, tags=["a", "b"]) for number in range(40)]

    def work(seed: int) -> None:
        dice = random.Random(seed)
        for _round in range(ROUNDS):
            try:
                dice.choice(WORKS)(alice, dice, ids)
            except (TrackeepError, ValueError):
                pass  # somebody was faster, or there are no two tags left
            finally:
                db.release()

    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(work, range(WORKERS)))

    live = select(ObjectTag.tag_id, func.count()).join(Object, Object.id == ObjectTag.object_id)
    counted = dict(db.session().execute(live.where(Object.deleted_at.is_(None)).group_by(ObjectTag.tag_id)).all())
    shown = {tag.id: tag.uses for tag in tag_queries.list_tags(alice).items}
    assert shown == {tag_id: counted.get(tag_id, 0) for tag_id in shown}


def test_a_collection_that_two_bring_back_keeps_its_name(alice: Actor) -> None:
    together = threading.Barrier(WORKERS)

    def bring_back(collection_id: int) -> int:
        queries.collection_tree(alice)  # with a connection at hand
        together.wait(10)
        try:
            return service.restore_collections(alice, [collection_id])
        except TrackeepError:
            return 0
        finally:
            db.release()

    with ThreadPoolExecutor(WORKERS) as pool:
        for number in range(ROUNDS):
            found = service.create_collection(alice, alice.personal_space_id or 0, name=f"Kitchen {number}")
            service.delete_collection(alice, found)
            assert sum(pool.map(bring_back, [found] * WORKERS)) == 1
    assert {node.name for node in queries.collection_tree(alice)} == {f"Kitchen {number}" for number in range(ROUNDS)}
