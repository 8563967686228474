"""The check of links: who is visited when, what is judged, what is not, and what a person decides."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from tests.bookmarks.test_api import save
from tests.people import People
from tests.statements import counted
from trackeep.bookmarks import jobs, queries, service
from trackeep.bookmarks.drafts import Changes
from trackeep.bookmarks.filters import Filters, View
from trackeep.bookmarks.liveness import Seen, Sight
from trackeep.bookmarks.models import LinkCheck
from trackeep.bookmarks.queries import LinkItem
from trackeep.bookmarks.service.links import checking
from trackeep.core import clock, db, ext
from trackeep.core.actor import Actor
from trackeep.core.fetch import FetchDouble, Fetched, FetchFailed, FetchRefused
from trackeep.core.jobs import Postponed

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
ALIVE = "https://alive.example.net/"


@pytest.fixture
def web() -> Iterator[FetchDouble]:
    before, double = ext.fetcher(), FetchDouble()
    double.page(ALIVE, "still here")
    ext.fetcher.bind(double)
    yield double
    ext.fetcher.bind(before)


@pytest.fixture
def alice(people: People) -> Actor:
    return people.add("alice")


def link(bookmark_id: int) -> LinkItem:
    found = queries.link_of(bookmark_id)
    assert found is not None
    return found


def visit(actor: Actor, *ids: int, day: int = 0) -> None:
    """Everybody's links are looked at, as somebody has asked."""
    with clock.freeze(NOON + timedelta(days=day)):
        for bookmark_id in ids:
            service.check_link_now(actor, bookmark_id)
    for second in range(30):
        with clock.freeze(NOON + timedelta(days=day, seconds=second)):
            for lane in range(checking.LANES):
                try:
                    jobs.check_lane(lane=lane)
                except Postponed:
                    continue


def moved(url: str, to: str, *, permanent: bool = True) -> Fetched:
    return Fetched(to, 200, moved_to=to if permanent else "")


def living(actor: Actor) -> int:
    """A page of another host that answers, so that the network is known to be up."""
    return save(actor, 0, url=ALIVE)


def test_a_page_that_is_there_is_visited_with_its_first_bytes_only(alice: Actor, web: FetchDouble) -> None:
    there = living(alice)
    visit(alice, there)
    assert (link(there).state, link(there).reason, link(there).asked) == ("ok", "", False)
    assert link(there).checked_at is not None


def test_a_page_is_broken_after_two_days_and_listed_as_such(alice: Actor, web: FetchDouble) -> None:
    there, gone = living(alice), save(alice, 1)
    web.answers["https://example.org/1"] = Fetched("https://example.org/1", 404)

    visit(alice, there, gone)
    first = link(gone).state, queries.counts(alice).broken
    visit(alice, there, gone)
    same_day = link(gone).state
    visit(alice, there, gone, day=1)

    assert (first, same_day) == (("unreachable", 0), "unreachable")
    assert link(gone).state == "broken"
    assert "404" in link(gone).reason
    assert [item.id for item in queries.list_bookmarks(alice, Filters(view=View.BROKEN)).items] == [gone]
    assert queries.counts(alice).broken == 1
    assert queries.get_bookmark(alice, gone).broken
    assert [item.id for item in queries.list_links(alice, "broken").items] == [gone]


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (Fetched("https://example.org/1", 403), "blocked"),
        (Fetched("https://example.org/1", 429), "blocked"),
        (Fetched("https://example.org/1", 503), "unreachable"),
        (FetchFailed("too_slow", "Slow.", retryable=True), "unreachable"),
        (FetchFailed("no_answer", "No answer.", retryable=True), "unreachable"),
        (FetchRefused("private_address", "Not public."), "unknown"),
        (Fetched("https://example.org/1", 410), "broken"),
        (FetchFailed("unknown_host", "No such name.", retryable=True), "broken"),
        (FetchFailed("certificate", "Not valid.", retryable=False), "broken"),
    ],
)
def test_what_each_answer_makes_of_a_link_in_the_end(
    alice: Actor, web: FetchDouble, answer: Fetched | FetchFailed | FetchRefused, state: str
) -> None:
    there, other = living(alice), save(alice, 1)
    web.answers["https://example.org/1"] = answer
    for day in range(4):
        visit(alice, there, other, day=day)
    assert link(other).state == state


