"""The pages: list, filters, detail, forms, marks and what a browser without scripts gets."""

import html
import re

import pytest

from tests.bookmarks.test_api import save
from tests.people import Browser, People
from tests.statements import counted
from trackeep.bookmarks import queries, service
from trackeep.bookmarks.fetching import PageFound
from trackeep.bookmarks.filters import Filters, View
from trackeep.bookmarks.metadata import Kind, PageMetadata
from trackeep.core import ext
from trackeep.core.actor import Actor

URL = "/bookmarks"


@pytest.fixture
def alice(people: People) -> Actor:
    return people.add("alice")


@pytest.fixture
def browser(people: People, alice: Actor) -> Browser:
    return people.browser("alice")


def test_an_empty_library_teaches(browser: Browser) -> None:
    page = browser.get(URL).text

    assert "Keep the pages that matter" in page
    assert "/bookmarks/import" in page


@pytest.mark.parametrize("view", [view.value for view in View])
@pytest.mark.parametrize("layout", ["list", "cards"])
def test_every_view_is_a_page(browser: Browser, alice: Actor, view: str, layout: str) -> None:
    save(alice, 1, title="<b>bold</b>", tags=["news"], unread=True, favourite=True)
    save(alice, 2, title="", archived=True)

    answer = browser.get(f"{URL}?view={view}&layout={layout}")

    assert answer.status_code == 200
    assert "<b>bold</b>" not in answer.text


def test_the_filters_in_the_address_are_chips(browser: Browser, alice: Actor) -> None:
    collection = service.create_collection(alice, alice.personal_space_id or 0, name="Kitchen")
    save(alice, 1, title="Found", tags=["food"], collection_ids=[collection])
    save(alice, 2, title="Hidden")

    page = browser.get(
        f"{URL}?tag=food&collection={collection}&site=example.org&after=2020-01-01&open=/bookmarks/1"
    ).text

    assert "Found" in page
    assert "Hidden" not in page
    assert "Kitchen" in page
    assert f"?collection={collection}&amp;site=example.org&amp;after=2020-01-01" in page


def test_the_results_alone_answer_the_text_filter(browser: Browser, alice: Actor) -> None:
    save(alice, 1, title="Sourdough bread")
    save(alice, 2, title="Rye")

    answer = browser.get(f"{URL}?view=&text=sourd", partial=True)

    assert "<html" not in answer.text
    assert "Sourdough" in answer.text
    assert "Rye" not in answer.text
    assert answer.headers["HX-Replace-Url"] == "/bookmarks?text=sourd"
    assert "HX-Request" in answer.vary


def test_more_rows_come_by_cursor(browser: Browser, alice: Actor) -> None:
    for number in range(31):
        save(alice, number)

    page = browser.get(URL)
    following = page.text.split("load-more")[1].split('href="')[1].split('"')[0].replace("&amp;", "&")
    more = browser.get(following, partial=True).text

    assert page.text.count('data-row data-id="') == 30
    assert more.count('data-row data-id="') == 1
    assert "load-more" not in more


def test_the_detail_shows_what_is_known(browser: Browser, alice: Actor) -> None:
    collection = service.create_collection(alice, alice.personal_space_id or 0, name="Kitchen")
    there = save(alice, 1, notes="**strong** <script>", tags=["food"], collection_ids=[collection])
    service.note_fetch_failure(there, "The server does not answer.")

    page = browser.get(f"{URL}/{there}").text
    panel = browser.get(f"{URL}/{there}", partial=True).text

    assert "<strong>strong</strong>" in page
    assert "The server does not answer." in page
    assert "Kitchen" in page
    assert "<html" not in panel
    assert "Try again" in panel


