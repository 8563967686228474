"""Visits links one after the other and says what was seen; only jobs import this module."""

from collections.abc import Callable, Mapping, Sequence

from trackeep.bookmarks.liveness import Seen, Sight, Target
from trackeep.bookmarks.urls import normalise
from trackeep.core import ext, politeness
from trackeep.core.fetch import FetchError, FetchRefused
from trackeep.core.i18n import gettext as _

SECONDS = 10.0
MANY = 0.5
"""When more than this part of the hosts of a batch cannot be reached, it may be the own network that is down."""
GONE = frozenset({404, 410})
SHUT = frozenset({401, 402, 403, 405, 406, 407, 412, 418, 421, 423, 425, 426, 428, 429, 431, 451, 999})
UNREACHED = frozenset({"unknown_host", "unreachable", "no_answer", "too_slow", "broken"})
# Nobody answers under this name any more, or what answers cannot be visited.
DEAD = frozenset({"unknown_host", "unreachable", "certificate", "redirects"})


def visit_all(targets: Sequence[Target], *, goes_on: Callable[[], bool]) -> dict[int, Seen]:
    """What was seen of each; those whose turn it is not, or for which no time was left, are missing. One request at a
    time."""
    seen: dict[int, Seen] = {}
    for target in targets:
        if not goes_on():
            break
        if politeness.try_turn(target.host):
            seen[target.id] = visit(target.url)
    return seen


def visit(url: str) -> Seen:
    """Asks for the page and hangs up as soon as the answer's head is there: many sites refuse HEAD."""
    try:
        answer = ext.fetcher().get(url, max_bytes=0, seconds=SECONDS)
    except FetchRefused as error:
        return Seen(Sight.REFUSED, reached=False, reason=_(error.reason))
    except FetchError as error:
        sight = Sight.DEAD if error.code in DEAD else Sight.TROUBLED
        return Seen(sight, reached=error.code not in UNREACHED, reason=_(error.reason))
    sight = _sight(answer.status, moved=normalise(answer.url) != normalise(url))
    final_url = answer.url if sight is Sight.MOVED else ""
    return Seen(sight, True, answer.status, reason_of(answer.status), final_url, answer.moved_for_good)


def is_network_down(targets: Sequence[Target], seen: Mapping[int, Seen], known_good: Sequence[Target]) -> bool:
    """Whether most hosts of the batch gave no sign of life, and neither does one that did before."""
    hosts = {
        target.host: True for target in targets if target.id in seen and seen[target.id].sight is not Sight.REFUSED
    }
    hosts |= {target.host: False for target in targets if target.id in seen and seen[target.id].reached}
    unreached = sum(hosts.values())
    if unreached <= MANY * len(hosts):
        return False
    return not any(visit(each.url).reached for each in known_good if politeness.try_turn(each.host))


def reason_of(status: int) -> str:
    """A sentence for the status; empty for a page that is there."""
    if status < 400:
        return ""
    if status in GONE:
        return str(_("The site says that this page is gone (%(status)s).", status=status))
    if status == 429:
        return str(_("The site lets programs come less often than that (%(status)s).", status=status))
    if status in SHUT:
        return str(_("The site shows this page only to some visitors (%(status)s).", status=status))
    if status >= 500:
        return str(_("The site has trouble of its own (%(status)s).", status=status))
    return str(_("The site does not answer this address (%(status)s).", status=status))


def _sight(status: int, *, moved: bool) -> Sight:
    if status in GONE:
        return Sight.GONE
    if status in SHUT:
        return Sight.SHUT
    if status >= 500:
        return Sight.TROUBLED
    if status >= 400:
        return Sight.DEAD
    return Sight.MOVED if moved else Sight.ALIVE
