"""Documents go in by their services and are found by their words, in the asked spaces only."""

import time
from collections.abc import Sequence
from dataclasses import replace

import pytest
from sqlalchemy import select, text

from trackeep.core import db, search_index
from trackeep.core.actor import Actor
from trackeep.core.objects import Object, create_objects, purge_objects
from trackeep.core.search_index import Document, SearchDocument, matching

pytestmark = pytest.mark.usefixtures("database")


def space(actor: Actor) -> int:
    assert actor.personal_space_id is not None
    return actor.personal_space_id


def add(actor: Actor, *titles: str, kind: str = "bookmark", text: str = "") -> list[int]:
    """Documents with these titles in the actor's personal space."""
    with db.unit_of_work():
        ids = create_objects(kind, space(actor), actor, len(titles))
        search_index.index_documents(
            [
                Document(object_id=object_id, space_id=space(actor), kind=kind, title=title, text=text)
                for object_id, title in zip(ids, titles, strict=True)
            ]
        )
    return list(ids)


def found(query: str, *actors: Actor, kind: str | None = None) -> Sequence[int]:
    """What the three ways of asking agree on, newest first."""
    asked = matching(query, [space(actor) for actor in actors], kind)
    ids = asked.ids(100)
    assert ids is not None
    newest_first = sorted(ids, reverse=True)
    if asked.query and asked.space_ids:
        for condition in (asked.each(Object.id), asked.among(Object.id)):
            listed = db.session().scalars(select(Object.id).where(condition).order_by(Object.id.desc()))
            assert list(listed) == newest_first
    return newest_first


def test_words_are_found_folded_and_as_beginnings(alice: Actor) -> None:
    crepes, bread = add(alice, "Crêpes from Brittany", "Bread with butter")

    assert found("crepes", alice) == [crepes]
    assert found("BRITT", alice) == [crepes]
    assert found("from b", alice) == [crepes]
    assert found("b", alice) == [bread, crepes]
    assert found("brit from", alice) == []
    assert found("nothing", alice) == []


@pytest.mark.parametrize(
    "query", ["", "!!!", '"', "'", "a-b AND (", "\\", "x' OR 1=1 --", "*", "title:x", "🦀", "\x00"]
)
def test_any_text_may_be_asked(alice: Actor, query: str) -> None:
    add(alice, "Bread with butter")

    assert found(query, alice) == []


def test_others_spaces_are_never_reached(alice: Actor, bob: Actor) -> None:
    [mine], [theirs] = add(alice, "Shared word"), add(bob, "Shared word")

    assert found("shared", alice) == [mine]
    assert found("shared", alice, bob) == [theirs, mine]
    assert matching("shared", []).ids(100) == []


def test_kinds_are_told_apart_and_their_marks_cannot_be_typed(alice: Actor) -> None:
    [bookmark], [note] = add(alice, "Bread", kind="bookmark"), add(alice, "Bread", kind="note")

    assert found("bread", alice, kind="note") == [note]
    assert found("bread", alice) == [note, bookmark]
    assert found("_note", alice) == []
    assert found("note", alice) == []


def test_a_document_is_replaced_moved_and_removed(alice: Actor, bob: Actor) -> None:
    first, second = add(alice, "Old words", "Old things")
    document = Document(object_id=first, space_id=space(alice), kind="bookmark", title="New words")
    with db.unit_of_work():
        search_index.index_documents([document])
    assert found("old", alice) == [second]
    assert found("new", alice) == [first]

    with db.unit_of_work():
        search_index.move_documents([first], space(bob))
    assert (found("new", alice), found("new", bob)) == ([], [first])

    with db.unit_of_work():
        search_index.remove_documents([first])
        purge_objects([second])
    assert found("words", alice, bob) == found("old", alice, bob) == []
    assert db.session().scalars(select(SearchDocument)).all() == []


def test_host_author_and_long_text_are_found(alice: Actor) -> None:
    [object_id] = add(alice, "Title")
    document = Document(
        object_id=object_id, space_id=space(alice), kind="bookmark", title="Title", host="blog.example.org",
        author="Ada Lovelace", text="needle " + "hay " * 100_000 + "lost", flags=("unread",),
    )  # fmt: skip
    with db.unit_of_work():
        search_index.index_documents([document])

    for word in ("needle", "hay", "example", "lovelace"):
        assert found(word, alice) == [object_id]
    row = db.session().scalars(select(SearchDocument)).one()
    assert (row.truncated, row.flags) == (True, "unread")
    assert len(row.text) <= 200_000


def test_many_matches_are_not_fetched(alice: Actor) -> None:
    add(alice, *["common"] * 5, "rare")

    assert matching("common", [space(alice)]).ids(4) is None
    assert len(found("rare", alice)) == 1


def test_a_rolled_back_document_is_not_found(alice: Actor) -> None:
    with pytest.raises(RuntimeError), db.unit_of_work():
        ids = create_objects("bookmark", space(alice), alice, 1)
        search_index.index_documents(
            [Document(object_id=ids[0], space_id=space(alice), kind="bookmark", title="Ghost")]
        )
        raise RuntimeError

    assert found("ghost", alice) == []


def test_the_full_text_table_agrees_with_its_documents(alice: Actor) -> None:
    ids = add(alice, "One ü", "Two 日本語", "")
    with db.unit_of_work():
        search_index.index_documents(
            [Document(object_id=ids[0], space_id=space(alice), kind="bookmark", title="Three", text="four")]
        )
        search_index.remove_documents(ids[1:])
    if db.dialect() == "sqlite":
        with db.unit_of_work() as session:
            session.execute(text("INSERT INTO search_words(search_words) VALUES ('integrity-check')"))
    assert found("one", alice) == []
    assert found("three", alice) == ids[:1]


def test_thousands_of_documents_are_indexed_in_a_second_or_two(alice: Actor) -> None:
    with db.unit_of_work():
        ids = create_objects("bookmark", space(alice), alice, 2_000)
    sample = Document(
        object_id=0, space_id=space(alice), kind="bookmark", host="docs.example.org",
        title="An honest title of a page about gardening", text="A description of some thirty words " * 5,
    )  # fmt: skip
    started = time.process_time()
    with db.unit_of_work():
        search_index.index_documents([replace(sample, object_id=object_id) for object_id in ids])
    assert time.process_time() - started < 2
