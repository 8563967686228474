"""The pages of tags, and the tag field's suggestions."""

from tests.factories.accounts import Person
from trackeep.tags import service

PARTIAL = {"HX-Request": "true"}


def test_suggestions_are_options_of_the_own_space_and_offer_a_new_name(alice: Person, stranger: Person) -> None:
    service.ensure_tags(alice.actor, alice.space_id, ["recipes/soup", "Soap", "other"])
    service.ensure_tags(stranger.actor, stranger.space_id, ["soul"])

    answer = alice.client().get("/tags/suggestions?text=so", headers=PARTIAL)

    assert answer.text.count('role="option"') == 3
    assert 'data-name="recipes/soup"' in answer.text
    assert 'data-name="Soap"' in answer.text
    assert 'data-name="so" data-new' in answer.text
    assert "soul" not in answer.text


def test_no_new_name_is_offered_for_a_tag_that_there_is(alice: Person) -> None:
    service.ensure_tags(alice.actor, alice.space_id, ["Café"])

    assert "data-new" not in alice.client().get("/tags/suggestions?text=cafe", headers=PARTIAL).text


def test_suggestions_of_a_strange_space_do_not_exist(alice: Person, stranger: Person) -> None:
    assert alice.client().get(f"/tags/suggestions?text=a&space={stranger.space_id}").status_code == 404
