"""Rules that act by themselves: on saving, on the fetch, once only, never against a person; limits, bad patterns."""

from typing import Any

import pytest

from tests.bookmarks.test_api import save
from tests.people import People
from tests.statements import counted
from trackeep.bookmarks import queries, service
from trackeep.bookmarks.drafts import Changes, Draft
from trackeep.bookmarks.errors import RuleBusy, TooManyRules
from trackeep.bookmarks.fetching import PageFound
from trackeep.bookmarks.metadata import PageMetadata, extract
from trackeep.bookmarks.rules import Actions, Condition, Definition, Field, How, Join, Stage
from trackeep.bookmarks.service import RuleChanges, RuleDraft
from trackeep.bookmarks.service.bulk import BulkAction, BulkVerb, Selection
from trackeep.bookmarks.service.rules import managing
from trackeep.bookmarks.service.saving import save_many
from trackeep.core.actor import Actor, Role
from trackeep.core.errors import Forbidden, Gone, Invalid, NotFound
from trackeep.tags import service as tags

SLOW = r"(a|aa)+$"


@pytest.fixture
def alice(people: People) -> Actor:
    return people.add("alice")


def definition(field: Field, how: How, value: str, *, negated: bool = False, **actions: Any) -> Definition:
    return Definition(Join.ALL, (Condition(field, how, value, negated),), Actions(**(actions or {"tags": ("x",)})))


def add(actor: Actor, field: Field, how: How, value: str, **parts: Any) -> int:
    draft = RuleDraft(definition=definition(field, how, value, **parts))
    return service.create_rule(actor, actor.personal_space_id or 0, draft)


def tag_names(actor: Actor, bookmark_id: int) -> list[str]:
    return [tag.name for tag in queries.get_bookmark(actor, bookmark_id).tags]


def fetched(bookmark_id: int, title: str = "Bread", description: str = "") -> None:
    page = f"<html><head><title>{title}</title><meta name=description content='{description}'></head></html>"
    found: PageMetadata = extract(page.encode(), "text/html", "https://example.org/")
    service.store_metadata(bookmark_id, PageFound(found, None, None))


def test_a_saved_page_is_tagged_collected_and_marked(alice: Actor) -> None:
    kitchen = service.create_collection(alice, alice.personal_space_id or 0, name="Kitchen")
    rule = add(
        alice,
        Field.SITE,
        How.EQUALS,
        "example.org",
        tags=("cooking",),
        collection_ids=(kitchen,),
        unread=True,
        favourite=True,
        archive=True,
        private=True,
    )

    item = queries.get_bookmark(alice, save(alice, 1, shared=True))

    assert [tag.name for tag in item.tags] == ["cooking"]
    assert item.collection_ids == [kitchen]
    assert (item.unread, item.favourite, item.archived, item.shared) == (True, True, True, False)
    assert item.version == 1
    assert (queries.get_rule(alice, rule).hits, queries.get_rule(alice, rule).last_hit_at is None) == (1, False)
    assert queries.get_rule(alice, rule).sentence == (
        "When the site is example.org: tag cooking, collect in Kitchen, mark as favourite, archive, mark as unread,"
        " share no longer"
    )


def test_later_rules_decide_about_marks_and_switched_off_ones_about_nothing(alice: Actor) -> None:
    first = add(alice, Field.SITE, How.EQUALS, "example.org", unread=True)
    add(alice, Field.SITE, How.EQUALS, "example.org", unread=False)
    assert queries.get_bookmark(alice, save(alice, 1)).unread is False
    service.move_rule(alice, first, 1)
    assert queries.get_bookmark(alice, save(alice, 2)).unread is True
    service.switch_rule(alice, first, enabled=False)
    assert queries.get_bookmark(alice, save(alice, 3, unread=True)).unread is False


def test_the_fetch_gives_rules_another_occasion(alice: Actor) -> None:
    add(alice, Field.TITLE, How.CONTAINS, "bread", tags=("baking",), archive=True)
    add(alice, Field.TITLE, How.CONTAINS, "soup", negated=True, tags=("no soup",))
    bookmark = save(alice, 1, title="")
    assert tag_names(alice, bookmark) == []

    fetched(bookmark)

    assert tag_names(alice, bookmark) == ["baking", "no soup"]
    assert queries.get_bookmark(alice, bookmark).archived


