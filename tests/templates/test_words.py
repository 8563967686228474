"""Every word that a page shows goes through translation: in a language made of marks, no letter stands outside them.

What people or the tests wrote themselves, dates and code are no words of ours.
"""

import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser

import pytest
from apiflask import APIFlask
from babel.support import NullTranslations
from flask.testing import FlaskClient
from flask_babel import Domain
from werkzeug.test import TestResponse

from tests.authorization.cases import Access, Case
from tests.authorization.catalogue import all_routes
from tests.authorization.expectations import TABLE
from tests.authorization.requests import address, path_values, send
from tests.authorization.things import Things
from tests.authorization.visitors import Route
from tests.authorization.world import World

# Known before there are fixtures: it takes an application of its own.
ROUTES = all_routes()
OPEN, CLOSE = "⟦", "⟧"
SHOWN_ATTRIBUTES = {"title", "aria-label", "aria-description", "placeholder", "alt", "label", "aria-roledescription"}
INLINE = {"a", "abbr", "b", "bdi", "br", "code", "em", "i", "kbd", "mark", "small", "span", "strong", "time", "wbr"}
NOT_OURS = {"script", "style", "code", "kbd", "time", "samp", "pre", "svg", "textarea"}
VOID = {"br", "hr", "img", "input", "link", "meta", "source", "wbr", "col", "area", "base", "embed", "track"}
# Names of products and formats, what the tests called their things, facts of the audit log, dates (as the locale
# writes them), time zones, sizes, scopes, addresses.
OWN = re.compile(
    r"""https?://\S* | \S+@\S+ | /\S+ | \b[\w-]+:(?:read|write)\b | \b[\w.-]+\.(?:example|org|html?|zip|opml|ics)\b
      | \b(?:Trackeep|OpenAPI|API|JSON[ ]lines|JSON|[KMG]?i?B|bytes|UTC|Chrome|Edge|Brave|Vivaldi|Firefox|Safari
            |linkding|Karakeep
            |Shaarli|Pinboard|Raindrop(?:\.io)?|Netscape|HTML|CSV|Pocket|Instapaper|Omnivore|Hoarder|Linkwarden
            |Matter|Readwise[ ]Reader|OneTab|Markdown|iCalendar
            |Todoist|VTODO|Apple|Tasks\.org|Nextcloud|zip|Atom|OPML|Esc|X+L|Aa)\b
      | \b(?:alice|member|viewer|stranger|admin|person|collection|tag|matrix|reading|A[ ]page|A[ ]feed
            |(?:Task|Project|Brought|List|Gone)[ ]\d+|Nowhere|A(?:nother)?[ ]note|A[ ]task
            |(?:Some[ ])?Words|Together)\d*\b
      | (?:\w+day,[ ])?\b[A-Z][a-z]{2,8}[ ]\d+,[ ]\d{4}(?:,\s[\d:]+\s[AP]M)?
      | \b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)(?:\w*day)?\b
      | \b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*[ ]\d+\b
      | \b(?:GMT|[A-Z]\w+/[\w/+-]+)\b | \baccounts\.\w* | \b(?:space_id|member_id|role)\b""",
    re.IGNORECASE | re.VERBOSE,
)
LETTERS = re.compile(r"[^\W\d_]{2,}")


class Pseudo(NullTranslations):
    """A language that only puts marks around English."""

    def gettext(self, message: str) -> str:
        return f"{OPEN}{message}{CLOSE}"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)

    ugettext, ungettext = gettext, ngettext


