"""Every page in both themes and at both widths: nothing sticks out, nothing is hard to reach, the console is silent."""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, StorageState

from tests.authorization.catalogue import all_routes
from tests.authorization.visitors import Route
from tests.bookmarks.browser_export import browser_export
from tests.journeys.accessibility import violations
from tests.journeys.conftest import PATIENCE_MS
from tests.journeys.furnishing import furnish
from tests.journeys.people import Visitor, sign_in
from tests.journeys.server import Gunicorn
from tests.journeys.watching import Watch
from tests.notes.zipping import packed

PARTS = 8
WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 360, "height": 740}
NOT_PAGES = re.compile(
    r"^(static|health_|api_document|app_manifest|service_worker|opensearch|bookmarks\.extension|tags\.(suggestions|colours)|notes\.titles"
    r"|accounts\.(avatar|index))|favicon|preview|picture|export|download|opml_file|read_(atom|json|calendar)"
)
SIGNED_OUT = re.compile(r"^accounts\.(sign_in|forgot|register)")
# Only reached in the middle of something, which other journeys do.
ON_THE_WAY = re.compile(
    r"^bookmarks\.show_copy|^shares\.(show|read|read_inside)$|^accounts\.(set_up|second_factor|new_password|second_factor_settings|register_by_mail|confirm_email|reset|invitation$|avatar)"
)


TODO = "BEGIN:VCALENDAR\r\nBEGIN:VTODO\r\nUID:1\r\nSUMMARY:A task\r\nEND:VTODO\r\nEND:VCALENDAR\r\n"
IMPORTS = {
    "bookmarks": ("bookmarks.html", browser_export(60, style="chrome").bytes()),
    "tasks": (
        "tasks.ics",
        TODO.encode(),
    ),
    "notes": ("notes.zip", packed({"Plan.md": "See [[Other]]", "Other.md": "Words"}).getvalue()),
}


def _pages(*, with_object: bool) -> list[Route]:
    return [
        route
        for route in all_routes()
        if route.method == "GET"
        and not (NOT_PAGES.search(route.rule.endpoint) or ON_THE_WAY.search(route.rule.endpoint))
        and (not SIGNED_OUT.search(route.rule.endpoint))
        and bool(route.rule.arguments) is with_object
        and not (route.is_api and route.rule.endpoint != "api_reference")
    ]


# The reference of the API tells of hundreds of operations, each folded. Nobody sees what is folded, and axe skips it;
# but to learn that of thirty thousand elements took a minute for one page. The first one is opened instead.
UNFOLD_ONE = """() => {
    const [first, ...others] = document.querySelectorAll("details.api-operation");
    if (first) first.open = true;
    for (const folded of others) folded.querySelector(":scope > :not(summary)")?.remove();
}"""


class Sweep:
    """Goes through pages in one profile and notes what is wrong with each."""

    def __init__(self, page: Page, folder: Path) -> None:
        self.page, self.folder = page, folder
        self.problems: list[str] = []

    def visit(self, path: str, name: str) -> None:
        page = self.page
        page.emulate_media(color_scheme="light")
        page.set_viewport_size(WIDE)  # type: ignore[arg-type]  # a mapping of both
        page.goto(path)
        page.wait_for_load_state("load")
        page.evaluate(UNFOLD_ONE)
        self._look(name, "1440-light", violations(page))
        page.emulate_media(color_scheme="dark")
        self._look(name, "1440-dark", violations(page, only=["color-contrast"]))
        page.set_viewport_size(NARROW)  # type: ignore[arg-type]  # a mapping of both
        self._look(name, "360-dark", violations(page))
        page.emulate_media(color_scheme="light")
        self._look(name, "360-light", violations(page, only=["color-contrast"]))

    def judge(self) -> None:
        assert not self.problems, "\n" + "\n".join(self.problems)

    def _look(self, name: str, state: str, found: list[str]) -> None:
        self.problems += [f"{name} {state}: {line}" for line in found]
        wider = self.page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if wider > 0:
            self.problems.append(f"{name} {state}: {wider} px wider than the window")
        if os.environ.get("SCREENSHOTS"):
            self.page.screenshot(path=self.folder / f"{name}-{state}.png", full_page=True)


