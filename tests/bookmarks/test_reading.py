"""How far somebody has read: kept for each person, shown in lists and at home, marked as read at the end."""

import pytest

from tests.bookmarks.reading import saved, with_article
from tests.people import Browser, People
from tests.statements import counted
from trackeep.bookmarks import queries, service
from trackeep.bookmarks.articles.looks import ReaderLooks
from trackeep.bookmarks.drafts import Changes
from trackeep.core.actor import Actor, Role
from trackeep.core.errors import Invalid, NotFound
from trackeep.spaces import service as spaces


@pytest.fixture
def alice(people: People) -> Actor:
    return people.add("alice")


@pytest.fixture
def browser(people: People, alice: Actor) -> Browser:
    return people.browser("alice")


def test_the_place_is_kept_for_each_person(people: People, alice: Actor) -> None:
    bob = people.add("bob")
    bookmark_id = saved(alice, shared=True)

    service.note_progress(alice, bookmark_id, 0.4)
    service.note_progress(bob, bookmark_id, 0.8)

    assert queries.progress_of(alice, bookmark_id).fraction == 0.4
    assert queries.progress_of(bob, bookmark_id).fraction == 0.8
    assert queries.percents(alice) == {bookmark_id: 40}


def test_what_cannot_be_seen_has_no_progress(people: People, alice: Actor) -> None:
    bob, bookmark_id = people.add("bob"), saved(alice)

    with pytest.raises(NotFound):
        service.note_progress(bob, bookmark_id, 0.4)
    with pytest.raises(NotFound):
        queries.progress_of(bob, bookmark_id)


@pytest.mark.parametrize("fraction", [-0.1, 1.1, float("nan"), float("inf")])
def test_a_place_is_between_top_and_end(alice: Actor, fraction: float) -> None:
    with pytest.raises(Invalid):
        service.note_progress(alice, saved(alice), fraction)


def test_the_end_marks_as_read_once(alice: Actor) -> None:
    bookmark_id = saved(alice, unread=True)

    service.note_progress(alice, bookmark_id, 0.96)
    finished = queries.progress_of(alice, bookmark_id).finished_at
    read = not queries.get_bookmark(alice, bookmark_id).unread
    service.mark_bookmarks(alice, [bookmark_id], Changes(unread=True))
    service.note_progress(alice, bookmark_id, 0.2)
    service.note_progress(alice, bookmark_id, 1.0)

    assert read
    assert finished is not None
    assert queries.progress_of(alice, bookmark_id).finished_at == finished
    assert queries.get_bookmark(alice, bookmark_id).unread
    assert queries.percents(alice) == {}


def test_whoever_does_not_want_that_marks_by_hand(alice: Actor) -> None:
    bookmark_id = saved(alice, unread=True)
    service.save_looks(alice, ReaderLooks(marks_read=False))

    service.note_progress(alice, bookmark_id, 1.0)

    assert queries.get_bookmark(alice, bookmark_id).unread


def test_a_viewer_finishes_without_marking(people: People, alice: Actor) -> None:
    bob = people.add("bob")
    team = spaces.create_team(alice, name="Together")
    alice, bob = people.join("alice", team, Role.OWNER), people.join("bob", team, Role.VIEWER)
    bookmark_id = saved(alice, space_id=team, unread=True)

    service.note_progress(bob, bookmark_id, 1.0)

    assert queries.get_bookmark(alice, bookmark_id).unread
    assert queries.progress_of(bob, bookmark_id).finished_at is not None


def test_what_can_be_continued(people: People, alice: Actor) -> None:
    bob = people.add("bob")
    ids = [saved(alice, number) for number in range(4)]
    shared = saved(bob, 9, shared=True)
    for bookmark_id in (*ids, shared):
        service.note_progress(alice, bookmark_id, 0.5)
    service.note_progress(alice, ids[0], 0.6)
    service.mark_bookmarks(alice, [ids[1]], Changes(archived=True))
    service.trash_bookmarks(alice, [ids[2]])

    found = queries.continue_reading(alice, 10)

    assert [each.id for each in found] == [ids[0], shared, ids[3]]
    assert found[0].percent == 60
    assert [each.id for each in queries.continue_reading(alice, 1)] == [ids[0]]
    assert queries.continue_reading(bob, 10) == []
    service.mark_bookmarks(bob, [shared], Changes(shared=False))
    assert shared not in [each.id for each in queries.continue_reading(alice, 10)]


def test_lists_and_home_show_it(browser: Browser, alice: Actor) -> None:
    bookmark_id = with_article(alice, 1, title="Half-read")
    service.note_progress(alice, bookmark_id, 0.4)

    for address in ("/bookmarks", "/bookmarks?layout=cards"):
        page = browser.get(address).text
        assert 'class="row-progress" max="100" value="40"' in page
        assert f"/bookmarks/{bookmark_id}/read" in page
    home = browser.get("/").text
    assert "Continue reading" in home
    assert "40 %" in home


def test_no_list_asks_for_each_row(browser: Browser, alice: Actor) -> None:
    def statements() -> int:
        with counted() as counter:
            assert browser.get("/bookmarks?view=everything").status_code == 200
        return len(counter)

    service.note_progress(alice, saved(alice, 1), 0.3)
    few = statements()
    for number in range(2, 12):
        service.note_progress(alice, saved(alice, number), 0.3)

    assert statements() <= few


def test_the_api_reads_and_sets_it(browser: Browser, alice: Actor) -> None:
    url = f"/api/v1/bookmarks/{saved(alice)}/progress"

    assert browser.get(url).get_json()["fraction"] == 0
    assert browser.put(url, json={"fraction": 0.25}).get_json()["fraction"] == 0.25
    assert browser.get(url).get_json()["finished_at"] is None
    for wrong in ({"fraction": 2}, {"fraction": "half"}, {}, {"fraction": 0.5, "more": 1}):
        assert browser.put(url, json=wrong).status_code == 422
