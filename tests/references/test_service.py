"""Linking, parting and making about: who may, what is told, and that both sides show it."""

from collections.abc import Iterator

import pytest
from apiflask import APIFlask

from tests.bookmarks.test_api import save
from tests.people import People
from tests.references.offers import ERRAND, ERRANDS, TITLES
from tests.statements import counted
from trackeep.bookmarks import service as bookmarks
from trackeep.bookmarks.highlights import Passage
from trackeep.core import db, versions
from trackeep.core.actor import Actor, Role
from trackeep.core.errors import Forbidden, Invalid, NotFound
from trackeep.core.objects import Object
from trackeep.core.references import ObjectReference
from trackeep.references import queries, service
from trackeep.references.provides import export_lines
from trackeep.spaces import service as spaces


@pytest.fixture
def alice(app: APIFlask, people: People) -> Iterator[Actor]:
    people.offer(ERRAND, ERRANDS)
    with app.test_request_context():
        yield people.add("alice")
    TITLES.clear()


def page_of(actor: Actor, number: int) -> int:
    return save(actor, url=f"https://example.org/{number}", title=f"Page {number}")


def linked(actor: Actor, object_id: int) -> list[int]:
    return [each.thing.object_id for each in queries.linked_with(actor, object_id)[1].items]


def test_both_sides_show_a_link(alice: Actor) -> None:
    one, other = page_of(alice, 1), page_of(alice, 2)
    words = bookmarks.add_highlight(alice, one, Passage(quote="Some words"))
    service.link(alice, one, other, note=" as told there ")
    service.link(alice, words, one)
    assert linked(alice, one) == [words, other]
    assert linked(alice, other) == [one]
    assert linked(alice, words) == [one]
    first = queries.linked_with(alice, other)[1].items[0]
    assert (first.note, first.thing.title, str(first.thing.kind_title)) == ("as told there", "Page 1", "Bookmark")


def test_a_pair_stands_once_whichever_side_it_is_made_from(alice: Actor) -> None:
    one, other = page_of(alice, 1), page_of(alice, 2)
    first = service.link(alice, one, other, note="first")
    assert service.link(alice, other, one, note="second") == first
    assert [each.note for each in queries.linked_with(alice, one)[1].items] == ["first"]


def test_parting_leaves_both_and_can_be_taken_back(alice: Actor) -> None:
    one, other = page_of(alice, 1), page_of(alice, 2)
    parted = service.unlink(alice, service.link(alice, one, other, note="why"))
    assert linked(alice, one) == linked(alice, other) == []
    service.link(alice, parted.object_id, parted.other_id, note=parted.note)
    assert queries.linked_with(alice, one)[1].items[0].note == "why"


def test_what_is_refused(alice: Actor, people: People) -> None:
    one, other = page_of(alice, 1), page_of(alice, 2)
    foreign = page_of(people.add("bob"), 3)
    with pytest.raises(Invalid):
        service.link(alice, one, one)
    with pytest.raises(Invalid):
        service.link(alice, one, other, note="x" * 501)
    for pair in ((one, foreign), (foreign, one), (one, 999_999)):
        with pytest.raises(NotFound):
            service.link(alice, *pair)
    with pytest.raises(NotFound):
        service.unlink(alice, 999_999)
    bookmarks.trash_bookmarks(alice, [other])
    with pytest.raises(NotFound):
        service.link(alice, one, other)


def test_nobody_sees_a_link_to_what_they_may_not_see(alice: Actor, people: People) -> None:
    bob = people.add("bob")
    team = spaces.create_team(bob, name="Team")
    alice = people.join("alice", team, Role.VIEWER)
    bob = people.join("bob", team, Role.OWNER)
    shared, own = save(bob, space_id=team, url="https://example.org/shared"), page_of(alice, 1)
    also_shared = save(bob, space_id=team, url="https://example.org/also")
    reference_id = service.link(alice, own, shared)
    assert linked(alice, shared) == [own]
    assert linked(bob, shared) == []
    with pytest.raises(NotFound):
        service.unlink(bob, reference_id)
    with pytest.raises(Forbidden):
        service.link(alice, shared, also_shared)
    of_team = service.link(bob, shared, also_shared)
    with pytest.raises(Forbidden):
        service.unlink(alice, of_team)
    assert [each.object_id for each in queries.candidates(bob, queries.get_thing(bob, shared), "", 8)] == []
    assert own in [each.object_id for each in queries.candidates(alice, queries.get_thing(alice, also_shared), "", 8)]


def test_what_lies_in_the_trash_is_kept_and_not_shown(alice: Actor) -> None:
    one, other = page_of(alice, 1), page_of(alice, 2)
    service.link(alice, one, other)
    bookmarks.trash_bookmarks(alice, [other])
    assert linked(alice, one) == []
    bookmarks.restore_bookmarks(alice, [other])
    assert linked(alice, one) == [other]
    bookmarks.trash_bookmarks(alice, [other])
    bookmarks.purge_bookmarks(alice, [other])
    assert db.session().query(ObjectReference).count() == 0


