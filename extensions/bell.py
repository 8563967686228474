"""A bell between processes: whoever rings wakes those who wait, at once through Pub/Sub, else at their next look.

A ring may be lost, and nothing depends on it: who waits looks for itself when the time is over."""

import threading

from extensions import keys
from extensions.redis_client import UNREACHABLE, Kind, RedisAway, RedisClient

LISTEN_SECONDS = 1.0
PAUSE_SECONDS = 0.5


class Bell:
    """Rings in this process, and with a client in all that listen."""

    def __init__(self, client: RedisClient | None = None, topic: str = "jobs") -> None:
        self._client = client
        self._channel = keys.channel(topic)
        self._rung = threading.Event()
        self._ends = threading.Event()
        self._listener: threading.Thread | None = None

    def ring(self) -> None:
        """Wake who waits in this process."""
        self._rung.set()

    def announce(self) -> None:
        """Wake who waits in any process."""
        self._rung.set()
        if self._client is None:
            return
        command = "SPUBLISH" if self._is_sharded else "PUBLISH"
        try:
            self._client.call(self._channel, lambda redis: redis.execute_command(command, self._channel, b"1"))
        except RedisAway:
            return

    def wait(self, seconds: float) -> None:
        """Until somebody rings, at most so long."""
        self._rung.wait(seconds)
        self._rung.clear()

    def listen(self) -> None:
        """Hear what other processes announce, from now on."""
        if self._client is not None and self._listener is None:
            self._listener = threading.Thread(target=self._hear, args=(self._client,), name="bell", daemon=True)
            self._listener.start()

    def close(self) -> None:
        self._ends.set()

    @property
    def _is_sharded(self) -> bool:
        return self._client is not None and self._client.link.address.kind is Kind.CLUSTER

    def _hear(self, client: RedisClient) -> None:
        while not self._ends.is_set():
            if not client.is_off:
                self._hear_until_it_fails(client)
                # Whatever was announced meanwhile was not heard.
                self._rung.set()
            self._ends.wait(PAUSE_SECONDS)

    def _hear_until_it_fails(self, client: RedisClient) -> None:
        subscription = None
        try:
            client.link.ready()
            subscription = client.link.topology.client(self._channel).pubsub(ignore_subscribe_messages=True)
            subscribe = subscription.ssubscribe if self._is_sharded else subscription.subscribe
            subscribe(self._channel)
            while not self._ends.is_set() and not client.is_off:
                if subscription.get_message(timeout=LISTEN_SECONDS) is not None:
                    self._rung.set()
        except (*UNREACHABLE, TypeError):
            # TypeError is what redis-py makes of a connection that another thread has closed.
            client.link.troubled()
        finally:
            if subscription is not None:
                subscription.close()
