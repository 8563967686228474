"""Rules about what is kept of the pages, asked about a library that is there already."""

import pytest

from tests.bookmarks.reading import put_article, saved
from tests.bookmarks.test_rules import SLOW, add, definition, tag_names
from tests.people import People
from tests.statements import counted
from trackeep.bookmarks import queries, service
from trackeep.bookmarks.queries import texts
from trackeep.bookmarks.rules import LOOKED_AT, Field, How
from trackeep.bookmarks.service.bulk import BulkAction, BulkVerb, Selection
from trackeep.core.actor import Actor

PAGE = "<p>All about Sourdough.</p>"


@pytest.fixture
def alice(people: People) -> Actor:
    return people.add("alice")


@pytest.fixture
def library(alice: Actor) -> list[int]:
    """Five pages; the first, the third and the fifth have articles."""
    ids = [saved(alice, number) for number in range(5)]
    for bookmark_id in ids[::2]:
        put_article(bookmark_id, PAGE)
    return ids


@pytest.fixture(autouse=True)
def small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    for place in ("queries", "queries.texts", "queries.trials"):
        monkeypatch.setattr(f"trackeep.bookmarks.{place}.TEXTS_AT_ONCE", 2)


def test_a_trial_sees_the_articles(alice: Actor, library: list[int]) -> None:
    trial = queries.try_rule(alice, alice.personal_space_id or 0, definition(Field.TEXT, How.CONTAINS, "sourdough"))

    assert (trial.looked_at, trial.matched, trial.is_whole) == (5, 3, True)
    assert [each.id for each in trial.examples] == library[::-2]


def test_a_run_sees_the_articles(alice: Actor, library: list[int]) -> None:
    rule = add(alice, Field.TEXT, How.CONTAINS, "sourdough", tags=("baking",))

    service.run_rule(service.start_run(alice, rule))

    done = queries.rule_runs(alice, rule)[0]
    assert (done.state, done.looked_at, done.matched) == ("done", 5, 3)
    assert [tag_names(alice, one) for one in library] == [["baking"], [], ["baking"], [], ["baking"]]


def test_all_rules_on_a_selection_see_the_articles(alice: Actor, library: list[int]) -> None:
    add(alice, Field.TEXT, How.CONTAINS, "sourdough", tags=("baking",))
    add(alice, Field.TEXT, How.CONTAINS, "sourdough", negated=True, tags=("other",))

    done = service.change_many(alice, Selection(ids=library), BulkAction(verb=BulkVerb.APPLY_RULES))

    assert (done.matched, done.changed) == (5, 5)
    assert [tag_names(alice, one) for one in library] == [["baking"], ["other"], ["baking"], ["other"], ["baking"]]


def test_a_rule_that_is_stopped_on_the_way_is_asked_no_more(alice: Actor) -> None:
    ids = [saved(alice, number, title="aaa") for number in range(4)]
    put_article(ids[0], f"<p>{'a' * 60}b</p>")
    slow = add(alice, Field.TEXT, How.REGEX, SLOW, tags=("slow",))

    service.change_many(alice, Selection(ids=ids), BulkAction(verb=BulkVerb.APPLY_RULES))

    assert not queries.get_rule(alice, slow).enabled
    assert [tag_names(alice, one) for one in ids] == [[], [], [], []]


def test_no_article_is_read_for_rules_about_something_else(alice: Actor, library: list[int]) -> None:
    rule = add(alice, Field.TITLE, How.CONTAINS, "page", tags=("x",))
    with counted() as sent:
        queries.try_rule(alice, alice.personal_space_id or 0, definition(Field.TITLE, How.CONTAINS, "page"))
        service.run_rule(service.start_run(alice, rule))
        service.change_many(alice, Selection(ids=library), BulkAction(verb=BulkVerb.APPLY_RULES))

    assert not [statement for statement in sent if "FROM articles" in statement]


def test_only_what_rules_look_at_is_read_of_a_text(alice: Actor) -> None:
    bookmark_id = saved(alice)
    put_article(bookmark_id, f"<p>{'ü' * (LOOKED_AT + 10)}</p>")

    assert texts.article_openings([bookmark_id, bookmark_id + 1]) == {bookmark_id: "ü" * LOOKED_AT}
    assert texts.article_openings([]) == {}