def test_what_a_person_took_away_does_not_come_back(alice: Actor) -> None:
    add(alice, Field.SITE, How.EQUALS, "example.org", tags=("x",), favourite=True)
    add(alice, Field.TITLE, How.CONTAINS, "bread", tags=("x", "y"), archive=True, unread=True)
    bookmark = save(alice, 1, title="")
    version = queries.get_bookmark(alice, bookmark).version
    service.edit_bookmark(alice, bookmark, Changes(tags=[]), version=version)
    service.mark_bookmarks(alice, [bookmark], Changes(favourite=False))

    fetched(bookmark)
    fetched(bookmark)

    item = queries.get_bookmark(alice, bookmark)
    assert [tag.name for tag in item.tags] == ["y"]
    assert (item.favourite, item.archived, item.unread) == (False, False, False)


def test_a_mark_set_together_with_a_text_counts_as_set_by_hand(alice: Actor) -> None:
    add(alice, Field.TITLE, How.CONTAINS, "bread", archive=True)
    bookmark = save(alice, 1, title="")
    service.edit_bookmark(alice, bookmark, Changes(notes="mine", unread=True), version=1)
    fetched(bookmark)
    assert not queries.get_bookmark(alice, bookmark).archived


def test_the_text_of_the_page_comes_as_a_stage_of_its_own(alice: Actor) -> None:
    add(alice, Field.TEXT, How.CONTAINS, "sourdough", tags=("baking",))
    bookmark = save(alice, 1)
    service.apply_rules([bookmark], Stage.TEXT, {bookmark: "All about Sourdough."})
    service.apply_rules([bookmark], Stage.TEXT, {bookmark: "All about Sourdough."})
    assert tag_names(alice, bookmark) == ["baking"]


def test_the_fetch_can_still_be_followed_by_an_undo(alice: Actor) -> None:
    add(alice, Field.TITLE, How.CONTAINS, "bread", tags=("baking",))
    bookmark = save(alice, 1, title="")
    done = service.change_many(alice, Selection(ids=[bookmark]), BulkAction(verb=BulkVerb.TAG, tags=("by hand",)))
    fetched(bookmark)
    assert service.undo_change(alice, done.undo_id or 0).kept == ()
    assert tag_names(alice, bookmark) == ["baking"]


@pytest.mark.parametrize("count", [5, 500])
def test_many_take_few_statements(alice: Actor, count: int) -> None:
    kitchen = service.create_collection(alice, alice.personal_space_id or 0, name="Kitchen")
    for number in range(5):
        add(alice, Field.TITLE, How.ENDS, str(number), tags=(f"t{number}",), collection_ids=(kitchen,), unread=True)
    drafts = [Draft(url=f"https://example.org/{number}", title=f"Page {number}") for number in range(count)]
    plain = [Draft(url=f"https://example.com/{number}", title="Page") for number in range(count)]
    space_id = alice.personal_space_id or 0
    with counted() as without:
        save_many(alice, space_id=space_id, drafts=plain)

    with counted() as sent:
        ids = save_many(alice, space_id=space_id, drafts=drafts)

    assert len(sent) - len(without) < 25
    assert tag_names(alice, ids[3]) == ["t3"]
    assert queries.get_bookmark(alice, ids[4]).unread


def test_a_catastrophic_pattern_is_switched_off_and_nothing_is_lost(alice: Actor) -> None:
    slow = add(alice, Field.TITLE, How.REGEX, SLOW)
    add(alice, Field.SITE, How.EQUALS, "example.org", tags=("good",))

    bookmark = save(alice, 1, title="a" * 60 + "b")

    assert tag_names(alice, bookmark) == ["good"]
    rule = queries.get_rule(alice, slow)
    assert (rule.enabled, rule.stopped) == (
        False,
        "Its pattern took too long on one page, so the rule was switched off. Write it more simply.",
    )
    service.edit_rule(alice, slow, RuleChanges(definition=definition(Field.TITLE, How.REGEX, "a+b"), enabled=True))
    assert (queries.get_rule(alice, slow).stopped, tag_names(alice, save(alice, 2, title="aab"))) == ("", ["good", "x"])


def test_a_deleted_collection_is_passed_over_and_told(alice: Actor) -> None:
    kitchen = service.create_collection(alice, alice.personal_space_id or 0, name="Kitchen")
    rule = add(alice, Field.SITE, How.EQUALS, "example.org", tags=("x",), collection_ids=(kitchen,))
    service.edit_collection(alice, kitchen, name="Cellar")
    assert "collect in Cellar" in queries.get_rule(alice, rule).sentence
    service.delete_collection(alice, kitchen)

    bookmark = save(alice, 1)

    assert tag_names(alice, bookmark) == ["x"]
    found = queries.get_rule(alice, rule)
    assert (list(found.missing), "a collection that is gone" in found.sentence) == ([kitchen], True)
    service.edit_rule(alice, rule, RuleChanges(definition=found.definition, name="still editable"))


