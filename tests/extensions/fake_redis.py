"""A Redis on a clock of its own that suffers on request: for interleavings that real time would take days for."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from extensions.redis_client import RedisAway

Answer = TypeVar("Answer")


class FakeServer:
    """Keys with absolute ends in milliseconds, as Redis has them. While it is frozen, what is sent waits in its buffer
    and is carried out when it thaws, although nobody waits for the answer any more."""

    def __init__(self, now: Callable[[], float]) -> None:
        self.now = now
        self.values: dict[str, tuple[bytes, int]] = {}
        self.is_dead = False
        self.is_frozen = False
        self.buffered: list[Callable[[], object]] = []

    def milliseconds(self) -> int:
        return int(self.now() * 1000)

    def live(self, key: str) -> bytes | None:
        value, ends_at = self.values.get(key, (None, 0))
        return value if ends_at > self.milliseconds() else None

    def thaw(self) -> None:
        self.is_frozen = False
        for command in self.buffered:
            command()
        self.buffered.clear()

    def kill(self) -> None:
        self.is_dead, self.is_frozen = True, False
        self.buffered.clear()

    def revive(self) -> None:
        self.is_dead = False


class FakeClient:
    """What the extensions ask of a client."""

    def __init__(self, server: FakeServer) -> None:
        self._server = server

    def call(self, _key: str, work: Callable[[Any], Any]) -> Any:
        if self._server.is_dead:
            raise RedisAway("dead")
        if self._server.is_frozen:
            self._server.buffered.append(lambda: work(Commands(self._server)))
            raise RedisAway("frozen")
        return work(Commands(self._server))

    def call_each(self, keys: Iterable[str], work: Callable[[Any, list[str]], Any]) -> list[Any]:
        group = list(keys)
        return [self.call("", lambda redis: work(redis, group))]


class Commands:
    """The few commands, and pipelines of them."""

    def __init__(self, server: FakeServer) -> None:
        self._server = server
        self._answers: list[Any] = []

    def pipeline(self, *, transaction: bool) -> "Commands":
        assert not transaction
        return Commands(self._server)

    def execute(self) -> list[Any]:
        return self._answers

    def time(self) -> tuple[int, int]:
        now = self._server.milliseconds()
        return self._noted((now // 1000, now % 1000 * 1000))

    def get(self, key: str) -> bytes | None:
        return self._noted(self._server.live(key))

    def getrange(self, key: str, first: int, last: int) -> bytes:
        return self._noted((self._server.live(key) or b"")[first : last + 1])

    def set(
        self, key: str, value: bytes | str, *, px: int | None = None, pxat: int | None = None, nx: bool = False
    ) -> bool:
        if nx and self._server.live(key) is not None:
            return self._noted(False)
        ends_at = pxat if pxat is not None else self._server.milliseconds() + (px or 0)
        self._server.values[key] = (value if isinstance(value, bytes) else value.encode(), ends_at)
        return self._noted(True)

    def delete(self, key: str) -> int:
        return self._noted(int(self._server.values.pop(key, None) is not None))

    def _noted(self, answer: Answer) -> Answer:
        self._answers.append(answer)
        return answer
