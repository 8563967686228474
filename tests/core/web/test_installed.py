"""Manifest, service worker, offline page and OpenSearch: what browsers get, and that it is nobody's."""

import re
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from pathlib import Path

import pytest

from config import testing
from tests.people import Browser, People
from trackeep import create_app
from trackeep.core.db import migrate
from trackeep.core.web import installed

TOKENS = Path(installed.__file__).parents[2] / "assets" / "css" / "tokens.css"
NAMES = {"open": "http://a9.com/-/spec/opensearch/1.1/"}
KEPT_NAMES = re.compile(r"const KEPT = (\[.*?\]);")


@pytest.fixture
def guest(people: People) -> Browser:
    return people.browser()


def test_the_manifest_makes_it_installable(guest: Browser) -> None:
    answer = guest.get("/manifest.webmanifest")
    manifest = answer.get_json(force=True)

    assert answer.mimetype == "application/manifest+json"
    assert (manifest["start_url"], manifest["scope"], manifest["display"]) == ("/", "/", "standalone")
    purposes = {(icon["sizes"], icon["purpose"]) for icon in manifest["icons"]}
    assert {("192x192", "any"), ("512x512", "any"), ("512x512", "maskable")} <= purposes
    assert all(guest.get(icon["src"]).status_code == 200 for icon in manifest["icons"])
    assert manifest["share_target"]["action"] == "/bookmarks/receive"
    assert manifest["share_target"]["method"] == "GET"
    assert [shortcut["url"] for shortcut in manifest["shortcuts"]] == ["/bookmarks/new", "/bookmarks?view=unread"]


def test_colours_are_those_of_the_tokens() -> None:
    light, dark = installed.CANVAS["light"], installed.CANVAS["dark"]
    assert f"--canvas: light-dark({light}, {dark});" in TOKENS.read_text(encoding="utf-8")


def test_the_worker_keeps_the_shell_and_nothing_else(guest: Browser) -> None:
    answer = guest.get("/service-worker.js")

    assert answer.mimetype == "text/javascript"
    assert answer.headers["Cache-Control"] == "no-cache"
    found = KEPT_NAMES.search(answer.text)
    assert found
    assert all(name.startswith('"/static/') for name in found[1].strip("[]").split(", "))
    assert "/api/" not in answer.text


def test_the_offline_page_is_nobodys(people: People) -> None:
    people.add("alice")
    mine, anybodys = (browser.get("/offline") for browser in (people.browser("alice"), people.browser()))

    assert mine.text == anybodys.text
    assert "csrf" not in mine.text
    assert "Alice" not in mine.text
    assert "script" not in mine.headers["Content-Security-Policy"]


def test_the_address_bar_can_search(guest: Browser) -> None:
    answer = guest.get("/opensearch.xml")
    root = ElementTree.fromstring(answer.data)
    search = root.find("open:Url[@type='text/html']", NAMES)

    assert answer.mimetype == "application/opensearchdescription+xml"
    assert root.findtext("open:ShortName", namespaces=NAMES) == "Trackeep"
    assert search is not None
    assert search.get("template") == "http://localhost/bookmarks?view=everything&text={searchTerms}"


def test_without_the_domain_there_is_nothing_to_search(people: People) -> None:
    people.only_offer()
    guest = people.browser()
    assert guest.get("/opensearch.xml").status_code == 404
    assert "share_target" not in guest.get("/manifest.webmanifest").get_json(force=True)


def test_every_page_names_them(guest: Browser) -> None:
    page = guest.get("/sign-in", follow_redirects=True).text

    assert 'rel="manifest" href="/manifest.webmanifest"' in page
    assert 'type="application/opensearchdescription+xml"' in page
    assert page.count('name="theme-color"') == 2


def test_everything_stays_below_the_path(tmp_path: Path) -> None:
    settings = testing.testing_settings(tmp_path, f"sqlite:///{tmp_path / 'trackeep.db'}")
    app = create_app(replace(settings, public_url="https://hub.example.org/keep", allowed_hosts=("hub.example.org",)))
    migrate.upgrade()
    client = app.test_client()
    host = "https://hub.example.org"

    manifest = client.get("/manifest.webmanifest", base_url=host).get_json(force=True)
    assert (manifest["id"], manifest["start_url"], manifest["scope"]) == ("/keep/", "/keep/", "/keep/")
    assert manifest["share_target"]["action"] == "/keep/bookmarks/receive"
    assert '"/keep/offline"' in client.get("/service-worker.js", base_url=host).text
    search = client.get("/opensearch.xml", base_url=host).text
    assert "https://hub.example.org/keep/bookmarks?view=everything&amp;text={searchTerms}" in search