@dataclass(frozen=True)
class Furnished:
    """The administrator's browser, and what there is to show: ids by name, and those of imports by domain."""

    state: StorageState
    ids: Mapping[str, object]
    imports: Mapping[str, int]

    def path(self, route: Route) -> str:
        """Raises KeyError for a place that nothing fits."""
        shown = {**self.ids, "import_id": self.imports.get(route.rule.endpoint.partition(".")[0], 0)}
        return re.sub(r"<(?:\w+:)?(\w+)>", lambda place: str(shown[place[1]]), route.rule.rule)


@pytest.fixture(scope="session")
def furnished(browser: Browser, server: Gunicorn) -> Furnished:
    """Everything that the pages show, made once for all slices that run beside this server."""
    context = browser.new_context(base_url=server.url, locale="en-GB")
    context.set_default_timeout(PATIENCE_MS)
    watch = Watch(context)
    page = context.new_page()
    sign_in(page, "admin")
    page.wait_for_url("**/")
    ids: dict[str, int | str] = dict(furnish(page))
    ids |= {"user_id": _own_id(page), "outline_id": _outline(page), "day": "2026-01-02"}
    made = Furnished(
        context.storage_state(), ids, {domain: _import(page, domain, *IMPORTS[domain]) for domain in IMPORTS}
    )
    context.close()
    assert watch.take() == []
    return made


@pytest.mark.parametrize("part", range(PARTS))
def test_pages_of_administrator(
    furnished: Furnished, new_context: Callable[..., BrowserContext], screenshots: Path, part: int
) -> None:
    """A slice of all pages, so that browsers side by side share them."""
    page = new_context(bypass_csp=True, reduced_motion="reduce", storage_state=furnished.state).new_page()
    sweep = Sweep(page, screenshots)
    for route in [*_pages(with_object=False), *_pages(with_object=True)][part::PARTS]:
        try:
            path = furnished.path(route)
        except KeyError as missing:
            sweep.problems.append(f"{route.rule.endpoint}: no {missing} to show")
            continue
        sweep.visit(path, route.rule.endpoint)
    sweep.judge()


def test_pages_of_somebody_with_nothing(
    visitor: Visitor, new_context: Callable[..., BrowserContext], screenshots: Path
) -> None:
    context = new_context(bypass_csp=True, reduced_motion="reduce")
    page = context.new_page()
    sign_in(page, visitor.name)
    page.wait_for_url("**/")
    sweep = Sweep(page, screenshots)
    for path in ("/", "/bookmarks", "/tags", "/trash"):
        sweep.visit(path, f"empty{path.replace('/', '.')}")
    sweep.judge()


def test_pages_of_visitors(new_context: Callable[..., BrowserContext], screenshots: Path) -> None:
    sweep = Sweep(new_context(bypass_csp=True, reduced_motion="reduce").new_page(), screenshots)
    for route in all_routes():
        if (
            route.method == "GET"
            and SIGNED_OUT.search(route.rule.endpoint)
            and not ON_THE_WAY.search(route.rule.endpoint)
        ):
            sweep.visit(route.rule.rule, route.rule.endpoint)
    sweep.judge()


def _import(page: Page, domain: str, name: str, content: bytes) -> int:
    """An import that was looked through and waits."""
    page.goto(f"/{domain}/import")
    file = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    page.set_input_files("input[type=file]", file)  # type: ignore[arg-type]  # a mapping of these three
    page.get_by_role("button", name="Look into the file").click()
    page.wait_for_url(f"**/{domain}/import/*")
    page.get_by_role("button", name="Save", exact=False).first.wait_for()
    return int(page.url.rpartition("/")[2])


def _outline(page: Page) -> int:
    """A list of feeds that was looked through and waits."""
    page.goto("/feeds/opml")
    lines = "".join(f'<outline text="Feed {n}" xmlUrl="http://127.0.0.1:9/{n}.xml"/>' for n in range(12))
    body = f'<opml version="2.0"><body><outline text="News">{lines}</outline><outline xmlUrl="no"/></body></opml>'
    file = {"name": "feeds.opml", "mimeType": "text/x-opml", "buffer": body.encode()}
    page.set_input_files("input[type=file]", file)  # type: ignore[arg-type]  # a mapping of these three
    page.get_by_role("button", name="Look into the file").click()
    page.wait_for_url("**/feeds/opml/*")
    return int(page.url.rpartition("/")[2])


def _own_id(page: Page) -> int:
    found: int = page.evaluate("async () => (await (await fetch('/api/v1/accounts/me')).json()).id")
    return found
