"""From a fetched page to its article: kept, extracted in the background, found, replaced, thrown away."""

from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import select

from tests.bookmarks.articles.pages import WORDS, paragraphs, rich_page, site
from tests.bookmarks.reading import saved
from tests.factories.accounts import Person
from tests.people import Browser, People
from trackeep.bookmarks import extracting, jobs, queries, service
from trackeep.bookmarks.articles.findings import FoundArticle, Lack, NoArticle
from trackeep.bookmarks.articles.sources import PageSource, pack
from trackeep.bookmarks.drafts import Changes
from trackeep.bookmarks.filters import Filters
from trackeep.bookmarks.models import Article
from trackeep.bookmarks.queries import ArticleItem
from trackeep.bookmarks.service.sources import keep_source
from trackeep.core import clock, db, ext, upkeep
from trackeep.core.errors import Forbidden, NotFound
from trackeep.core.fetch import FetchDouble, Fetched
from trackeep.core.isolation import ChildTooSlow, Isolated
from trackeep.core.jobs.queue import JobRow

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


def article_of(person: Person, bookmark_id: int) -> ArticleItem:
    return queries.get_article(person.actor, bookmark_id)[1]


def fetched(person: Person, web: FetchDouble, html: str, **answer: str) -> int:
    web.page(URL, html, **answer)  # type: ignore[arg-type]  # only texts are given
    bookmark_id = saved(person.actor)
    jobs.fetch_metadata(bookmark_id=bookmark_id)
    return bookmark_id


def waiting_jobs() -> set[str]:
    return set(db.session().scalars(select(JobRow.name).where(JobRow.state == "waiting")))


def test_a_fetched_page_waits_and_then_has_its_article(alice: Person, web: FetchDouble) -> None:
    bookmark_id = fetched(alice, web, rich_page())

    assert article_of(alice, bookmark_id).state == "pending"
    assert "bookmarks.extract_article" in waiting_jobs()
    jobs.extract_article(bookmark_id=bookmark_id)

    article, item = article_of(alice, bookmark_id), queries.get_bookmark(alice.actor, bookmark_id)
    assert article.state == "done"
    assert "<h2>Its history</h2>" in article.html
    assert (item.word_count, item.reading_minutes) == (article.word_count, article.reading_minutes)
    assert len(article.text_hash) == 64
    assert "bookmarks.fetch_pictures" in waiting_jobs()


def test_the_words_of_the_article_are_found(alice: Person, web: FetchDouble) -> None:
    bookmark_id = fetched(alice, web, site(f"<p>{WORDS} A quernstone lies there.</p>" * 3, title="Something else"))
    jobs.extract_article(bookmark_id=bookmark_id)

    found = queries.list_bookmarks(alice.actor, Filters(text="quernstone")).items
    service.trash_bookmarks(alice.actor, [bookmark_id])
    service.restore_bookmarks(alice.actor, [bookmark_id])

    assert [item.id for item in found] == [bookmark_id]
    assert [hit.id for hit in queries.find_bookmarks(alice.actor, "quernstone", 5)] == [bookmark_id]


def test_pictures_are_fetched_drawn_anew_and_served_by_us(alice: Person, web: FetchDouble) -> None:
    bookmark_id = fetched(alice, web, rich_page())
    jobs.extract_article(bookmark_id=bookmark_id)
    address = "https://example.org/img/mill.jpg"
    stream = BytesIO()
    Image.new("RGB", (2_800, 100), "teal").save(stream, "JPEG")
    web.answers[address] = Fetched(address, 200, content_type="image/jpeg", body=stream.getvalue())

    jobs.fetch_pictures(bookmark_id=bookmark_id)

    picture = article_of(alice, bookmark_id).pictures[0]
    assert (picture.width, picture.height) == (1_400, 50)
    assert ext.blobs().path(picture.key).read_bytes()[8:12] == b"WEBP"
    assert upkeep._used_blobs([picture.key]) == {picture.key}
    assert service.missing_pictures(bookmark_id) == {}


