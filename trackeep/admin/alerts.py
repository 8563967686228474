"""What deserves an administrator's attention: rules over the nodes' summaries of the last minutes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from trackeep.core.i18n import gettext as _
from trackeep.core.measures.figures import CacheFigures, Figures, ServerFigures, Told

FULL, CROWDED, LOW_HIT_RATE = 0.80, 0.90, 0.80
# A person alone who saves a lot misses often, and nobody is the slower for it.
ENOUGH_ANSWERS = 1_000
MANY_EVICTIONS = 100.0  # a minute
LONG_LAG, LATE_JOB = 1.0, 300.0  # seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """``kind`` names the rule, ``level`` is warn or bad. ``chapter`` is the heading in the operations guide. The words
    are plain texts: lazy ones would count as safe in a page, and these hold names from outside."""

    kind: str
    level: str
    title: str
    meaning: str
    advice: str
    chapter: str


def find_alerts(newest: Sequence[Figures], told: Sequence[Told]) -> list[Alert]:
    """From the last summary of each node that reports, and from all of the last minutes (newest first); the gravest
    alerts first."""
    found = [
        *_breakers(newest),
        *_silent(newest),
        *_late_jobs(newest),
        *(alert for place, servers in _servers(newest, told).items() for alert in _server(place, servers)),
        *_hit_rates([each.figures for each in told]),
    ]
    return sorted(found, key=lambda alert: alert.level != "bad")


def hit_rate(figures: CacheFigures) -> float | None:
    wanted = figures.hits + figures.misses
    return figures.hits / wanted if wanted else None


def added_cache(recent: Sequence[Figures]) -> dict[str, CacheFigures]:
    """What all nodes told of each resource, added up."""
    added: dict[str, CacheFigures] = {}
    for figures in recent:
        for resource, each in figures.cache.items():
            before = added.get(resource, CacheFigures())
            added[resource] = CacheFigures(hits=before.hits + each.hits, misses=before.misses + each.misses)
    return dict(sorted(added.items()))


def _breakers(newest: Sequence[Figures]) -> Iterator[Alert]:
    for use in sorted({use for figures in newest for use, each in figures.uses.items() if each.is_open}):
        yield Alert(
            kind="breaker_open",
            level="warn",
            title=_("Redis is not used for %(use)s at the moment", use=use),
            meaning=_(
                "It failed repeatedly, so requests no longer ask it. Everything works without it, only slower; "
                "it is used again as soon as it answers."
            ),
            advice=_("Look whether the server runs, and whether address, password and certificate are right."),
            chapter="Redis is not used",
        )


def _silent(newest: Sequence[Figures]) -> Iterator[Alert]:
    """Where few requests come nobody may have failed yet; once somebody has, the breaker tells enough."""
    if any(each.is_open for figures in newest for each in figures.uses.values()):
        return
    for address in sorted({address for figures in newest for address in figures.silent}):
        yield Alert(
            kind="redis_silent",
            level="warn",
            title=_("Redis at %(place)s does not answer", place=address),
            meaning=_("Everything works without it, only slower; it is used again as soon as it answers."),
            advice=_("Look whether the server runs, and whether address, password and certificate are right."),
            chapter="Redis is not used",
        )


def _late_jobs(newest: Sequence[Figures]) -> Iterator[Alert]:
    late = max((figures.due_seconds for figures in newest), default=0.0)
    if late > LATE_JOB:
        yield Alert(
            kind="late_jobs",
            level="bad",
            title=_("Background work is %(minutes)s minutes late", minutes=int(late // 60)),
            meaning=_("Letters, imports and previews wait. Nothing is lost: all of it is done once somebody does it."),
            advice=_("Look whether a worker runs (flask worker); with many jobs waiting, start another one."),
            chapter="Background work is late",
        )


def _servers(newest: Sequence[Figures], told: Sequence[Told]) -> dict[str, list[ServerFigures]]:
    """What one node told of each server that still answers, the newest first; the others told the same."""
    there = sorted({place for figures in newest for place in figures.servers})
    teller = {place: next(each.node for each in told if place in each.figures.servers) for place in there}
    return {
        place: [
            each.figures.servers[place] for each in told if each.node == teller[place] and place in each.figures.servers
        ]
        for place in there
    }


def _server(place: str, told: Sequence[ServerFigures]) -> Iterator[Alert]:
    now = told[0]
    if (now.memory_share or 0.0) > FULL:
        yield _memory(place, now.memory_share or 0.0)
    if (now.client_share or 0.0) > CROWDED:
        yield _clients(place, now.client_share or 0.0)
    if (now.lag_seconds or 0.0) > LONG_LAG:
        yield _lag(place, now.lag_seconds or 0.0)
    evictions = sum(each.evictions for each in told) / len(told)
    if evictions > MANY_EVICTIONS:
        yield _evictions(place, evictions)
    slow = [each for each in told if each.slow_commands]
    if slow:
        yield _slow(place, sum(each.slow_commands or 0 for each in slow), max(each.slowest_ms for each in slow))


def _memory(place: str, share: float) -> Alert:
    return Alert(
        kind="redis_memory",
        level="warn",
        title=_("Redis at %(place)s is %(share)s %% full", place=place, share=int(share * 100)),
        meaning=_("Once it is full it forgets what was used least. Nothing is lost, but pages become slower."),
        advice=_("Raise its maxmemory if the machine has room, or give the cache a server of its own."),
        chapter="Redis is nearly full",
    )


def _evictions(place: str, a_minute: float) -> Alert:
    return Alert(
        kind="redis_evictions",
        level="warn",
        title=_("Redis at %(place)s throws out %(number)s keys a minute", place=place, number=int(a_minute)),
        meaning=_("It is too small for what is in use, and what it throws out has to be computed again."),
        advice=_("Raise its maxmemory, or give the cache a server of its own."),
        chapter="Redis throws out many keys",
    )


def _clients(place: str, share: float) -> Alert:
    return Alert(
        kind="redis_clients",
        level="bad",
        title=_("Redis at %(place)s has %(share)s %% of its connections in use", place=place, share=int(share * 100)),
        meaning=_("When none is left, it refuses new ones, and the processes that need one do without Redis."),
        advice=_("Raise its maxclients, or lower REDIS_POOL_SIZE."),
        chapter="Redis has too many connections",
    )


def _slow(place: str, number: int, slowest_ms: float) -> Alert:
    return Alert(
        kind="redis_slow",
        level="warn",
        title=_(
            "Redis at %(place)s is slow: %(number)s × above 10 ms in 5 minutes, the slowest %(slowest)s ms",
            place=place,
            number=number,
            slowest=int(slowest_ms),
        ),
        meaning=_("A server does one thing at a time: every request waited for these commands."),
        advice=_("See with SLOWLOG GET what they were. Often somebody else uses the server, or the machine swaps."),
        chapter="Redis is slow",
    )


def _lag(place: str, seconds: float) -> Alert:
    return Alert(
        kind="redis_lag",
        level="warn",
        title=_("A replica of Redis at %(place)s is %(seconds)s s behind", place=place, seconds=int(seconds)),
        meaning=_(
            "Should the primary fail now, its replica would not know the last seconds. Nothing of it is lost in SQL."
        ),
        advice=_("Look at the network between the two, and at the replica's disk and processor."),
        chapter="A replica lags behind",
    )


def _hit_rates(recent: Sequence[Figures]) -> Iterator[Alert]:
    for resource, figures in added_cache(recent).items():
        rate = hit_rate(figures)
        if rate is not None and rate < LOW_HIT_RATE and figures.hits + figures.misses >= ENOUGH_ANSWERS:
            yield Alert(
                kind="hit_rate",
                level="warn",
                title=_(
                    "Only %(rate)s %% of %(resource)s come from the cache", rate=int(rate * 100), resource=resource
                ),
                meaning=_("The rest is computed each time, which is slower and loads the database."),
                advice=_(
                    "Right after a start or an import this is normal. If it stays, look whether Redis throws out keys."
                ),
                chapter="The cache hits too seldom",
            )
