"""The only place that spells a key or a channel of Redis.

Keys that meet in one command share a hash tag (the part in braces), so that a Cluster keeps them on one node."""

import hashlib

PREFIX = "tk:"


def session(token_hash: str) -> str:
    return f"{PREFIX}session:{token_hash}"


def version(scope: str) -> str:
    """The short-lived copy of a scope's version."""
    return f"{PREFIX}fresh:{scope}"


def answer(resource: str, scopes: str, versions: str, parameters: bytes) -> str:
    """A query's answer for these versions of these scopes. ``parameters`` is their canonical form."""
    digest = hashlib.blake2b(parameters, digest_size=16).hexdigest()
    return f"{PREFIX}{resource}:{scopes}:{versions}:{digest}"


def flight(answer_key: str) -> str:
    """Who holds it computes the answer; the others wait. It lies where the answer does."""
    return f"{PREFIX}flight:{{{answer_key}}}"


def limit(name: str, subject: str) -> str:
    """The counter of one subject; all counters of a subject are on one node."""
    return f"{PREFIX}rl:{name}:{{{subject}}}"


def channel(topic: str) -> str:
    return f"{PREFIX}ev:{topic}"


def probe(number: int) -> str:
    """Written by the probe that asks whether a server takes writes again."""
    return f"{PREFIX}probe:{{{number}}}"
