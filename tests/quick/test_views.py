"""The palette and quick add as the pages use them, and without scripts."""

import json
from collections.abc import Iterator

import pytest

from tests.people import Browser, People
from tests.quick.offers import ACTION, LINK, OLDER, SOURCE, TASK, made


@pytest.fixture
def alice(people: People) -> Iterator[Browser]:
    people.only_offer(SOURCE, OLDER, ACTION, LINK, TASK)
    people.add("alice")
    yield people.browser("alice")
    made.clear()


def test_the_dialog_gets_options_alone(alice: Browser) -> None:
    answer = alice.get("/palette?q=page", partial=True)
    assert "<html" not in answer.text
    assert answer.text.count('role="option"') == 3  # an action, a thing, and adding the text


def test_an_empty_palette_shows_what_is_recent_first(alice: Browser) -> None:
    text = alice.get("/palette", partial=True).text
    assert text.index("Trash talk") < text.index("New page") < text.index("Home")


def test_without_scripts_the_palette_is_a_page(alice: Browser) -> None:
    answer = alice.get("/palette?q=zebra")
    assert "<html" in answer.text
    assert "Zebra" in answer.text


def test_a_text_that_is_surely_something_can_be_added_first(alice: Browser) -> None:
    text = alice.get("/palette?q=https://example.org/cats", partial=True).text
    assert text.index("Save this page") < text.index("Save https://example.org/cats")
    assert 'href="/quick-add?text=https://example.org/cats"' in text
    assert "Save this page" in alice.get(f"/palette?q=https://example.org/{'a' * 1_400}", partial=True).text


def test_any_other_text_can_be_added_last(alice: Browser) -> None:
    text = alice.get("/palette?q=zebra", partial=True).text
    assert text.index("Zebra") < text.index("Add: Task") < text.index("To do: zebra")
    assert "Add: Task" in alice.get("/palette?q=nothing+has+this+name", partial=True).text
    assert "data-palette-add" not in alice.get("/palette", partial=True).text


def test_titles_are_shown_as_text(alice: Browser, people: People) -> None:
    answer = alice.get("/quick-add/preview?text=<script>alert(1)</script>", partial=True)
    assert "<script>" not in answer.text
    assert "&lt;script&gt;" in answer.text


def test_the_preview_says_what_the_text_becomes(alice: Browser) -> None:
    assert "Save https://example.org" in alice.get("/quick-add/preview?text=https://example.org", partial=True).text
    assert "To do: water" in alice.get("/quick-add/preview?text=water", partial=True).text
    assert "Nothing to add yet" in alice.get("/quick-add/preview?text=", partial=True).text


def test_a_plain_form_opens_what_it_made(alice: Browser) -> None:
    answer = alice.post("/quick-add", {"text": "https://example.org"})
    assert (answer.status_code, answer.location) == (303, "/things/9")
    assert len(made) == 1


def test_the_dialog_stays_and_says_what_happened(alice: Browser) -> None:
    answer = alice.post("/quick-add", {"text": "water"}, headers={"X-Form": "1"})
    assert answer.status_code == 204
    assert json.loads(answer.headers["HX-Trigger"])["toast"]["text"] == "Added: water"


def test_a_refused_text_stays_in_the_plain_form(alice: Browser) -> None:
    answer = alice.post("/quick-add", {"text": "refused"})
    assert answer.status_code == 422
    assert "Not this one." in answer.text
    assert ">\nrefused</textarea>" in answer.text


def test_a_refused_text_is_told_to_the_dialog(alice: Browser) -> None:
    headers = {"X-Form": "1", "Accept": "application/json, text/html;q=0.5"}
    answer = alice.post("/quick-add", {"text": "refused"}, headers=headers)
    assert answer.status_code == 422
    assert answer.get_json()["errors"] == {"text": ["Not this one."]}
    assert alice.post("/quick-add", {"text": ""}, headers=headers).status_code == 422
    assert alice.post("/quick-add", {"text": "x" * 20_001}, headers=headers).status_code == 422


@pytest.mark.parametrize("url", ["/palette", "/quick-add", "/quick-add/preview"])
def test_a_visitor_is_sent_to_sign_in(people: People, url: str) -> None:
    answer = people.browser().get(url)
    assert answer.status_code == 303
