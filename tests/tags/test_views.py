"""The pages of tags, and the tag field's suggestions."""

import html
import json
import re
from typing import Any
from urllib.parse import unquote_plus

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.factories.accounts import Person
from tests.statements import counted
from trackeep.core.actor import Role
from trackeep.spaces import service as spaces
from trackeep.tags import queries, service

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


def _make(person: Person, *names: str) -> dict[str, int]:
    return {name: service.create_tag(person.actor, person.space_id, name=name) for name in names}


def _told(answer: TestResponse) -> Any:
    return json.loads(answer.headers["HX-Trigger"])


def _names(text: str) -> list[str]:
    return [unquote_plus(name) for name in re.findall(r"/bookmarks\?tag=([^\"&]*)", text)]


def test_the_list_nests_tags_and_links_to_what_carries_them(alice: Person) -> None:
    _make(alice, "art", "art/old masters", "zen")

    text = alice.client().get("/tags").text

    assert _names(text) == ["art", "art/old masters", "zen"]
    assert text.count("tag-depth-1") == 1
    assert "3 tags" in text


def test_a_filtered_list_shows_whole_names(alice: Person) -> None:
    _make(alice, "art", "art/old", "zen")

    text = alice.client().get("/tags?text=old", headers=PARTIAL).text

    assert "<html" not in text
    assert _names(text) == ["art/old"]
    assert '<span class="tag-above">art/</span>old' in text


def test_an_empty_list_teaches_and_an_empty_filter_leads_back(alice: Person) -> None:
    client = alice.client()
    assert "No tags yet" in client.get("/tags").text
    text = client.get("/tags?text=<b>&sort=uses").text
    assert "begins with “&lt;b&gt;”" in text
    assert 'href="/tags?sort=uses"' in text


def test_long_lists_come_in_pages(alice: Person) -> None:
    service.ensure_tags(alice.actor, alice.space_id, [f"t{number:03}" for number in range(50)])
    service.ensure_tags(alice.actor, alice.space_id, ["t050"])
    client = alice.client()

    text = client.get("/tags?sort=name").text
    more = html.unescape(re.findall(r'class="load-more"><a class="btn" href="([^"]+)"', text)[0])

    assert len(_names(text)) == 50
    assert _names(client.get(more, headers=PARTIAL).text) == ["t050"]


def test_a_tag_is_made(alice: Person) -> None:
    client = alice.client()
    assert client.post("/tags/new", data={"name": "soup", "colour": "red"}).location == "/tags"
    assert "hue-red" in client.get("/tags", headers=PARTIAL).text
    again = client.post("/tags/new", data={"name": "SOUP"}, headers={"X-Form": "1", "Accept": "application/json"})
    assert again.status_code == 422
    assert "name" in again.get_json()["errors"]


def test_a_new_tag_goes_to_the_space_that_is_shown(alice: Person) -> None:
    team = spaces.create_team(alice.actor, name="Team")
    client = alice.client()
    client.post("/spaces/choose", data={"space": str(team)})

    client.post("/tags/new", data={"name": "shared"})

    assert [tag.name for tag in queries.list_tags(alice.actor, space_id=team).items] == ["shared"]


def test_renaming_in_the_row_draws_the_list_again(alice: Person) -> None:
    ids = _make(alice, "art", "art/old")
    client = alice.client()

    form = client.get(f"/tags/{ids['art']}/edit?sort=name", headers=PARTIAL).text
    assert f'action="/tags/{ids["art"]}?sort=name"' in form
    answer = client.post(f"/tags/{ids['art']}?sort=name", data={"name": "Kunst"}, headers=PARTIAL)

    assert _names(answer.text) == ["Kunst", "Kunst/old"]
    assert answer.text.count("autofocus") == 1
    plain = client.post(f"/tags/{ids['art']}?sort=name", data={"name": "art"})
    assert (plain.status_code, plain.location) == (303, "/tags?sort=name")


def test_a_taken_name_offers_to_merge(alice: Person) -> None:
    ids = _make(alice, "js", "JavaScript")
    client = alice.client()

    answer = client.post(f"/tags/{ids['js']}", data={"name": "javascript"}, headers=PARTIAL)

    assert answer.status_code == 422
    assert answer.headers["HX-Retarget"] == f"#row-{ids['js']}"
    assert f'name="into" value="{ids["JavaScript"]}"' in answer.text


def test_an_impossible_name_is_told_in_the_row(alice: Person) -> None:
    ids = _make(alice, "js")
    answer = alice.client().post(f"/tags/{ids['js']}", data={"name": " / "}, headers=PARTIAL)
    assert answer.status_code == 422
    assert "A tag needs a name." in answer.text


def test_a_colour_changes_the_row_alone_in_its_place(alice: Person) -> None:
    ids = _make(alice, "art", "art/old")
    text = alice.client().post(f"/tags/{ids['art/old']}", data={"colour": "teal"}, headers=PARTIAL).text

    assert "tag-depth-1" in text
    assert "hue-teal" in text
    assert _names(text) == ["art/old"]


