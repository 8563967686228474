"""A server, a browser, and people in it; each journey has its own browser profile and is watched for complaints."""

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.journeys.people import PASSWORD, Visitor, patient, register, set_up
from tests.journeys.server import ROOT, Gunicorn, house_server
from tests.journeys.watching import Watch
from tests.servers import chromium

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE_MS = 15_000
# What is expected has as much time as what is done: the five seconds that are usual are few on a busy machine.
expect.set_options(timeout=PATIENCE_MS)
_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Gunicorn]:
    """With its administrator, and registration open."""
    assert (ROOT / "trackeep" / "static" / "manifest.json").exists(), "build the assets first: make assets"
    with house_server(tmp_path_factory.mktemp("server")) as server:
        context = browser.new_context(base_url=server.url)
        set_up(context.new_page())
        context.close()
        yield server


@pytest.fixture
def new_context(browser: Browser, server: Gunicorn) -> Iterator[Callable[..., BrowserContext]]:
    """Makes browser profiles; what the browser complains about in them fails the journey."""
    made: list[tuple[BrowserContext, Watch]] = []

    def make(**options: object) -> BrowserContext:
        context = browser.new_context(**{"base_url": server.url, "locale": "en-GB", **options})  # type: ignore[arg-type]  # playwright's own options
        context.set_default_timeout(PATIENCE_MS)
        if options.get("java_script_enabled", True):
            context.on("page", patient)
        watch = Watch(context)
        watches[context] = watch
        made.append((context, watch))
        return context

    yield make
    complaints = [line for _context, watch in made for line in watch.take()]
    for context, _watch in made:
        watches.pop(context)
        context.close()
    assert complaints == []


# Which watch listens to which context, for journeys that provoke a refusal on purpose.
watches: dict[BrowserContext, Watch] = {}


@pytest.fixture
def allow() -> Callable[..., None]:
    """``allow(page, 422)``: this journey provokes such answers."""

    def wrapped(page: Page, *statuses: int) -> None:
        watches[page.context].allow(*statuses)

    return wrapped


@pytest.fixture
def visitor(new_context: Callable[..., BrowserContext]) -> Visitor:
    """Somebody who has just registered, at the home page."""
    page = new_context().new_page()
    return register(page, f"person{next(_numbers)}")


@pytest.fixture
def administrator(new_context: Callable[..., BrowserContext]) -> Page:
    page = new_context().new_page()
    page.goto("/sign-in")
    page.get_by_label("E-mail address or user name").fill("admin")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/")
    return page


@pytest.fixture(scope="session")
def screenshots() -> Path:
    folder = ROOT / "build" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
