"""The tree of collections in the sidebar: what is open, what is bounded, and who sees it."""

import pytest

from tests.people import Browser, People
from tests.statements import counted
from trackeep.bookmarks import queries, service
from trackeep.bookmarks.queries.branches import MAX_ROWS, MAX_SIBLINGS
from trackeep.core.actor import Actor
from trackeep.core.errors import NotFound


@pytest.fixture
def alice(people: People) -> Actor:
    people.add("somebody")
    return people.add("alice")


def make(actor: Actor, name: str, parent_id: int | None = None) -> int:
    return service.create_collection(actor, actor.personal_space_id or 0, name=name, parent_id=parent_id)


def shown(branch: queries.Branch) -> list[object]:
    return [[each.name, *shown(each)] if each.inside else each.name for each in branch.inside]


def test_only_open_branches_show_what_is_inside(alice: Actor) -> None:
    kitchen, travel = make(alice, "Kitchen"), make(alice, "Travel")
    bread = make(alice, "Bread", kitchen)
    make(alice, "Rye", bread)
    make(alice, "Trains", travel)

    folded = queries.branches(alice, None, opened=(), current=None)
    assert shown(folded) == ["Kitchen", "Travel"]
    assert [each.parent for each in folded.inside] == [True, True]
    assert shown(queries.branches(alice, None, opened=[kitchen], current=None)) == [["Kitchen", "Bread"], "Travel"]
    # The one below a folded branch is not shown, however open it is itself.
    assert shown(queries.branches(alice, None, opened=[bread], current=None)) == ["Kitchen", "Travel"]


def test_the_way_to_the_current_one_is_open(alice: Actor) -> None:
    above = None
    for name in ("One", "Two", "Three", "Four"):
        above = make(alice, name, above)
    tree = queries.branches(alice, alice.personal_space_id, opened=(), current=above)
    assert shown(tree) == [["One", ["Two", ["Three", "Four"]]]]


def test_many_are_bounded_and_the_current_one_is_among_them(alice: Actor) -> None:
    ids = [make(alice, f"Number {number:03}") for number in range(MAX_SIBLINGS + 5)]
    for number in range(3):
        make(alice, f"Inside {number}", ids[-1])
    with counted() as sent:
        tree = queries.branches(alice, None, opened=ids, current=ids[-1])
    assert len(sent) == 2
    assert len(tree.inside) == MAX_SIBLINGS + 1
    assert tree.more
    assert shown(tree)[-1] == ["Number 034", "Inside 0", "Inside 1", "Inside 2"]


def test_the_answer_is_bounded_whatever_is_open(alice: Actor) -> None:
    tops = [make(alice, f"Top {number}") for number in range(12)]
    for top in tops:
        for number in range(MAX_SIBLINGS):
            make(alice, f"Inside {number}", top)
    tree = queries.branches(alice, None, opened=tops, current=None)
    assert len(tree.inside) == 12
    assert sum(len(each.inside) for each in tree.inside) == MAX_ROWS - 12


def test_others_see_nothing_of_it(alice: Actor, people: People) -> None:
    kitchen = make(alice, "Kitchen")
    make(alice, "Bread", kitchen)
    stranger = people.add("stranger")
    assert shown(queries.branches(stranger, None, opened=[kitchen], current=kitchen)) == []
    with pytest.raises(NotFound):
        queries.branches(stranger, alice.personal_space_id, opened=(), current=None)
    with pytest.raises(NotFound):
        queries.inside(stranger, kitchen)


def test_a_branch_is_fetched_when_it_is_opened(people: People, alice: Actor) -> None:
    kitchen = make(alice, "Kitchen")
    bread = make(alice, "<b>Bread</b>", kitchen)
    make(alice, "Rye", bread)
    service.delete_collection(alice, make(alice, "Gone", kitchen))
    browser = people.browser("alice")

    answer = browser.get(f"/bookmarks/collections/{kitchen}/inside", partial=True)
    assert answer.text.count("<li") == 1
    assert "&lt;b&gt;Bread" in answer.text
    assert "Rye" not in answer.text
    assert "<html" in browser.get(f"/bookmarks/collections/{kitchen}/inside").text
    assert browser.get("/bookmarks/collections/999999/inside", partial=True).status_code == 404


@pytest.mark.parametrize("cookie", ["", ".", "x.-1", "9" * 30, "1." * 500, "١٢"])
def test_a_strange_cookie_is_no_error(people: People, alice: Actor, cookie: str) -> None:
    make(alice, "Kitchen")
    browser = people.browser("alice")
    browser.keep_cookie("branches", cookie)
    assert "Kitchen" in browser.get("/").text
    assert browser.get("/bookmarks?collection=99999999999999999999").status_code in {200, 422}


def test_the_cookie_opens_branches(people: People, alice: Actor) -> None:
    kitchen = make(alice, "Kitchen")
    make(alice, "Bread", kitchen)
    browser = people.browser("alice")
    assert "Bread" not in browser.get("/").text
    browser.keep_cookie("branches", f"7.{kitchen}")
    assert "Bread" in browser.get("/").text


def test_more_collections_need_no_more_queries(people: People, alice: Actor) -> None:
    browser: Browser = people.browser("alice")

    def needed() -> int:
        with counted() as sent:
            assert browser.get("/tags").status_code == 200
        return len(sent)

    top = make(alice, "Top")
    browser.keep_cookie("branches", str(top))
    needed()
    few = needed()
    for number in range(10):
        make(alice, f"Inside {number}", make(alice, f"More {number}", top))
    assert needed() == few
