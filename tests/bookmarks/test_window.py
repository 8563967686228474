"""The small window: it shows what the address says, saves by its form only, and is nobody else's to frame."""

from urllib.parse import parse_qs, urlsplit

import pytest

from tests.bookmarks.test_api import save
from tests.people import Browser, People
from trackeep.bookmarks import queries, service
from trackeep.bookmarks.filters import Filters
from trackeep.core.actor import Actor

URL = "/bookmarks/window"
PAGE = "https://example.org/a"


@pytest.fixture
def alice(people: People) -> Actor:
    return people.add("alice")


@pytest.fixture
def browser(people: People, alice: Actor) -> Browser:
    return people.browser("alice")


def _library(actor: Actor) -> list[str]:
    return [item.url for item in queries.list_bookmarks(actor, Filters()).items]


def test_opening_it_saves_nothing_and_fills_the_form_in(browser: Browser, alice: Actor) -> None:
    asked = {"url": PAGE, "title": '"><script>alert(1)</script>', "description": "<b>words</b>"}
    answer = browser.get(URL, query_string=asked)

    assert answer.status_code == 200
    assert f'value="{PAGE}"' in answer.text
    assert "<script>alert" not in answer.text
    assert "<b>words" not in answer.text
    assert _library(alice) == []
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]


def test_the_form_saves_everything_it_has(browser: Browser, alice: Actor) -> None:
    kitchen = service.create_collection(alice, alice.personal_space_id or 0, name="Kitchen")
    given = {
        "url": PAGE,
        "title": "A",
        "description": "Words",
        "notes": "Mine",
        "tags": "x, y/z",
        "unread": "1",
        "favourite": "1",
        "collection_ids": str(kitchen),
    }
    answer = browser.post(URL, given, partial=True)

    assert answer.status_code == 201
    assert "bookmarks/window" in answer.text, "the script that closes it"
    item = queries.list_bookmarks(alice, Filters()).items[0]
    assert (item.url, item.title, item.description, item.notes) == (PAGE, "A", "Words", "Mine")
    assert (item.unread, item.favourite, item.collection_ids) == (True, True, [kitchen])
    assert [tag.name for tag in item.tags] == ["x", "y/z"]


def test_what_was_shared_stays_open(browser: Browser) -> None:
    answer = browser.post(URL, {"url": PAGE, "stay": "1"})

    assert answer.status_code == 201
    assert "data-module" not in answer.text.partition('id="window"')[2].partition("</section>")[0]


def test_a_saved_page_is_told_at_once(browser: Browser, alice: Actor) -> None:
    saved = save(alice, title="Known", url=PAGE)
    answer = browser.get(URL, query_string={"url": f"{PAGE}?utm_source=x"})

    assert "You have this page already" in answer.text
    assert f"/bookmarks/{saved}/edit" in answer.text
    assert 'id="window-url"' not in answer.text


def test_a_page_saved_meanwhile_loses_nothing_typed(browser: Browser, alice: Actor) -> None:
    save(alice, title="Known", url=PAGE)
    plain = browser.post(URL, {"url": PAGE, "title": "Typed", "notes": "Long thought"})
    swapped = browser.post(URL, {"url": PAGE, "title": "Typed", "notes": "Long thought"}, partial=True)

    assert (plain.status_code, swapped.status_code) == (409, 422)
    assert all("Long thought" in answer.text and "Known" in answer.text for answer in (plain, swapped))


def test_wrong_input_is_told_at_its_field(browser: Browser) -> None:
    answer = browser.post(URL, {"url": "javascript:alert(1)", "title": "Typed"})

    assert answer.status_code == 422
    assert "Only addresses that start with http" in answer.text
    assert 'value="Typed"' in answer.text


def test_signed_out_it_asks_to_sign_in_and_comes_back(people: People, alice: Actor) -> None:
    answer = people.browser().get(URL, query_string={"url": PAGE})

    assert answer.status_code == 303
    back = parse_qs(urlsplit(answer.location).query)["next"][0]
    assert back.startswith(f"{URL}?url=https")


def test_what_a_phone_shares_reaches_the_form(browser: Browser) -> None:
    answer = browser.get("/bookmarks/receive", query_string={"title": "", "text": f"A nice page {PAGE}"})

    place = urlsplit(answer.location)
    assert (answer.status_code, place.path) == (303, URL)
    assert parse_qs(place.query) == {"stay": ["1"], "url": [PAGE], "title": ["A nice page"]}
