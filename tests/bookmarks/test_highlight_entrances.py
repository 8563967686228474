"""Highlights through pages and API: lists, marking, notes of two tabs, export, palette, home, archive."""

import orjson
import pytest
from apiflask import APIFlask

from tests.bookmarks.reading import put_article
from tests.bookmarks.test_api import save
from tests.people import Browser, People
from trackeep.bookmarks import service
from trackeep.bookmarks.anchoring import squeezed
from trackeep.bookmarks.highlights import Colour, Passage
from trackeep.bookmarks.provides import highlights as offers
from trackeep.bookmarks.schemas import HighlightListOut, HighlightOut, PlacedHighlightsOut
from trackeep.core.actor import Actor

API, PAGE = "/api/v1/bookmarks", "/bookmarks/highlights"
TEXT = "Once upon a time there was a reader. \U0001f600 The reader marked a line."


@pytest.fixture
def alice(people: People) -> Actor:
    return people.add("alice")


@pytest.fixture
def browser(people: People, alice: Actor) -> Browser:
    return people.browser("alice")


def mark(actor: Actor, bookmark_id: int, quote: str = "a line", note: str = "", colour: str = "yellow") -> int:
    return service.add_highlight(actor, bookmark_id, Passage(quote=quote, note=note, colour=Colour(colour)))


def test_a_passage_is_marked_shown_changed_and_deleted(browser: Browser, alice: Actor) -> None:
    page = save(alice)
    put_article(page, TEXT)
    sent = {"quote": "a line", "prefix": "marked ", "suffix": ".", "start": 0, "end": 6, "colour": "blue"}
    made = browser.post(f"{API}/{page}/highlights", json=sent, headers={"Idempotency-Key": "k" * 20})
    again = browser.post(f"{API}/{page}/highlights", json=sent, headers={"Idempotency-Key": "k" * 20})

    assert (made.status_code, again.get_json()["id"]) == (201, made.get_json()["id"])
    shape = made.get_json()
    HighlightOut.model_validate(shape, strict=False)
    assert TEXT[shape["start"] : shape["end"]] == "a line"
    assert shape["page"]["url"] == "https://example.org/1"
    there = made.headers["Location"]
    shown = browser.get(there)
    assert shown.get_json() == shape
    placed = browser.get(f"{API}/{page}/highlights").get_json()
    PlacedHighlightsOut.model_validate(placed, strict=False)
    assert [(each["id"], each["state"]) for each in placed["items"]] == [(shape["id"], "placed")]

    assert browser.patch(there, json={"note": "why"}).status_code == 428
    tag = shown.headers["ETag"]
    changed = browser.patch(there, json={"note": "why", "colour": "pink"}, headers={"If-Match": tag})
    assert (changed.get_json()["note"], changed.get_json()["colour"]) == ("why", "pink")
    clash = browser.patch(there, json={"note": "else"}, headers={"If-Match": tag})
    assert clash.status_code == 409
    assert clash.get_json()["theirs"] == {"note": "why"}
    assert clash.get_json()["yours"] == {"note": "else"}
    assert browser.patch(there, json={"note": None}, headers={"If-Match": changed.headers["ETag"]}).status_code == 200
    assert browser.delete(there).status_code == 204
    assert browser.get(there).status_code == 404


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"quote": ""},
        {"quote": "a", "start": 1},
        {"quote": "a", "start": 5, "end": 5},
        {"quote": "a", "start": -1, "end": 2},
        {"quote": "a", "start": 0, "end": 2**31},
        {"quote": "a", "colour": "octarine"},
        {"quote": "a", "space_id": 1},
        {"quote": "x" * 10_001},
        {"quote": "a", "note": "x" * 20_001},
    ],
)
def test_what_cannot_be_marked_is_told(browser: Browser, alice: Actor, body: dict[str, object]) -> None:
    answer = browser.post(f"{API}/{save(alice)}/highlights", json=body)

    assert answer.status_code == 422
    assert answer.get_json()["errors"]


def test_the_list_of_the_api(browser: Browser, alice: Actor) -> None:
    page = save(alice, tags=["art"])
    made = [mark(alice, page, f"words {number}", colour="green" if number else "pink") for number in range(3)]

    first = browser.get(f"{API}/highlights?limit=2&tag=art").get_json()
    HighlightListOut.model_validate(first, strict=False)
    second = browser.get(f"{API}/highlights", query_string={"cursor": first["next_cursor"], "tag": "art"}).get_json()
    assert [each["id"] for each in [*first["items"], *second["items"]]] == made[::-1]
    assert [each["id"] for each in browser.get(f"{API}/highlights?colour=pink").get_json()["items"]] == made[:1]
    assert browser.get(f"{API}/highlights?colour=octarine").status_code == 422


def test_the_reading_list_is_grouped_by_page(browser: Browser, alice: Actor) -> None:
    assert "What you mark is kept here" in browser.get(PAGE).text
    one, two = save(alice, 1, title="<b>One</b>", tags=["art"]), save(alice, 2, title="Two")
    for number in range(10):
        mark(alice, one, f"<i>words</i> {number}", note="**strong** <script>alert(1)</script>")
    mark(alice, two, "tea", colour="green")

    page = browser.get(PAGE).text
    assert page.index("Two") < page.index("One")
    assert "&lt;i&gt;words&lt;/i&gt; 0" in page
    assert "<strong>strong</strong>" in page
    assert "<script>alert(1)" not in page
    assert "2 more of this page" in page
    assert "&lt;i&gt;words" not in browser.get(f"{PAGE}?colour=green").text
    assert "Nothing matches" in browser.get(f"{PAGE}?text=nowhere", partial=True).text
    assert browser.get(f"{PAGE}?text=tea", partial=True).headers["HX-Replace-Url"] == f"{PAGE}?text=tea"
    assert browser.get(f"{PAGE}?bookmark={one}").text.count("passage-quote") == 10
    assert browser.get(f"{PAGE}?cursor=nonsense").status_code == 422