@pytest.mark.parametrize("answer", [404, 200])
def test_a_picture_that_cannot_be_had_is_left_out(alice: Person, web: FetchDouble, answer: int) -> None:
    bookmark_id = fetched(alice, web, rich_page())
    jobs.extract_article(bookmark_id=bookmark_id)
    web.answers["https://example.org/img/mill.jpg"] = Fetched(
        "https://example.org/img/mill.jpg", answer, body=b"<svg/>"
    )

    jobs.fetch_pictures(bookmark_id=bookmark_id)

    assert article_of(alice, bookmark_id).pictures == {}


def test_pictures_that_were_kept_are_not_fetched_again(alice: Person, web: FetchDouble) -> None:
    test_pictures_are_fetched_drawn_anew_and_served_by_us(alice, web)
    (bookmark_id,) = [item.id for item in queries.list_bookmarks(alice.actor, Filters()).items]

    service.retry_article(alice.actor, bookmark_id)
    jobs.extract_article(bookmark_id=bookmark_id)

    assert service.missing_pictures(bookmark_id) == {}


def test_a_page_without_text_says_so(alice: Person, web: FetchDouble) -> None:
    bookmark_id = fetched(alice, web, site(""))
    jobs.extract_article(bookmark_id=bookmark_id)

    article = article_of(alice, bookmark_id)
    assert article.state == "empty"
    assert "no article" in (article.error or "")


def test_a_file_of_another_kind_says_so_at_once(alice: Person, web: FetchDouble) -> None:
    bookmark_id = fetched(alice, web, "%PDF-1.7", content_type="application/pdf")

    article = article_of(alice, bookmark_id)
    assert article.state == "empty"
    assert "another kind" in (article.error or "")
    assert "bookmarks.extract_article" not in waiting_jobs()


