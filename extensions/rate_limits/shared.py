"""The counter in Redis, shared by all processes: one script, one round trip, Redis' clock."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from redis import Redis
from redis.exceptions import NoScriptError

from extensions import events, keys
from extensions.rate_limits.rules import Algorithm, Count, Limit, Wish
from extensions.redis_client import RedisClient

FOLDER = Path(__file__).resolve().parent.parent / "lua"


@dataclass(frozen=True, slots=True)
class Script:
    """Called by the hash of its text; the text is sent when the server does not know it (any more)."""

    text: str
    digest: str

    def run(self, redis: "Redis", key: str, arguments: Sequence[int]) -> list[int]:
        try:
            answer = redis.execute_command("EVALSHA", self.digest, 1, key, *arguments)
        except NoScriptError:
            answer = redis.execute_command("EVAL", self.text, 1, key, *arguments)
        return cast(list[int], answer)


def read_script(name: str) -> Script:
    text = (FOLDER / f"{name}.lua").read_text(encoding="utf-8")
    return Script(text, hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest())


class RedisCounter:
    """Raises RedisAway while Redis is not to be had."""

    def __init__(self, client: RedisClient) -> None:
        self._client = client
        self._window = read_script("window")
        self._bucket = read_script("bucket")

    def take(self, limit: Limit, subject: str, wish: Wish) -> Count:
        key = keys.limit(limit.name, subject)
        script, arguments = self._call(limit, wish)
        count = Count(*self._client.call(key, lambda redis: script.run(redis, key, arguments)))
        if count.repaired:
            events.limit_repaired.send(limit.name)
        return count

    def _call(self, limit: Limit, wish: Wish) -> tuple[Script, Sequence[int]]:
        if limit.algorithm is Algorithm.TOKEN_BUCKET:
            return self._bucket, (limit.amount, limit.period_ms, wish.seen_ms, wish.since_ms)
        return self._window, (limit.amount, limit.width_ms, limit.life_ms, *wish)