def test_one_click_marks_and_undo_marks_back(browser: Browser, alice: Actor) -> None:
    there = save(alice)

    plain = browser.post(f"{URL}/{there}/marks", {"favourite": "1", "part": "list", "back": "view=unread"})
    assert (plain.status_code, plain.headers["Location"]) == (303, "/bookmarks?view=unread")
    row = browser.post(f"{URL}/{there}/marks", {"unread": "1", "part": "list", "back": ""}, partial=True)
    assert f'id="row-{there}"' in row.text
    gone = browser.post(f"{URL}/{there}/marks", {"archived": "1", "part": "list", "back": ""}, partial=True)
    assert gone.text == ""
    assert f"/bookmarks/{there}/marks?archived=0" in gone.headers["HX-Trigger"]
    browser.post(f"{URL}/{there}/marks?archived=0", headers={"X-Form": "1"})

    item = queries.get_bookmark(alice, there)
    assert (item.favourite, item.unread, item.archived) == (True, True, False)


def test_the_trash_has_a_way_back(browser: Browser, alice: Actor) -> None:
    there = save(alice)

    answer = browser.post(f"{URL}/{there}/trash", {"part": "list"}, partial=True)
    assert f"/bookmarks/{there}/restore" in answer.headers["HX-Trigger"]
    assert queries.get_bookmarks(alice, [there]) == {}
    browser.post(f"{URL}/{there}/restore", headers={"X-Form": "1"})

    assert list(queries.get_bookmarks(alice, [there])) == [there]


def test_a_page_is_added_by_the_form(browser: Browser, alice: Actor) -> None:
    collection = service.create_collection(alice, alice.personal_space_id or 0, name="Kitchen")
    form = {"url": "https://example.org/a", "title": "A", "tags": "one, two/three", "unread": "1"}

    answer = browser.post(URL, {**form, "collection_ids": str(collection), "notes": "*n*"})

    item = queries.list_bookmarks(alice, Filters()).items[0]
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/bookmarks/{item.id}")
    assert ([tag.name for tag in item.tags], item.collection_ids, item.unread, item.notes) == (
        ["one", "two/three"], [collection], True, "*n*",
    )  # fmt: skip


def test_the_form_says_what_is_wrong_and_what_is_there(browser: Browser, alice: Actor) -> None:
    there = save(alice, 1)

    refused = browser.post(URL, {"url": "javascript:alert(1)", "title": "typed"}, partial=True)
    double = browser.post(URL, {"url": "https://example.org/1"})

    assert refused.status_code == 422
    assert 'aria-invalid="true"' in refused.text
    assert 'value="typed"' in refused.text
    assert double.status_code == 409
    assert f"/bookmarks/{there}" in double.text


def test_two_tabs_see_both_texts(browser: Browser, alice: Actor) -> None:
    there = save(alice, 1)
    version = str(queries.get_bookmark(alice, there).version)
    form = {"url": "https://example.org/1", "title": "first tab", "tags": "", "version": version}
    assert browser.post(f"{URL}/{there}", form).status_code == 303

    clash = browser.post(f"{URL}/{there}", {**form, "title": "second tab"})

    assert clash.status_code == 409
    assert "first tab" in clash.text
    assert "second tab" in clash.text
    kept = queries.get_bookmark(alice, there)
    assert f'name="version" value="{kept.version}"' in clash.text
    assert browser.post(f"{URL}/{there}", {**form, "title": "second tab"}, partial=True).status_code == 422
    assert browser.post(f"{URL}/{there}", {**form, "title": "mine", "version": str(kept.version)}).status_code == 303
    assert queries.get_bookmark(alice, there).title == "mine"


def test_the_bar_changes_what_is_marked_and_takes_it_back(browser: Browser, alice: Actor) -> None:
    ids = [save(alice, number) for number in range(3)]

    answer = browser.post(f"{URL}/bulk", {"verb": "tag", "tags": "a, b", "ids": ids[:2]}, headers={"X-Form": "1"})

    assert answer.status_code == 204
    assert "2 bookmarks were changed." in answer.headers["HX-Trigger"]
    undo_url = answer.headers["HX-Trigger"].split('"undo_url": "')[1].split('"')[0]
    assert len(queries.list_bookmarks(alice, Filters(tag="a")).items) == 2
    assert browser.post(undo_url, headers={"X-Form": "1"}).status_code == 204
    assert queries.list_bookmarks(alice, Filters(tag="a")).items == []


