"""Looks at each Redis that the settings name: is it there, and is it set up for Trackeep?"""

from collections.abc import Iterator

from config.redis_settings import SWITCHES, RedisSettings
from config.settings import Settings
from extensions.redis_client import UNREACHABLE, Inspection, Link, Trouble, begin_link, inspect, trouble_of
from trackeep.core import ext
from trackeep.core.doctor import redis_servers
from trackeep.core.doctor.findings import Finding, Level
from trackeep.core.redis_trouble import advise, variables

SUBJECT = "redis"
WITHOUT = {
    "sessions": "each request reads its session from the database",
    "cache": "each process keeps answers for itself",
    "limits": "each process counts limits for itself",
    "bell": "background jobs are found by looking once a second",
}


def redis_findings(settings: Settings) -> Iterator[Finding]:
    """On connections of its own, so that nothing in the process notices."""
    given = settings.redis
    if not given.urls:
        words = "It is not used. REDIS_URL makes several server processes share limits, sessions and cached answers."
        yield Finding(Level.GOOD, SUBJECT, words)
        return
    for words in (*given.warnings(), *_complaints(given)):
        yield Finding(Level.WARNING, SUBJECT, words)
    for use, switch in SWITCHES.items():
        if use not in given.urls:
            yield Finding(Level.GOOD, SUBJECT, f"Not used for {use} ({switch} is off, or no address): {WITHOUT[use]}.")
    clients = ext.redis_clients(given)
    try:
        for link in clients.links:
            yield from _link(given, link)
    finally:
        clients.close()


def _complaints(settings: RedisSettings) -> Iterator[str]:
    if not settings.tls_verify:
        yield "REDIS_TLS_VERIFY is off: whoever sits in between can read everything. Set REDIS_TLS_CA_FILE instead."


def _link(settings: RedisSettings, link: Link) -> Iterator[Finding]:
    subject = f"{SUBJECT} ({variables(settings, link.names)})"
    found = _look(link)
    if isinstance(found, Trouble):
        advice = advise(settings, found)
        words = f"{advice.address} cannot be used: {advice.reason}. Look at {advice.setting}."
        yield Finding(Level.PROBLEM, subject, f"{words} Until then Trackeep goes on without it.")
        return
    versions = ", ".join(sorted({redis_servers.version(server) for server in found.servers}))
    words = f"{link.address.shown()} answers (Redis {versions}) for {', '.join(link.names)}."
    yield Finding(Level.GOOD, subject, words)
    for level, remark in redis_servers.remarks(found, tls=link.address.tls):
        yield Finding(level, subject, remark)


def _look(link: Link) -> Inspection | Trouble:
    trouble = begin_link(link)
    if trouble is not None:
        return trouble
    try:
        return inspect(link)
    except UNREACHABLE as error:
        return trouble_of(link, error)