def test_nothing_is_judged_when_the_own_network_is_down(alice: Actor, web: FetchDouble) -> None:
    ids = [save(alice, number, url=f"https://host{number}.example.org/") for number in range(5)]
    there = living(alice)
    visit(alice, there)
    web.answers.pop(ALIVE)

    visit(alice, *ids, day=1)
    before = [link(each) for each in ids]
    for number in range(4):
        web.page(f"https://host{number}.example.org/", "back")
    with clock.freeze(NOON + timedelta(days=1, hours=1)), pytest.raises(Postponed):
        jobs.check_lane(lane=0)
    with clock.freeze(NOON + timedelta(days=1, hours=1)), pytest.raises(Postponed):
        jobs.check_lane(lane=1)

    assert {(each.state, each.checked_at, each.failures) for each in before} == {("unknown", None, 0)}
    assert all(each.next_at > NOON + timedelta(days=1, minutes=20) for each in _rows(ids))
    assert [link(each).state for each in ids] == ["ok"] * 4 + ["unreachable"]


def _rows(ids: list[int]) -> list[LinkCheck]:
    session = db.session()
    session.expire_all()
    return list(session.scalars(select(LinkCheck).where(LinkCheck.bookmark_id.in_(ids))))


def test_a_host_has_one_visitor_a_second_and_others_do_not_wait_for_it(alice: Actor, web: FetchDouble) -> None:
    ids = [save(alice, number) for number in range(5)]
    other = living(alice)
    for number in range(5):
        web.page(f"https://example.org/{number}", "here")
    with clock.freeze(NOON):
        for bookmark_id in (*ids, other):
            service.check_link_now(alice, bookmark_id)
        claimed = [service.claim_links(lane) for lane in range(checking.LANES)]
    hosts = [target.host for lane in claimed for target in lane]
    assert sorted(hosts) == ["alive.example.net", "example.org"]


def test_a_lane_goes_on_until_the_last_page_of_a_host_was_visited(alice: Actor, web: FetchDouble) -> None:
    ids = [save(alice, number) for number in range(5)]
    for number in range(5):
        web.page(f"https://example.org/{number}", "here")
    with clock.freeze(NOON - timedelta(days=40)):
        service.plan_links()
    moment, runs = NOON, 0
    over: set[int] = set()
    while len(over) < checking.LANES and runs < 60:
        runs += 1
        with clock.freeze(moment):
            for lane in set(range(checking.LANES)) - over:
                try:
                    jobs.check_lane(lane=lane)
                    over.add(lane)
                except Postponed as wish:
                    assert wish.seconds <= 60
        moment += timedelta(seconds=1)
    assert {link(each).state for each in ids} == {"ok"}
    assert 5 <= runs < 20


def test_a_host_without_an_interval_has_two_visitors_at_most(alice: Actor, web: FetchDouble) -> None:
    ext.settings.bind(replace(ext.settings(), host_intervals={"example.org": 0.0}))
    ids = {save(alice, number) for number in range(9)}
    with clock.freeze(NOON):
        for bookmark_id in ids:
            service.check_link_now(alice, bookmark_id)
        claimed = [[target.id for target in service.claim_links(lane)] for lane in range(checking.LANES)]
    assert set(claimed[0]) | set(claimed[1]) == ids
    assert not set(claimed[0]) & set(claimed[1])


def test_what_was_claimed_and_not_visited_is_due_again(alice: Actor, web: FetchDouble) -> None:
    there = living(alice)
    with clock.freeze(NOON):
        service.check_link_now(alice, there)
        claimed = [target.id for lane in range(checking.LANES) for target in service.claim_links(lane)]
        again = [target for lane in range(checking.LANES) for target in service.claim_links(lane)]
    with clock.freeze(NOON + checking.LEASE):
        later = [target.id for lane in range(checking.LANES) for target in service.claim_links(lane)]
    assert (claimed, again, later) == ([there], [], [there])


def test_visits_are_planned_over_the_interval_and_none_when_it_is_off(alice: Actor, web: FetchDouble) -> None:
    ids = [save(alice, number) for number in range(40)]
    ext.settings.bind(replace(ext.settings(), link_check_days=0))
    assert service.plan_links() == 0
    ext.settings.bind(replace(ext.settings(), link_check_days=30))
    with clock.freeze(NOON):
        assert service.plan_links() == len(ids)
        assert service.plan_links() == 0
    moments = [row.next_at for row in _rows(ids)]
    assert min(moments) >= NOON
    assert NOON + timedelta(days=10) < max(moments) <= NOON + timedelta(days=30)