def test_the_bar_acts_on_all_that_match(browser: Browser, alice: Actor) -> None:
    for number in range(3):
        save(alice, number, unread=number > 0)

    form = {"verb": "archive", "all": "1", "view": "unread", "ids": []}
    assert browser.post(f"{URL}/bulk", form).status_code == 303

    assert len(queries.list_bookmarks(alice, Filters(view=View.ARCHIVED)).items) == 2


def test_collections_have_their_forms(browser: Browser, alice: Actor) -> None:
    made = browser.post(f"{URL}/collections", {"name": "Top", "parent_id": ""})
    assert made.status_code == 303
    top = queries.collection_tree(alice)[0]
    assert browser.post(f"{URL}/collections", {"name": "Top", "parent_id": ""}).status_code == 409
    assert browser.get(f"{URL}/collections/new").status_code == 200
    assert "Top" in browser.get(f"{URL}/collections/{top.id}/edit").text
    assert browser.post(f"{URL}/collections/{top.id}", {"name": "Renamed"}).status_code == 303
    assert "Renamed" in browser.get(f"{URL}/bulk/collections", partial=True).text
    assert browser.post(f"{URL}/collections/{top.id}/delete").status_code == 303
    assert queries.collection_tree(alice) == []


def test_pictures_are_for_those_who_see_the_bookmark(people: People, browser: Browser, alice: Actor) -> None:
    there = save(alice)
    key = ext.blobs().put_bytes(b"RIFF....WEBP")
    service.store_metadata(there, PageFound(PageMetadata(Kind.PAGE, "", ""), favicon_key=key, preview_key=None))
    people.add("stranger")

    answer = browser.get(f"{URL}/{there}/favicon")

    assert (answer.status_code, answer.mimetype) == (200, "image/webp")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"].startswith("private")
    assert browser.get(f"{URL}/{there}/favicon", headers={"If-None-Match": f'"{key}"'}).status_code == 304
    assert browser.get(f"{URL}/{there}/preview").status_code == 404
    assert people.browser("stranger").get(f"{URL}/{there}/favicon").status_code == 404


def test_a_stranger_gets_no_page_of_it(people: People, alice: Actor) -> None:
    there = save(alice)
    collection = service.create_collection(alice, alice.personal_space_id or 0, name="Mine")
    people.add("stranger")
    browser = people.browser("stranger")

    for path in (f"/{there}", f"/{there}/edit", f"/collections/{collection}/edit"):
        assert browser.get(URL + path).status_code == 404, path
    for path in (
        f"/{there}", f"/{there}/trash", f"/{there}/restore", f"/{there}/refetch", f"/collections/{collection}",
        f"/collections/{collection}/delete",
    ):  # fmt: skip
        assert browser.post(URL + path, {"url": "https://a.org", "name": "x", "version": "1"}).status_code == 404, path
    assert browser.post(f"{URL}/{there}/marks", {"unread": "1"}).status_code == 404
    assert browser.post(f"{URL}/bulk", {"verb": "trash", "ids": [there]}).status_code == 404
    assert people.browser(None).get(URL).status_code == 303


def test_more_rows_need_no_more_queries(browser: Browser, alice: Actor) -> None:
    def needed() -> int:
        with counted() as sent:
            assert browser.get(URL).status_code == 200
        return len(sent)

    for number in range(2):
        save(alice, number, tags=[f"t{number}"])
    needed()
    few = needed()
    for number in range(2, 30):
        save(alice, number, tags=[f"t{number}", "all"])

    assert needed() == few


def test_the_page_of_tools_leads_to_pages_that_are_there(browser: Browser) -> None:
    page = browser.get(f"{URL}/tools").text
    links = set(re.findall(r'class="tool" href="([^"]+)"', page))
    assert len(links) == 11
    assert {browser.get(html.unescape(link)).status_code for link in links} <= {200, 302, 303}