class Outside(HTMLParser):
    """Collects what stands outside the marks, in texts and in attributes that are shown."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._open: list[str] = []
        self._depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._at_tag(tag)
        self.found += [outside(value) for name, value in attrs if name in SHOWN_ATTRIBUTES and value]
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self._at_tag(tag)
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if NOT_OURS & set(self._open):
            return
        kept = []
        for character in data:
            self._depth += (character == OPEN) - (character == CLOSE)
            kept.append(character if self._depth == 0 and character != CLOSE else " ")
        self.found.append("".join(kept))

    def _at_tag(self, tag: str) -> None:
        if tag not in INLINE:
            self._depth = 0  # a sentence never goes on in another block


def outside(text: str) -> str:
    """The text without its marked parts, the innermost first."""
    before = ""
    while text != before:
        before, text = text, re.sub(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}", " ", text)
    return text


def untranslated(page: str) -> list[str]:
    parser = Outside()
    parser.feed(page)
    return [" ".join(text.split()) for text in parser.found if LETTERS.search(OWN.sub(" ", text))]


@pytest.fixture
def pseudo(monkeypatch: pytest.MonkeyPatch) -> None:
    language = Pseudo()
    monkeypatch.setattr(Domain, "get_translations", lambda _self: language)


@pytest.fixture
def world(pseudo: None, app: APIFlask) -> World:
    return World(app)


@pytest.fixture
def errors_are_pages(app: APIFlask) -> Iterator[None]:
    """Also what goes wrong is shown to a person."""
    was, app.config["PROPAGATE_EXCEPTIONS"] = app.config["PROPAGATE_EXCEPTIONS"], False
    yield
    app.config["PROPAGATE_EXCEPTIONS"] = was


def cases(method: str) -> Iterator[tuple[Route, Case]]:
    for route in ROUTES:
        if route.method == method and route.name in TABLE and not route.is_api:
            yield route, TABLE[route.name]


def visitor(world: World, case: Case) -> FlaskClient:
    if case.access is Access.OPEN:
        return world.anonymous()
    return world.admin.client() if case.access is Access.ADMIN else world.alice.client()


def is_page(answer: TestResponse) -> bool:
    """Not the few words of Werkzeug that stand below a redirect."""
    return answer.mimetype == "text/html" and not 300 <= answer.status_code < 400


def complaints(pages: Iterable[tuple[str, str]]) -> list[str]:
    return [f"{name}: {text}" for name, page in pages for text in dict.fromkeys(untranslated(page))]


def test_no_page_shows_a_word_that_cannot_be_translated(world: World) -> None:
    pages, things = [], Things(world, world.team)
    for route, case in cases("GET"):
        for headers in ({}, {"HX-Request": "true"}):
            answer = send(visitor(world, case), route, case, things, headers)
            if is_page(answer):
                pages.append((route.name, answer.text))
    assert len(pages) > 50
    found = complaints(pages)
    assert not found, "\n".join(found)


def test_no_answer_to_an_empty_form_shows_a_word_that_cannot_be_translated(world: World) -> None:
    pages, archive_id = [], Things(world, world.team).archive_id  # made before another one is asked for
    for route, case in cases("POST"):
        things = Things(world, world.team)  # anew, since one of the answers ends all sessions
        things.__dict__["archive_id"] = archive_id
        url = address(world.app, route, path_values(route, case, things))
        answer = visitor(world, case).post(url, data={"unknown": "field"}, buffered=True)
        if is_page(answer):
            pages.append((route.name, answer.text))
    assert len(pages) > 10
    found = complaints(pages)
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "page",
    [
        "<p>Save</p>", '<a title="Save">⟦x⟧</a>', "<p>⟦x⟧ and more</p>", "<div>⟦x<p>Save</p></div>",
        '<input placeholder="Search words">',
    ],
)  # fmt: skip
def test_a_word_outside_of_the_marks_is_found(page: str) -> None:
    assert untranslated(page)


@pytest.mark.parametrize(
    "page", ["<p>⟦Save⟧ 12 MiB</p>", "<p>⟦See <b>this</b> page⟧</p>", "<p>⟦a ⟦b⟧ c⟧</p>", "<code>make run</code>"]
)
def test_what_is_marked_or_not_ours_is_left_alone(page: str) -> None:
    assert untranslated(page) == []
