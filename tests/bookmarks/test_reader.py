"""The reader's page: the text, its states, its neighbours in the list, how it looks, its pictures."""

import pytest
from sqlalchemy import insert, update

from tests.authorization.things import picture
from tests.bookmarks.reading import HTML, saved, with_article
from tests.people import Browser, People
from trackeep.bookmarks import queries, service
from trackeep.bookmarks.articles.looks import ReaderLooks
from trackeep.bookmarks.models import Article, ArticlePicture, Bookmark
from trackeep.core import db, ext
from trackeep.core.actor import Actor
from trackeep.core.errors import Invalid


@pytest.fixture
def alice(people: People) -> Actor:
    return people.add("alice")


@pytest.fixture
def browser(people: People, alice: Actor) -> Browser:
    return people.browser("alice")


def _set(bookmark_id: int, **values: object) -> None:
    with db.unit_of_work() as session:
        session.execute(update(Bookmark).where(Bookmark.id == bookmark_id).values(**values))


def test_the_article_stands_alone_in_its_element(browser: Browser, alice: Actor) -> None:
    bookmark_id = with_article(alice)

    page = browser.get(f"/bookmarks/{bookmark_id}/read").text

    opening = f'<article id="article" class="reader-text" data-article data-bookmark="{bookmark_id}"'
    assert f'{opening} data-text-hash="{"f" * 64}" dir="ltr">{HTML}</article>' in page
    assert "4 minutes to read" in page


@pytest.mark.parametrize(
    ("fetch_state", "article", "words"),
    [
        ("pending", None, "is being prepared"),
        ("done", {"state": "pending"}, "is being prepared"),
        ("done", None, "Not kept yet"),
        ("failed", None, "The page could not be fetched"),
        ("done", {"state": "empty", "error": "There is no article."}, "There is no article."),
        ("done", {"state": "failed", "error": "Too strange."}, "Too strange."),
    ],
)
def test_without_a_text_there_is_a_way_on(
    browser: Browser, alice: Actor, fetch_state: str, article: dict[str, object] | None, words: str
) -> None:
    bookmark_id = saved(alice)
    _set(bookmark_id, fetch_state=fetch_state)
    if article:
        with db.unit_of_work() as session:
            session.execute(insert(Article).values(bookmark_id=bookmark_id, **article))

    page = browser.get(f"/bookmarks/{bookmark_id}/read").text

    assert words in page
    assert "https://example.org/1" in page
    assert "data-article" not in page


def test_it_looks_again_ever_more_rarely(browser: Browser, alice: Actor) -> None:
    bookmark_id = saved(alice)

    part = browser.get(f"/bookmarks/{bookmark_id}/read?waited=8", partial=True).text

    assert "<html" not in part
    assert "waited=16" in part


def test_trying_again_leads_back(browser: Browser, alice: Actor) -> None:
    bookmark_id = saved(alice)
    _set(bookmark_id, fetch_state="done")

    answer = browser.post(f"/bookmarks/{bookmark_id}/article")

    assert answer.headers["Location"].endswith(f"/bookmarks/{bookmark_id}/read")
    assert queries.get_bookmark(alice, bookmark_id).fetch_state == "pending"


def test_the_neighbours_are_those_of_the_list(browser: Browser, alice: Actor) -> None:
    ids = [saved(alice, number, tags=["odd"] if number % 2 else []) for number in range(5)]

    plain = browser.get(f"/bookmarks/{ids[2]}/read").text
    tagged = browser.get(f"/bookmarks/{ids[3]}/read?list=tag%3Dodd").text
    came = browser.get(
        f"/bookmarks/{ids[3]}/read", headers={"Referer": "http://localhost/bookmarks?tag=odd&sort=oldest"}
    ).text
    odd = browser.get(f"/bookmarks/{ids[3]}/read?list=view%3Dnonsense%26tag%3D{'x' * 3000}").status_code

    assert f'/bookmarks/{ids[1]}/read?list=" data-reader-key="j"' in plain
    assert f'/bookmarks/{ids[3]}/read?list=" data-reader-key="k"' in plain
    assert f'/bookmarks/{ids[1]}/read?list=tag%3Dodd" data-reader-key="j"' in tagged
    assert 'data-reader-key="k"' not in tagged
    assert f'/bookmarks/{ids[1]}/read?list=tag%3Dodd%26sort%3Doldest" data-reader-key="k"' in came
    assert odd == 200


