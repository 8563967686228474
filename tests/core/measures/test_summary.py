"""A node's figures, put together from two looks."""

from dataclasses import replace

from extensions.redis_client import PoolFigures, ServerState
from trackeep.core.measures.figures import CacheFigures, Figures, as_json, from_json
from trackeep.core.measures.measures import Measures, samples
from trackeep.core.measures.summary import Look, Queue, summarise

PLACE = "127.0.0.1:6379"
STATE = ServerState(role="master", used_memory=60, max_memory=100, evicted_keys=10, clients=9, max_clients=10)


def between(before: Look, now: Look, queue: Queue | None = None) -> Figures:
    return summarise(before, now, queue or Queue(), role="web", processes=2)


def servers(*, before: ServerState | None, now: ServerState) -> Figures:
    earlier = Look(at=0.0, servers={PLACE: before} if before else {})
    return between(earlier, Look(at=10.0, servers={PLACE: now}, pools={PLACE: PoolFigures(20, 3, 1, 9, 0)}))


def test_requests_and_their_times() -> None:
    measures = Measures()
    for _ in range(40):
        measures.tally.add("requests", ("GET", "home.index", "2xx"))
        measures.tally.time("request_seconds", ("home",), 0.03)
    for _ in range(10):
        measures.tally.add("requests", ("GET", "home.index", "5xx"))
        measures.tally.time("request_seconds", ("health_ready",), 9.0)
    measures.set("memory_bytes", 1000)
    measures.pour()
    figures = between(Look(at=0.0), Look(at=10.0, samples=samples(measures.collected())))
    assert (figures.requests, figures.errors, figures.memory, figures.processes) == (5.0, 1.0, 1000, 2)
    assert 25 < (figures.p95_ms or 0) <= 50, "a load balancer's questions are no pages"


def test_caches_and_uses_of_redis() -> None:
    measures = Measures()
    for outcome, number in (("near", 5), ("hit", 3), ("waited", 1), ("miss", 2), ("bypassed", 7)):
        measures.tally.add("cache_answers", ("profile", outcome), number)
    for _ in range(20):
        measures.tally.time("redis_seconds", ("cache",), 0.002)
    measures.tally.add("redis_errors", ("cache", "timeout"), 2)
    measures.tally.add("redis_breaker_openings", ("cache",))
    measures.set("redis_breaker_open", 1, "cache")
    measures.pour()
    now = Look(at=10.0, samples=samples(measures.collected()), uses=frozenset({"cache", "limits"}))
    figures = between(Look(at=0.0), now)
    assert figures.cache == {"profile": CacheFigures(hits=9, misses=2)}
    cache = figures.uses["cache"]
    assert (cache.is_open, cache.calls, cache.mean_ms, cache.openings) == (True, 2.0, 2.0, 1)
    assert cache.failures == {"timeout": 2}
    assert not figures.uses["limits"].is_open


def test_a_redis_is_called_silent_when_it_did_not_answer_twice() -> None:
    answering, silent = Look(at=0.0), Look(at=10.0, silent=frozenset({"redis://a:6379/0"}))
    assert between(answering, silent).silent == []
    assert between(silent, silent).silent == ["redis://a:6379/0"]


def test_evictions_are_told_by_the_minute() -> None:
    now = replace(STATE, evicted_keys=30)
    assert servers(before=STATE, now=now).servers[PLACE].evictions == 120.0
    assert servers(before=None, now=now).servers[PLACE].evictions == 0.0
    assert servers(before=now, now=STATE).servers[PLACE].evictions == 0.0, "it was started anew"


def test_slow_commands_are_those_since_the_last_look() -> None:
    before = replace(STATE, slow=((4, 0.5), (3, 0.5)))
    now = replace(STATE, slow=((7, 0.02), (6, 0.009), (5, 0.03), (4, 0.5)))
    told = servers(before=before, now=now).servers[PLACE]
    assert (told.slow_commands, told.slowest_ms) == (2, 30.0)
    assert servers(before=None, now=now).servers[PLACE].slow_commands == 0
    assert servers(before=now, now=replace(STATE, slow=((0, 0.02),))).servers[PLACE].slow_commands == 1
    assert servers(before=before, now=replace(STATE, slow=None)).servers[PLACE].slow_commands is None


def test_shares_need_a_bound() -> None:
    told = servers(before=STATE, now=STATE).servers[PLACE]
    assert (told.memory_share, told.client_share, told.connections) == (0.6, 0.9, 3)
    boundless = servers(before=STATE, now=replace(STATE, max_memory=0, max_clients=0))
    assert boundless.servers[PLACE].memory_share is None
    assert boundless.redis_memory is None


def test_a_summary_survives_the_table_and_other_versions() -> None:
    figures = replace_queue(servers(before=STATE, now=STATE))
    assert from_json(as_json(figures)) == figures
    assert from_json({**as_json(figures), "of_a_later_version": 1}) == figures
    assert from_json({"requests": "nonsense"}) == Figures()
    assert from_json(None) == Figures()


def replace_queue(figures: Figures) -> Figures:
    told = as_json(figures) | {"waiting_jobs": 3, "due_seconds": 12.5}
    return from_json(told)