def test_the_colours_come_when_a_menu_opens(alice: Person) -> None:
    ids = _make(alice, "art")
    client = alice.client()
    assert 'hx-trigger="toggle once"' in client.get("/tags").text
    assert client.get(f"/tags/{ids['art']}/colours", headers=PARTIAL).text.count('name="colour"') == 10
    assert client.get(f"/tags/{ids['art']}/edit").text.count('name="colour"') == 10


def test_deleting_offers_undo(alice: Person) -> None:
    ids = _make(alice, "a", "b", "c")
    client = alice.client()
    body = {"verb": "delete", "ids": [str(ids["a"]), str(ids["b"])]}

    told = _told(client.post("/tags", data=body, headers={"X-Form": "1"}))

    assert told["toast"]["text"] == "2 tags were deleted."
    assert "list-changed" in told
    assert _names(client.get("/tags").text) == ["c"]
    back = client.post(told["toast"]["undo_url"], headers={"X-Form": "1"})
    assert _told(back)["toast"]["text"] == "2 tags are back."
    assert _names(client.get("/tags").text) == ["a", "b", "c"]


def test_merging_asks_which_one_stays_then_offers_undo(alice: Person) -> None:
    ids = _make(alice, "a", "b")
    client = alice.client()
    both = [str(ids["a"]), str(ids["b"])]

    choice = client.post("/tags", data={"verb": "merge", "ids": both}, headers=PARTIAL)
    assert choice.text.count('name="into"') == 2
    assert "<html" in client.post("/tags", data={"verb": "merge", "ids": both}).text
    told = _told(client.post("/tags/merge", data={"ids": both, "into": both[1]}, headers={"X-Form": "1"}))

    assert told["toast"]["text"] == "Merged into “b”."
    client.post(told["toast"]["undo_url"], headers={"X-Form": "1"})
    assert _names(client.get("/tags").text) == ["a", "b"]


def test_one_tag_alone_cannot_be_merged(alice: Person) -> None:
    ids = _make(alice, "a")
    answer = alice.client().post("/tags", data={"verb": "merge", "ids": str(ids["a"])}, headers=PARTIAL)
    assert "Mark two tags or more" in answer.text


def test_a_viewer_sees_tags_without_ways_to_change_them(alice: Person, bob: Person) -> None:
    team = spaces.create_team(alice.actor, name="Team")
    tag_id = service.create_tag(alice.actor, team, name="shared")
    spaces.add_member(alice.actor, team, user_id=bob.id, role=Role.VIEWER)
    client = bob.client()

    text = client.get("/tags", headers=PARTIAL).text
    assert "shared" in text
    assert "Team" in text
    assert "data-select" not in text
    assert client.get(f"/tags/{tag_id}/edit").status_code == 403
    assert client.post(f"/tags/{tag_id}", data={"name": "x"}).status_code == 403
    assert client.post("/tags", data={"verb": "delete", "ids": str(tag_id)}).status_code == 403


def test_a_stranger_finds_nothing(alice: Person, stranger: Person) -> None:
    tag_id = _make(alice, "secret")["secret"]
    own = _make(stranger, "own")["own"]
    client = stranger.client()

    assert _names(client.get("/tags").text) == ["own"]
    for answer in (
        client.get(f"/tags?space={alice.space_id}"),
        client.get(f"/tags/{tag_id}"),
        client.get(f"/tags/{tag_id}/edit"),
        client.get(f"/tags/{tag_id}/colours"),
        client.post(f"/tags/{tag_id}", data={"name": "x"}),
        client.post("/tags", data={"verb": "delete", "ids": [str(tag_id), str(own)]}),
        client.post("/tags", data={"verb": "merge", "ids": [str(tag_id), str(own)]}),
        client.post("/tags/merge", data={"ids": str(own), "into": str(tag_id)}),
    ):
        assert answer.status_code == 404
    assert [tag.name for tag in queries.list_tags(alice.actor).items] == ["secret"]


@pytest.mark.parametrize("body", [{"verb": "burn", "ids": "1"}, {"verb": "delete"}, {"verb": "delete", "ids": "x"}])
def test_what_the_bar_cannot_ask_for_is_refused(alice: Person, body: dict[str, str]) -> None:
    assert alice.client().post("/tags", data=body, headers={"Accept": "application/json"}).status_code == 422


def test_nobody_is_sent_to_sign_in(anonymous: FlaskClient, admin: Person) -> None:
    assert anonymous.get("/tags").location == "/sign-in?next=/tags"


def test_the_number_of_queries_does_not_grow(alice: Person) -> None:
    client = alice.client()
    service.ensure_tags(alice.actor, alice.space_id, ["a", "a/b"])
    client.get("/tags")
    with counted() as few:
        client.get("/tags")
    service.ensure_tags(alice.actor, alice.space_id, [f"a/t{number}" for number in range(60)])
    with counted() as many:
        client.get("/tags")
    assert len(many) == len(few)