def test_marks_are_at_hand(browser: Browser, alice: Actor) -> None:
    bookmark_id = with_article(alice)
    url = f"/bookmarks/{bookmark_id}/marks"

    part = browser.post(url, {"favourite": "1", "part": "reader"}, partial=True).text
    plain = browser.post(url, {"archived": "1", "part": "reader"})

    assert 'id="reader-marks"' in part
    assert "No longer a favourite" in part
    assert "<article" not in part
    assert plain.headers["Location"].endswith(f"/bookmarks/{bookmark_id}/read")


def test_whoever_may_only_see_it_reads_without_marks(people: People, alice: Actor) -> None:
    people.add("bob")
    bookmark_id = with_article(alice, shared=True)

    page = people.browser("bob").get(f"/bookmarks/{bookmark_id}/read").text

    assert "Part one" in page
    assert "act-reader" not in page


def test_the_looks_are_kept_and_shown(browser: Browser, alice: Actor) -> None:
    bookmark_id = with_article(alice)
    chosen = {"font": "serif", "size": "large", "width": "wide", "line": "loose", "theme": "sepia", "back": bookmark_id}

    answer = browser.post("/bookmarks/reader-settings", chosen)
    page = browser.get(f"/bookmarks/{bookmark_id}/read").text

    assert answer.headers["Location"].endswith(f"/bookmarks/{bookmark_id}/read")
    assert 'data-font="serif" data-size="large" data-width="wide" data-line="loose" data-look="sepia"' in page
    assert queries.looks_of(alice).marks_read is False
    assert browser.post("/bookmarks/reader-settings", {"font": "comic"}).status_code == 422
    with pytest.raises(Invalid):
        service.save_looks(alice, ReaderLooks(theme="pink"))


def test_the_api_of_the_looks(browser: Browser) -> None:
    url = "/api/v1/bookmarks/reader-settings"

    assert browser.get(url).get_json()["font"] == "sans"
    assert browser.put(url, json={"font": "mono"}).get_json()["font"] == "mono"
    assert browser.put(url, json={"font": "comic"}).status_code == 422


def test_pictures_come_from_us(people: People, browser: Browser, alice: Actor) -> None:
    bookmark_id, key = saved(alice), ext.blobs().put_bytes(picture())
    people.add("bob")
    with db.unit_of_work() as session:
        html = '<p>a <img src="picture:0" alt="A"> <img src="picture:1"></p>'
        session.execute(insert(Article).values(bookmark_id=bookmark_id, state="done", html=html))
        for number, kept in ((0, key), (1, None)):
            row = {"bookmark_id": bookmark_id, "number": number, "url": "https://example.org/a.png", "key": kept}
            session.execute(insert(ArticlePicture).values(**row))

    page = browser.get(f"/bookmarks/{bookmark_id}/read").text
    address = f"/bookmarks/{bookmark_id}/pictures/0"

    assert f'src="{address}?v={key[:8]}"' in page
    assert "picture:1" not in page
    assert browser.get(address).data == picture()
    assert browser.get(address).headers["Cache-Control"].startswith("private")
    assert browser.get(f"/bookmarks/{bookmark_id}/pictures/1").status_code == 404
    assert people.browser("bob").get(address).status_code == 404


def test_right_to_left(browser: Browser, alice: Actor) -> None:
    bookmark_id = with_article(alice)
    with db.unit_of_work() as session:
        turned = update(Article).where(Article.bookmark_id == bookmark_id).values(direction="rtl", language="ar")
        session.execute(turned)

    assert 'dir="rtl" lang="ar">' in browser.get(f"/bookmarks/{bookmark_id}/read").text
