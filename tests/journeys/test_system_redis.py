"""The system page where the work is shared: on PostgreSQL with Redis, which goes away and comes back meanwhile."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.people import set_up
from tests.journeys.server import SECRET, Gunicorn, running_server
from tests.journeys.watching import Watch
from tests.servers import RedisServer, postgresql, redis_server

SOON_MS = 60_000


@dataclass(frozen=True)
class House:
    """A server with its database and its Redis."""

    server: Gunicorn
    redis: RedisServer


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("shared")
    with (
        postgresql() as database,
        redis_server() as redis,
        running_server(folder, SECRET_KEY=SECRET, DATABASE_URL=database, REDIS_URL=redis.url) as server,
    ):
        yield House(server, redis)


@pytest.fixture
def page(browser: Browser, house: House) -> Iterator[Page]:
    context = browser.new_context(base_url=house.server.url, locale="en-GB", viewport={"width": 1440, "height": 900})
    watch = Watch(context)
    page = context.new_page()
    set_up(page)
    yield page
    complaints = watch.take()
    context.close()
    assert complaints == []


def test_it_tells_when_redis_goes_and_when_it_is_back(page: Page, house: House) -> None:
    page.goto("/admin/system")
    expect(page.get_by_role("heading", name="Everything is well")).to_be_visible(timeout=SOON_MS)
    expect(page.get_by_role("row", name="Who is signed in")).to_contain_text("In use")
    house.redis.kill()
    expect(page.get_by_role("heading", name="Everything is well")).to_be_hidden(timeout=SOON_MS)
    expect(page.get_by_role("row", name="Who is signed in")).not_to_contain_text("In use", timeout=SOON_MS)
    page.goto("/bookmarks")
    expect(page.get_by_role("heading", name="Bookmarks")).to_be_visible()
    page.goto("/admin/system")
    house.redis.start()
    expect(page.get_by_role("heading", name="Everything is well")).to_be_visible(timeout=SOON_MS)