def test_the_list_beside_the_article_tells_what_to_draw(browser: Browser, alice: Actor) -> None:
    page = save(alice)
    put_article(page, TEXT)
    mark(alice, page, "The reader", note='a "note"')
    mark(alice, page, "gone")

    part = browser.get(f"/bookmarks/{page}/highlights", partial=True).text
    first = len(squeezed(TEXT[: TEXT.index("The reader")]))
    assert f'data-first="{first}" data-last="{first + 9}"' in part
    assert 'data-note="a &#34;note&#34;"' in part
    assert "is not in it any more" in part
    assert "data-writable" in part
    whole = browser.get(f"/bookmarks/{page}/highlights").text
    assert whole.index("The reader") < whole.index("gone")
    assert "data-passage" not in browser.get(f"/bookmarks/{save(alice, 2)}/highlights").text


def test_notes_are_edited_by_a_form(browser: Browser, alice: Actor) -> None:
    made = mark(alice, save(alice))
    form = browser.get(f"{PAGE}/{made}/edit?back=colour%3Dyellow").text
    assert 'name="version" value="1"' in form

    sent = {"note": "kept", "colour": "purple", "version": "1", "back": "colour=yellow"}
    changed = browser.post(f"{PAGE}/{made}", sent)
    assert (changed.status_code, changed.headers["Location"]) == (303, f"{PAGE}?colour=yellow")
    assert "kept" in browser.get(PAGE).text
    stale = browser.post(f"{PAGE}/{made}", sent | {"note": "other"}, headers={"Accept": "application/json"})
    assert stale.status_code == 409
    assert stale.get_json()["theirs"] == {"note": "kept"}


def test_deleting_can_be_undone(browser: Browser, alice: Actor) -> None:
    made = mark(alice, save(alice))
    gone = browser.post(f"{PAGE}/{made}/trash", {}, headers={"X-Form": "1"})
    trigger = orjson.loads(gone.headers["HX-Trigger"])

    assert trigger["toast"]["undo_url"] == f"{PAGE}/{made}/restore"
    assert "list-changed" in trigger
    assert "a line" in browser.get("/trash?kind=highlight").text
    assert browser.post(trigger["toast"]["undo_url"], {}, headers={"X-Form": "1"}).status_code == 204
    assert "a line" in browser.get(PAGE).text
    assert browser.post(f"{PAGE}/{made}/trash", {}).status_code == 303


def test_the_details_of_a_page_show_the_first_ones(browser: Browser, alice: Actor) -> None:
    page = save(alice)
    assert "All highlights of this page" not in browser.get(f"/bookmarks/{page}").text
    for number in range(22):
        mark(alice, page, f"words {number}")
    detail = browser.get(f"/bookmarks/{page}").text

    assert detail.count("hl-jump") == 20
    assert "All highlights of this page" in detail


def test_they_are_found_by_palette_and_stand_on_the_home_page(app: APIFlask, browser: Browser, alice: Actor) -> None:
    page = save(alice)
    made = mark(alice, page, "a rather unusual zeppelin", note="about pufferfish")

    for words in ("zeppelin", "pufferf"):
        assert "unusual zeppelin" in browser.get(f"/palette?q={words}", partial=True).text
    with app.test_request_context():
        (found,) = offers.load(alice, [made]).values()
    assert found.url == f"/bookmarks/{page}/read#highlight-{made}"
    home = browser.get("/").text
    assert "From your highlights" in home
    assert "unusual zeppelin" in home


def test_export_of_one_page_and_of_all(browser: Browser, alice: Actor) -> None:
    one = save(alice, 1, title='A "title": [odd]', url="https://e.org/a_(b)", tags=["art", "two words"])
    mark(alice, one, "# no *heading*\n\n1. no list <b>", note="## Mine\n\n- yes")
    mark(alice, save(alice, 2, title="Two"), "tea", colour="green")

    single = browser.get(f"{API}/highlights/export?bookmark={one}")
    assert single.headers["Content-Type"].startswith("text/markdown")
    assert single.headers["Content-Disposition"].startswith(f'attachment; filename="highlights-{one}-')
    text = single.text
    front, _, body = text.removeprefix("---\n").partition("---\n")
    assert 'title: "A \\"title\\": [odd]"' in front
    assert 'tags: ["art","two words"]' in front
    assert '# [A "title": \\[odd\\]](https://e.org/a_%28b%29)' in body
    assert "> \\# no \\*heading\\*\n>\n> 1\\. no list \\<b\\>\n" in body
    assert "## Mine\n\n- yes" in body
    everything = browser.get("/bookmarks/highlights/export").text
    assert everything.count("\n## [") == 2
    assert "tea" not in browser.get("/bookmarks/highlights/export?colour=yellow").text
    lines = browser.get(f"{API}/highlights/export?format=jsonl").text.splitlines()
    assert [orjson.loads(line)["quote"] for line in lines] == ["# no *heading*\n\n1. no list <b>", "tea"]
    assert browser.get(f"{API}/highlights/export?bookmark={one + 10_000}").status_code == 404
    assert browser.get(f"{API}/highlights/export?format=exe").status_code == 422


def test_the_archive_has_them(alice: Actor) -> None:
    mark(alice, save(alice), "in the archive")

    assert b"in the archive" in b"".join(offers.export_markdown(alice))
    (line,) = offers.export_json(alice)
    assert orjson.loads(line)["quote"] == "in the archive"