def test_who_asks_is_served_when_the_check_is_off_and_nobody_else(alice: Actor, web: FetchDouble) -> None:
    there, other = living(alice), save(alice, 1)
    with clock.freeze(NOON - timedelta(days=99)):
        service.plan_links()
    ext.settings.bind(replace(ext.settings(), link_check_days=0))
    visit(alice, there)
    assert (link(there).state, link(other).checked_at) == ("ok", None)


def test_an_address_that_was_changed_meanwhile_is_not_judged(alice: Actor, web: FetchDouble) -> None:
    gone = save(alice, 1)
    with clock.freeze(NOON):
        service.check_link_now(alice, gone)
        targets = [target for lane in range(checking.LANES) for target in service.claim_links(lane)]
        service.edit_bookmark(alice, gone, Changes(url="https://example.org/new"), version=1)
        service.check_link_now(alice, gone)
        service.judge_links(targets, {gone: Seen(Sight.GONE, reached=True, status=404)})
    assert (link(gone).checked_at, link(gone).failures) == (None, 0)


def test_marking_as_fine_and_taking_it_back(alice: Actor, web: FetchDouble) -> None:
    gone = save(alice, 1)
    _set(gone, state="broken", checked_at=NOON)
    service.ignore_links(alice, [gone], ignored=False)
    service.ignore_links(alice, [gone])
    fine = (queries.get_bookmark(alice, gone).broken, queries.link_counts(alice).broken)
    service.ignore_links(alice, [gone], ignored=False)
    assert fine == (False, 0)
    assert queries.get_bookmark(alice, gone).broken
    assert queries.link_counts(alice).broken == 1


def _set(bookmark_id: int, **values: object) -> None:
    with db.unit_of_work() as session:
        session.execute(db.upsert(LinkCheck).values(_row(bookmark_id)).on_conflict_do_nothing())
        session.execute(update(LinkCheck).where(LinkCheck.bookmark_id == bookmark_id).values(**values))
    db.session().expire_all()


def _row(bookmark_id: int) -> dict[str, object]:
    flags = {"permanent": False, "ignored": False, "asked": False}
    return {"bookmark_id": bookmark_id, "state": "unknown", "reason": "", "failures": 0, "next_at": NOON, **flags}


def test_new_addresses_are_taken_where_they_are_safe_and_given_back(alice: Actor, web: FetchDouble) -> None:
    urls = {number: f"https://example.org/{number}" for number in range(1, 5)}
    ids = {number: save(alice, number) for number in urls}
    there = living(alice)
    web.answers[urls[1]] = moved(urls[1], "https://example.org/new/1")
    web.answers[urls[2]] = moved(urls[2], "https://example.org/")
    web.answers[urls[3]] = moved(urls[3], "https://example.org/new/3", permanent=False)
    web.answers[urls[4]] = moved(urls[4], ALIVE + "x")
    taken_already = save(alice, 9, url=ALIVE + "x")
    visit(alice, there, *ids.values())
    assert queries.link_counts(alice).movable == 3

    done = service.take_new_addresses(alice)
    after = {number: queries.get_bookmark(alice, ids[number]).url for number in ids}
    assert done.undo_id is not None
    service.undo_change(alice, done.undo_id)

    assert (done.matched, done.changed) == (3, 1)
    assert after == urls | {1: "https://example.org/new/1"}
    assert {number: queries.get_bookmark(alice, ids[number]).url for number in ids} == urls
    assert queries.get_bookmark(alice, taken_already).url == ALIVE + "x"


def test_the_report_costs_as_many_statements_for_many_as_for_few(alice: Actor) -> None:
    ids = [save(alice, number) for number in range(12)]
    for bookmark_id in ids:
        _set(bookmark_id, state="broken", checked_at=NOON)
    numbers = []
    for limit in (2, 10):
        with counted() as sent:
            page = queries.list_links(alice, "broken", limit=limit)
        numbers.append(len(sent))
    following = queries.list_links(alice, "broken", limit=10, cursor=page.next_cursor)
    assert numbers[0] == numbers[1]
    assert [item.id for item in (*page.items, *following.items)] == sorted(ids, reverse=True)
