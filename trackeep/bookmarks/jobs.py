"""Background work of bookmarks: fetching what a saved page tells about itself, finding its article, the steps of an
import, and visiting links to see whether they still lead somewhere."""

import time
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlsplit

from trackeep.bookmarks import extracting, fetching, probing, service, snapshot, webarchive
from trackeep.bookmarks.articles.findings import NoArticle
from trackeep.core import clock, ext, jobs, politeness
from trackeep.core.fetch import FetchError
from trackeep.core.i18n import gettext as _
from trackeep.core.jobs import job

LATE = timedelta(seconds=5)
OFTEN = 600.0
MINUTE, HOUR, DAY = 60.0, 3600.0, 24 * 3600.0
LANE_SECONDS = 20.0
"""So long a batch of visits goes on; then other jobs have their turn."""


@job("bookmarks.fetch_metadata", attempts=4)
def fetch_metadata(bookmark_id: int) -> None:
    """Fill in title, description, icon and picture, politely: one request a second to a host. A failure is shown with
    its reason at once; one that may pass is tried again by itself."""
    target = service.fetch_target(bookmark_id)
    if target is None:
        return
    _wait_for_turn(bookmark_id, target)
    try:
        found = fetching.fetch_page(target.url, known_favicon=service.favicon_of_site(target.site))
    except FetchError as error:
        service.note_fetch_failure(bookmark_id, _(error.reason))
        if error.retryable:
            raise jobs.PassingFailure(error.reason) from error
        return
    service.store_metadata(bookmark_id, found)


def _wait_for_turn(bookmark_id: int, target: service.FetchTarget) -> None:
    """Raises Postponed until the turn that was given to this bookmark. One that was missed, since no worker ran, is
    given anew: the turns of an hour must not all be taken in the same second."""
    if target.turn_at is not None and target.turn_at <= clock.now() <= target.turn_at + LATE:
        return
    turn = politeness.take_turn(urlsplit(target.url).hostname or target.site)
    wait = (turn - clock.now()).total_seconds()
    if wait > 0:
        service.note_fetch_turn(bookmark_id, turn)
        raise jobs.Postponed(wait, _("It is another page's turn at this site."))


@job("bookmarks.extract_article", attempts=3)
def extract_article(bookmark_id: int) -> None:
    """Find the article in the stored page; twice when the page was fetched again meanwhile."""
    for _look in range(2):
        source = service.article_source(bookmark_id)
        if source is None:
            return
        try:
            service.store_article(bookmark_id, source, extracting.find_article(source))
        except NoArticle as reason:
            service.note_no_article(bookmark_id, source, reason)


@job("bookmarks.extract_waiting", every=OFTEN)
def extract_waiting(after_id: int = 0) -> None:
    """Look through the stored pages that still wait, such as those whose own job was lost, a batch at a time."""
    waiting = service.waiting_articles(after_id)
    for bookmark_id in waiting:
        extract_article(bookmark_id=bookmark_id)
    if waiting:
        service.enqueue_waiting(after_id=waiting[-1])


@job("bookmarks.fetch_pictures", attempts=3)
def fetch_pictures(bookmark_id: int) -> None:
    """Fetch the pictures of an article. Those that cannot be had are left out."""
    urls = service.missing_pictures(bookmark_id)
    if urls:
        service.store_pictures(bookmark_id, urls, extracting.fetch_pictures(urls))


@job("bookmarks.check_import", attempts=4)
def check_import(import_id: int) -> None:
    service.check_import(import_id)


@job("bookmarks.run_import", attempts=8)
def run_import(import_id: int) -> None:
    service.run_import(import_id)


@job("bookmarks.undo_import", attempts=4)
def undo_import(import_id: int) -> None:
    service.undo_import(import_id)


@job("bookmarks.run_rule", attempts=8)
def run_rule(run_id: int) -> None:
    service.run_rule(run_id)


@job("bookmarks.forget_rules", every=DAY)
def forget_rules() -> None:
    service.forget_rules()


@job("bookmarks.forget_imports", every=DAY)
def forget_imports() -> None:
    service.forget_imports()


@job("bookmarks.plan_links", every=HOUR)
def plan_links() -> None:
    service.plan_links()


@job("bookmarks.check_links", every=5 * MINUTE)
def check_links() -> None:
    service.start_link_checks()


@job("bookmarks.check_lane", attempts=8)
def check_lane(lane: int) -> None:
    """One batch of visits, and again until none is due. When hardly any host answers, the own network may be down: then
    nothing is judged and the batch comes again later."""
    targets = service.claim_links(lane)
    if not targets:
        wait = service.seconds_to_next_link()
        if wait is not None and wait < MINUTE:
            # A host's next turn comes soon, or links of the other lane stand in front.
            raise jobs.Postponed(max(wait, 1.0))
        return
    started = time.monotonic()
    seen = probing.visit_all(targets, goes_on=lambda: time.monotonic() - started < LANE_SECONDS)
    if probing.is_network_down(targets, seen, service.living_links({target.host for target in targets})):
        service.defer_links([target.id for target in targets], seconds=HOUR / 2)
        raise jobs.Postponed(MINUTE, _("Hardly any site can be reached."))
    service.judge_links(targets, seen)
    service.defer_links([target.id for target in targets if target.id not in seen], seconds=1)
    raise jobs.Postponed(0 if seen else 1)


@job("bookmarks.find_archived", attempts=4)
def find_archived(bookmark_id: int) -> None:
    """Somebody has asked for the copy of a page at the web archive."""
    if target := service.archive_target(bookmark_id, "looking"):
        page, saved_at = target
        _ask_archive(bookmark_id, "lookup", lambda: webarchive.look_up(page.url, near=saved_at))


@job("bookmarks.submit_to_archive", attempts=4)
def submit_to_archive(bookmark_id: int) -> None:
    """Somebody has asked the web archive to take a copy of a page."""
    if target := service.archive_target(bookmark_id, "saving"):
        page, _saved_at = target
        _ask_archive(bookmark_id, "submission", lambda: webarchive.submit(page.url))


def _ask_archive(bookmark_id: int, source: str, ask: Callable[[], webarchive.Snapshot | None]) -> None:
    try:
        found = ask()
    except FetchError as error:
        service.note_archive_failure(bookmark_id, _(error.reason))
        if error.retryable:
            raise jobs.PassingFailure(error.reason) from error
        return
    service.note_archived(bookmark_id, found, source=source)


@job("bookmarks.copy_page", attempts=4)
def copy_page(copy_id: int) -> None:
    """Somebody wants the page in one file."""
    target = service.copy_target(copy_id)
    if target is None:
        return
    if not politeness.try_turn(target.host):
        raise jobs.Postponed(1, _("It is another page's turn at this site."))
    try:
        taken = snapshot.take(target.url)
    except FetchError as error:
        service.note_copy_failure(copy_id, _(error.reason))
        if error.retryable:
            raise jobs.PassingFailure(error.reason) from error
        return
    key = ext.blobs().put_bytes(taken.content)
    service.store_copy(copy_id, key=key, size=len(taken.content), missing=taken.missing)