@pytest.mark.parametrize(
    ("bad", "field"),
    [
        (definition(Field.TITLE, How.CONTAINS, "  "), "conditions.0"),
        (definition(Field.TITLE, How.CONTAINS, "\u200b"), "conditions.0"),
        (definition(Field.TITLE, How.CONTAINS, "x" * 1_001), "conditions.0"),
        (definition(Field.TITLE, How.REGEX, "("), "conditions.0"),
        (Definition(Join.ALL, (), Actions(favourite=True)), "conditions"),
        (definition(Field.TITLE, How.CONTAINS, "x", tags=()), "actions"),
        (definition(Field.TITLE, How.CONTAINS, "x", tags=("t" * 101,)), "tags"),
        (definition(Field.TITLE, How.CONTAINS, "x", tags=tuple(map(str, range(21)))), "tags"),
    ],
)
def test_what_is_wrong_is_told_by_field(alice: Actor, bad: Definition, field: str) -> None:
    with pytest.raises(Invalid) as caught:
        service.create_rule(alice, alice.personal_space_id or 0, RuleDraft(definition=bad))
    assert list(caught.value.fields) == [field]


def test_a_space_has_a_limited_number_of_rules(alice: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(managing, "MAX_RULES", 2)
    first = add(alice, Field.SITE, How.EQUALS, "a.example")
    second = add(alice, Field.SITE, How.EQUALS, "b.example")
    with pytest.raises(TooManyRules):
        service.duplicate_rule(alice, first)
    service.delete_rule(alice, first)
    copy = service.duplicate_rule(alice, second)
    assert not queries.get_rule(alice, copy).enabled
    with pytest.raises(TooManyRules):
        service.restore_rule(alice, first)
    service.delete_rule(alice, copy)
    service.restore_rule(alice, first)
    assert [rule.id for rule in queries.list_rules(alice, alice.personal_space_id or 0)] == [first, second]


def test_the_order_is_arranged(alice: Actor) -> None:
    space_id = alice.personal_space_id or 0
    ids = [add(alice, Field.SITE, How.EQUALS, f"{number}.example") for number in range(4)]
    service.arrange_rules(alice, space_id, [ids[3], ids[0]])
    assert [rule.id for rule in queries.list_rules(alice, space_id)] == [ids[3], ids[0], ids[1], ids[2]]
    service.move_rule(alice, ids[3], -1)
    service.move_rule(alice, ids[1], 1)
    assert [rule.id for rule in queries.list_rules(alice, space_id)] == [ids[3], ids[0], ids[2], ids[1]]
    for wrong in ([ids[0], ids[0]], [ids[0], 99_999]):
        with pytest.raises(Invalid):
            service.arrange_rules(alice, space_id, wrong)


def test_members_change_the_rules_of_a_team_viewers_and_strangers_do_not(people: People, alice: Actor) -> None:
    rule = add(alice, Field.SITE, How.EQUALS, "example.org")
    space_id = alice.personal_space_id or 0
    people.add("member"), people.add("viewer")
    stranger = people.add("stranger")
    member = people.join("member", space_id, Role.MEMBER)
    viewer = people.join("viewer", space_id, Role.VIEWER)
    service.switch_rule(member, rule, enabled=False)
    assert not queries.get_rule(viewer, rule).enabled
    for verb in (service.delete_rule, service.start_run, service.duplicate_rule):
        with pytest.raises(Forbidden):
            verb(viewer, rule)
        with pytest.raises(NotFound):
            verb(stranger, rule)
    theirs = service.create_collection(stranger, stranger.personal_space_id or 0, name="Theirs")
    with pytest.raises(NotFound):
        add(alice, Field.SITE, How.EQUALS, "example.org", collection_ids=(theirs,))


def test_a_run_over_the_library_goes_on_and_is_taken_back(alice: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trackeep.bookmarks.service.rules.running.BATCH", 3)
    ids = [save(alice, number, title="Bread" if number % 2 else "Soup", unread=True) for number in range(10)]
    tags.add_tags(alice, alice.personal_space_id or 0, [ids[1]], ["baking"])
    rule = add(alice, Field.TITLE, How.EQUALS, "bread", tags=("baking",), unread=False)
    service.mark_bookmarks(alice, [ids[1]], Changes(unread=False))

    run = service.start_run(alice, rule)
    with pytest.raises(RuleBusy):
        service.start_run(alice, rule)
    service.run_rule(run)
    service.run_rule(run)

    done = queries.rule_runs(alice, rule)[0]
    assert (done.state, done.total, done.looked_at, done.matched, done.changed) == ("done", 10, 10, 5, 4)
    assert [tag_names(alice, one) for one in ids[:4]] == [[], ["baking"], [], ["baking"]]
    assert queries.get_rule(alice, rule).hits == 5
    undone = service.undo_change(alice, done.undo_id or 0)
    assert (undone.restored, undone.kept) == (4, ())
    assert tag_names(alice, ids[3]) == []
    assert queries.get_bookmark(alice, ids[3]).unread
    assert queries.rule_runs(alice, rule)[0].is_undone
    with pytest.raises(Gone):
        service.undo_change(alice, done.undo_id or 0)


def test_a_run_with_a_catastrophic_pattern_ends_and_says_why(alice: Actor) -> None:
    save(alice, 1, title="a" * 60 + "b")
    rule = add(alice, Field.TITLE, How.REGEX, SLOW)
    service.run_rule(service.start_run(alice, rule))
    run = queries.rule_runs(alice, rule)[0]
    assert (run.state, "took too long" in (run.error or "")) == ("failed", True)
    assert not queries.get_rule(alice, rule).enabled


def test_a_deleted_rule_ends_its_run(alice: Actor) -> None:
    rule = add(alice, Field.SITE, How.EQUALS, "example.org")
    run = service.start_run(alice, rule)
    service.delete_rule(alice, rule)
    service.run_rule(run)
    service.restore_rule(alice, rule)
    assert queries.rule_runs(alice, rule)[0].error == "The rule is no longer there."


def test_all_rules_on_a_selection(alice: Actor) -> None:
    ids = [save(alice, 1), save(alice, 2)]
    add(alice, Field.TITLE, How.ENDS, "1", tags=("one",), favourite=True)
    done = service.change_many(alice, Selection(ids=ids), BulkAction(verb=BulkVerb.APPLY_RULES))
    assert (done.matched, done.changed, tag_names(alice, ids[0]), tag_names(alice, ids[1])) == (2, 1, ["one"], [])
    service.undo_change(alice, done.undo_id or 0)
    assert tag_names(alice, ids[0]) == []


def test_a_rule_is_tried_without_changing_anything(alice: Actor) -> None:
    space_id = alice.personal_space_id or 0
    kitchen = service.create_collection(alice, space_id, name="Kitchen")
    for number in range(30):
        save(alice, number, title=f"Bread {number}", tags=["baking"] if number % 2 else [])
    wanted = definition(Field.TITLE, How.STARTS, "bread", tags=("baking",), collection_ids=(kitchen,), favourite=True)

    with counted() as sent:
        trial = queries.try_rule(alice, space_id, wanted)

    assert (trial.looked_at, trial.matched, trial.is_whole, trial.is_capped, trial.stopped) == (30, 30, True, False, "")
    assert len(trial.examples) == 20
    newest = trial.examples[0]
    assert (newest.title, newest.tags, newest.collections, newest.marks) == (
        "Bread 29",
        [],
        ["Kitchen"],
        {"favourite": True},
    )
    assert trial.examples[1].tags == ["baking"]
    assert len(sent) < 10
    assert tag_names(alice, trial.examples[1].id) == []


def test_a_trial_is_bounded(alice: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trackeep.bookmarks.queries.trials.STEP", 4)
    monkeypatch.setattr("trackeep.bookmarks.queries.trials.MOST", 8)
    monkeypatch.setattr("trackeep.bookmarks.queries.trials.MATCH_CAP", 5)
    for number in range(12):
        save(alice, number, title="a" * 60 + "b")
    space_id = alice.personal_space_id or 0
    trial = queries.try_rule(alice, space_id, definition(Field.TITLE, How.STARTS, "a"))
    assert (trial.looked_at, trial.matched, trial.is_whole, trial.is_capped) == (8, 5, False, True)
    rare = queries.try_rule(alice, space_id, definition(Field.URL, How.ENDS, "/7"))
    assert (rare.looked_at, rare.matched, rare.is_whole) == (8, 1, False)
    slow = queries.try_rule(alice, space_id, definition(Field.TITLE, How.REGEX, SLOW))
    assert (slow.looked_at, slow.matched, bool(slow.stopped)) == (4, 0, True)
