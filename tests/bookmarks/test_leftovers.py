"""What an import left out can be downloaded, by its owner alone."""

import pytest
from apiflask import APIFlask

from tests.bookmarks.formats.reading import sample
from tests.bookmarks.importing import API, bring, bring_file, entry, run
from tests.people import Browser, People
from trackeep.core import jobs
from trackeep.core.actor import Actor


@pytest.fixture
def alice(people: People, monkeypatch: pytest.MonkeyPatch) -> Actor:
    monkeypatch.setattr(jobs, "enqueue_many", lambda *_arguments, **_named: None)
    return people.add("alice")


@pytest.fixture
def browser(people: People, alice: Actor) -> Browser:
    return people.browser("alice")


def test_the_report_offers_what_was_left_out(app: APIFlask, alice: Actor, browser: Browser) -> None:
    item = bring_file(app, alice, sample("karakeep.json"))
    page = f"/bookmarks/import/{item.id}"

    assert item.counts["left"] == 2
    shown = browser.get(page).text
    assert f"{page}/left-out" in shown
    assert "Karakeep" in shown
    file = browser.get(f"{page}/left-out")
    assert file.headers["Content-Disposition"] == f'attachment; filename="left-out-{item.id}.md"'
    assert "## A thought" in file.text
    assert "Bread is flour,\nwater and time." in file.text
    assert "- Folders: Kitchen" in file.text

    assert run(app, alice, item).counts["left"] == 2
    told = browser.get(f"{API}/{item.id}/left-out?format=json").json
    assert [each["number"] for each in told] == [3, 4]  # type: ignore[union-attr]  # a JSON answer
    assert told[0]["tags"] == ["ideas"]  # type: ignore[index]


def test_lines_that_are_broken_and_addresses_that_are_refused_are_in_it(
    app: APIFlask, alice: Actor, browser: Browser
) -> None:
    table = bring_file(app, alice, sample("pocket_broken.csv"))
    text = browser.get(f"{API}/{table.id}/left-out").text
    assert 'Lost quote,"https://lost.example/' in text
    assert "javascript:alert(1)" in text

    page = bring(app, alice, entry("javascript:alert(2)", "A button"), entry("https://a.example/"))
    assert "javascript:alert(2)" in browser.get(f"{API}/{page.id}/left-out").text


def test_nothing_left_out_is_nothing_to_download(app: APIFlask, alice: Actor, browser: Browser) -> None:
    item = bring(app, alice, entry("https://a.example/"))

    assert "left-out" not in browser.get(f"/bookmarks/import/{item.id}").text
    assert browser.get(f"{API}/{item.id}/left-out?format=json").json == []
    assert browser.get(f"{API}/{item.id}/left-out?format=exe").status_code == 422


def test_it_is_the_owners_alone(app: APIFlask, people: People, alice: Actor) -> None:
    item = bring_file(app, alice, sample("karakeep.json"))
    people.add("bob")

    for url in (f"{API}/{item.id}/left-out", f"/bookmarks/import/{item.id}/left-out"):
        assert people.browser("bob").get(url).status_code == 404
