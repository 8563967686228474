"""What happens as the text of a page arrives: highlights find their places, rules look at it."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.bookmarks.articles.pages import WORDS, paragraphs, site
from tests.bookmarks.reading import saved
from tests.factories.accounts import Person
from trackeep.bookmarks import extracting, jobs, queries, service
from trackeep.bookmarks.drafts import Quote
from trackeep.bookmarks.highlights import State
from trackeep.bookmarks.rules import Actions, Condition, Definition, Field, How, Join
from trackeep.bookmarks.service import RuleDraft
from trackeep.core import clock, ext
from trackeep.core.fetch import FetchDouble

URL = "https://example.org/1"


@pytest.fixture
def web() -> Iterator[FetchDouble]:
    before, double = ext.fetcher(), FetchDouble()
    ext.fetcher.bind(double)
    yield double
    ext.fetcher.bind(before)


@pytest.fixture(scope="module", autouse=True)
def child() -> Iterator[None]:
    yield
    extracting.extractor().close()


def arrives(web: FetchDouble, bookmark_id: int, body: str) -> None:
    web.page(URL, site(body))
    jobs.fetch_metadata(bookmark_id=bookmark_id)
    jobs.extract_article(bookmark_id=bookmark_id)


def test_what_an_import_has_marked_finds_its_place(alice: Person, web: FetchDouble) -> None:
    bookmark_id = saved(alice.actor, highlights=[Quote(text="the wheel still  moves"), Quote(text="never written")])
    assert {each.state for each in queries.highlights_of(alice.actor, bookmark_id)} == {State.UNPLACED}

    arrives(web, bookmark_id, f"<p>{WORDS}</p><p>{WORDS.replace('wheel', 'mill')}</p>")

    placed, lost = queries.highlights_of(alice.actor, bookmark_id)
    assert (placed.state, lost.state) == (State.PLACED, State.LOST)
    assert (placed.item.prefix[-4:], lost.item.start) == ("yet ", None)


def test_places_follow_a_text_that_was_fetched_again(alice: Person, web: FetchDouble) -> None:
    bookmark_id = saved(alice.actor, highlights=[Quote(text="the wheel still moves")])
    arrives(web, bookmark_id, f"<p>{WORDS}</p>")
    before = queries.highlights_of(alice.actor, bookmark_id)[0].item.start or 0

    service.refetch_bookmark(alice.actor, bookmark_id)
    with clock.freeze(clock.now() + timedelta(minutes=1)):
        arrives(web, bookmark_id, f"{paragraphs(2, 'Something new stands before it.')}<p>{WORDS}</p>")

    assert (queries.highlights_of(alice.actor, bookmark_id)[0].item.start or 0) > before


def test_rules_look_at_the_text(alice: Person, web: FetchDouble) -> None:
    when = Definition(Join.ALL, (Condition(Field.TEXT, How.CONTAINS, "ground corn"),), Actions(tags=("mills",)))
    service.create_rule(alice.actor, alice.actor.personal_space_id or 0, RuleDraft(definition=when))
    bookmark_id = saved(alice.actor)
    assert queries.get_bookmark(alice.actor, bookmark_id).tags == []

    arrives(web, bookmark_id, f"<p>{WORDS}</p>")

    assert [tag.name for tag in queries.get_bookmark(alice.actor, bookmark_id).tags] == ["mills"]
