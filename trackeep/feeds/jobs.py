"""Background work of feeds: looking at those whose time has come, and forgetting what is long over."""

from datetime import timedelta

from trackeep.core import clock, jobs, politeness
from trackeep.core.i18n import gettext as _
from trackeep.core.jobs import job
from trackeep.feeds import fetching, service
from trackeep.feeds.addresses import host_of
from trackeep.feeds.fetching import Trouble

LATE = timedelta(seconds=5)
MINUTE, DAY = 60.0, 24 * 3600.0


@job("feeds.check_due", every=MINUTE)
def check_due() -> None:
    service.enqueue_due()


@job("feeds.check", attempts=4)
def check(feed_id: int) -> None:
    """Look at one feed, politely, and save what is new. What goes wrong outside is told with the feed, which is tried
    again in its own time."""
    target = service.begin_check(feed_id)
    if target is None:
        return
    _wait_for_turn(feed_id, target)
    try:
        if target.is_first:
            look = fetching.find(target.url)
        else:
            look = fetching.look(target.url, etag=target.etag, last_modified=target.last_modified)
    except Trouble as trouble:
        service.note_trouble(feed_id, trouble)
        return
    service.take_in(feed_id, look)


def _wait_for_turn(feed_id: int, target: service.Target) -> None:
    """Raises Postponed until the turn at the host that was given to this feed; one that was missed is given anew."""
    if target.turn_at is not None and target.turn_at <= clock.now() <= target.turn_at + LATE:
        return
    turn = politeness.take_turn(host_of(target.url))
    wait = (turn - clock.now()).total_seconds()
    if wait > 0:
        service.note_turn(feed_id, turn)
        raise jobs.Postponed(wait, _("It is another page's turn at this site."))


@job("feeds.forget", every=DAY)
def forget() -> None:
    service.prune_entries()
    service.forget_outlines()