def test_a_page_that_takes_too_long_has_failed_and_can_be_tried_again(
    alice: Person, web: FetchDouble, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_slow(*_arguments: object) -> None:
        raise ChildTooSlow("no")

    bookmark_id = fetched(alice, web, rich_page())
    with monkeypatch.context() as patched:
        patched.setattr(Isolated, "call", too_slow)
        jobs.extract_article(bookmark_id=bookmark_id)
    failed = article_of(alice, bookmark_id)
    service.retry_article(alice.actor, bookmark_id)
    jobs.extract_article(bookmark_id=bookmark_id)

    assert failed.state == "failed"
    assert "in time" in (failed.error or "")
    assert article_of(alice, bookmark_id).state == "done"


def test_an_article_outlives_a_page_that_has_become_empty(alice: Person, web: FetchDouble) -> None:
    bookmark_id = fetched(alice, web, rich_page())
    jobs.extract_article(bookmark_id=bookmark_id)
    web.page(URL, site("Please subscribe."))
    service.refetch_bookmark(alice.actor, bookmark_id)
    with clock.freeze(clock.now() + timedelta(minutes=1)):
        jobs.fetch_metadata(bookmark_id=bookmark_id)
    jobs.extract_article(bookmark_id=bookmark_id)

    article = article_of(alice, bookmark_id)
    assert (article.state, article.error) == ("done", None)
    assert "Its history" in article.html


def test_a_lost_source_is_told(alice: Person, web: FetchDouble) -> None:
    bookmark_id = fetched(alice, web, rich_page())
    source = service.article_source(bookmark_id)
    assert source is not None
    ext.blobs().delete(source.key)

    jobs.extract_article(bookmark_id=bookmark_id)

    assert article_of(alice, bookmark_id).state == "failed"


def test_what_was_found_in_an_older_source_is_not_stored(alice: Person, web: FetchDouble) -> None:
    bookmark_id = fetched(alice, web, rich_page())
    older = PageSource("0" * 64, URL, "text/html")

    service.note_no_article(bookmark_id, older, NoArticle(Lack.NO_TEXT))

    assert article_of(alice, bookmark_id).state == "pending"


def test_a_page_that_was_fetched_again_meanwhile_is_looked_through_at_once(
    alice: Person, web: FetchDouble, monkeypatch: pytest.MonkeyPatch
) -> None:
    bookmark_id = fetched(alice, web, rich_page())
    newer = PageSource(ext.blobs().put_bytes(pack(site(paragraphs(3)).encode())), URL, "text/html")
    really = extracting.find_article

    def find(source: PageSource) -> FoundArticle:
        if source != newer:
            with db.unit_of_work():
                keep_source(bookmark_id, newer)
        return really(source)

    monkeypatch.setattr(extracting, "find_article", find)
    jobs.extract_article(bookmark_id=bookmark_id)

    article = article_of(alice, bookmark_id)
    assert article.state == "done"
    assert "Its history" not in article.html


def test_what_waits_is_worked_off_by_itself(alice: Person, web: FetchDouble) -> None:
    ids = []
    for number in range(3):
        web.page(f"https://example{number}.org/", site(paragraphs(3)))
        ids.append(saved(alice.actor, number, url=f"https://example{number}.org/"))
        jobs.fetch_metadata(bookmark_id=ids[-1])

    jobs.extract_waiting()

    assert {article_of(alice, bookmark_id).state for bookmark_id in ids} == {"done"}
    jobs.extract_waiting(after_id=ids[-1])


def test_the_source_is_in_use_and_goes_with_its_bookmark(alice: Person, web: FetchDouble) -> None:
    bookmark_id = fetched(alice, web, rich_page())
    source = service.article_source(bookmark_id)
    assert source is not None

    assert upkeep._used_blobs([source.key]) == {source.key}
    service.trash_bookmarks(alice.actor, [bookmark_id])
    service.purge_bookmarks(alice.actor, [bookmark_id])

    assert upkeep._used_blobs([source.key]) == set()
    assert db.session().scalars(select(Article.bookmark_id)).all() == []


def test_jobs_for_a_bookmark_that_is_gone_do_nothing(app: object) -> None:
    jobs.extract_article(bookmark_id=4_711)
    jobs.fetch_pictures(bookmark_id=4_711)


def test_only_whoever_may_write_tries_again(alice: Person, bob: Person, web: FetchDouble) -> None:
    bookmark_id = fetched(alice, web, rich_page())

    with pytest.raises(NotFound):
        service.retry_article(bob.actor, bookmark_id)
    service.mark_bookmarks(alice.actor, [bookmark_id], Changes(shared=True))
    assert article_of(bob, bookmark_id).state == "pending"
    with pytest.raises((Forbidden, NotFound)):
        service.retry_article(bob.actor, bookmark_id)


def test_a_page_of_which_nothing_is_kept_is_fetched(alice: Person, web: FetchDouble) -> None:
    bookmark_id = fetched(alice, web, "%PDF", content_type="application/pdf")

    service.retry_article(alice.actor, bookmark_id)

    assert queries.get_bookmark(alice.actor, bookmark_id).fetch_state == "pending"


def test_the_api_gives_the_article(people: People, web: FetchDouble) -> None:
    actor = people.add("carol")
    browser: Browser = people.browser("carol")
    web.page(URL, rich_page())
    bookmark_id = saved(actor)
    nothing = browser.get(f"/api/v1/bookmarks/{bookmark_id}/article").get_json()
    jobs.fetch_metadata(bookmark_id=bookmark_id)
    jobs.extract_article(bookmark_id=bookmark_id)

    answer = browser.get(f"/api/v1/bookmarks/{bookmark_id}/article").get_json()

    assert nothing["state"] == "none"
    assert answer["state"] == "done"
    assert "picture:" not in answer["html"]
    assert answer["text"].startswith("By Ada") or "river turns twice" in answer["text"]
    assert browser.post(f"/api/v1/bookmarks/{bookmark_id}/article").status_code == 202
