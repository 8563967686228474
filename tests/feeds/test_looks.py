"""Looking ahead at several addresses at once: a few go on, one too many is told so kindly."""

from contextlib import ExitStack

import pytest

from tests.factories.accounts import Person
from tests.feeds.conftest import FEED, Publish
from tests.feeds.samples import item
from trackeep.feeds import service
from trackeep.feeds.errors import NoFeedThere, TooManyLooks
from trackeep.feeds.service.looks import AT_ONCE, looks


def test_one_too_many_is_refused_until_another_ends(alice: Person, bob: Person, publish: Publish) -> None:
    publish(item(1))
    with ExitStack() as others:
        for _number in range(AT_ONCE):
            others.enter_context(looks.of(alice.id))
        with pytest.raises(TooManyLooks):
            service.look_ahead(alice.actor, FEED)
        answer = alice.client().post("/feeds/preview", data={"url": FEED})
        page = answer.get_data(as_text=True)
        assert (answer.status_code, "Please wait until one of them" in page, FEED in page) == (429, True, True)
        assert service.look_ahead(bob.actor, FEED).url == FEED
    assert service.look_ahead(alice.actor, FEED).url == FEED


def test_a_look_that_fails_is_over_too(alice: Person, publish: Publish) -> None:
    for _number in range(AT_ONCE + 1):
        with pytest.raises(NoFeedThere):
            service.look_ahead(alice.actor, "https://nowhere.example.org/")