def test_something_is_made_about_a_thing_in_its_space(alice: Actor) -> None:
    one = page_of(alice, 1)
    made = service.make_from(alice, one, "errand", " Read it again ")
    assert (made.kind, made.title) == ("errand", "Read it again")
    assert linked(alice, one) == [made.object_id]
    assert linked(alice, made.object_id or 0) == [one]


def test_what_cannot_be_made_leaves_nothing(alice: Actor) -> None:
    one = page_of(alice, 1)
    for kind, text in (
        ("errand", "refused"),
        ("errand", "  "),
        ("bookmark", "https://example.org/2"),
        ("nothing", "x"),
    ):
        with pytest.raises(Invalid):
            service.make_from(alice, one, kind, text)
    assert db.session().query(Object).filter_by(kind="errand").count() == 0
    with pytest.raises(NotFound):
        service.make_from(alice, 999_999, "errand", "x")


def test_pages_of_a_list_and_the_number_of_queries(alice: Actor) -> None:
    one = page_of(alice, 0)
    others = [page_of(alice, number) for number in range(1, 4)]
    for other in others:
        service.link(alice, one, other)
    service.make_from(alice, one, "errand", "x")
    with counted() as few:
        assert len(linked(alice, one)) == 4
    for number in range(4, 30):
        service.link(alice, one, page_of(alice, number))
    with counted() as many:
        found = queries.linked_with(alice, one)[1]
    assert len(many) == len(few)
    assert len(found.items) == queries.PAGE_SIZE
    rest = queries.linked_with(alice, one, cursor=found.next_cursor)[1]
    assert len(rest.items) == 10
    assert rest.next_cursor is None


def test_candidates_are_what_the_palette_finds_without_what_is_linked(alice: Actor) -> None:
    one, other, third = (page_of(alice, number) for number in range(1, 4))
    service.link(alice, one, other)
    thing = queries.get_thing(alice, one)
    assert [each.object_id for each in queries.candidates(alice, thing, "", 8)] == [third]
    assert [each.object_id for each in queries.candidates(alice, thing, "page 3", 8)] == [third]
    assert queries.candidates(alice, thing, "no such words", 8) == []


def test_a_change_makes_kept_answers_of_both_spaces_stale(alice: Actor, people: People) -> None:
    bob = people.add("bob")
    team = spaces.create_team(bob, name="Team")
    alice = people.join("alice", team, Role.MEMBER)
    one, other = page_of(alice, 1), save(alice, space_id=team, url="https://example.org/team")
    scopes = [versions.space_scope(alice.personal_space_id or 0), versions.space_scope(team)]
    before = versions.current_versions(scopes)
    service.link(alice, one, other)
    assert all(versions.current_versions(scopes)[scope] > before[scope] for scope in scopes)


def test_links_follow_a_merge_and_its_undoing(alice: Actor) -> None:
    stays, twin = page_of(alice, 1), page_of(alice, 2)
    errand = service.make_from(alice, twin, "errand", "About the twin").object_id or 0
    common = page_of(alice, 3)
    service.link(alice, stays, common)
    service.link(alice, twin, common)
    service.link(alice, twin, stays)
    done = bookmarks.merge_bookmarks(alice, [stays, twin], into=stays)
    assert set(linked(alice, stays)) == {errand, common}
    assert linked(alice, errand) == [stays]
    bookmarks.undo_change(alice, done.undo_id or 0)
    assert set(linked(alice, stays)) == {common, twin}
    assert set(linked(alice, twin)) == {errand, common, stays}
    assert linked(alice, errand) == [twin]


def test_the_archive_has_links_of_own_things(alice: Actor, people: People) -> None:
    one, other = page_of(alice, 1), page_of(alice, 2)
    service.link(alice, one, other, note="why")
    bob = people.add("bob")
    service.link(bob, page_of(bob, 3), page_of(bob, 4))
    lines = list(export_lines(alice))
    assert len(lines) == 1
    assert b'"Page 1"' in lines[0]
    assert b'"why"' in lines[0]


def test_a_token_sees_only_kinds_of_its_domains(alice: Actor, people: People) -> None:
    assert "errand" in queries.kinds(alice)
    people.holder("alice", "references:read", "bookmarks:read")
    token = Actor(alice.user_id, roles=alice.roles, scopes=frozenset({"references:read", "bookmarks:read"}))
    assert set(queries.kinds(token)) == {"bookmark", "highlight"}
    assert queries.makers(token) == []
    assert "errand" in [offer.kind for offer in queries.makers(alice)]
