"""A Redis of our own that can be killed, frozen and started again on the same port."""

import os
import shutil
import signal
import subprocess
import tempfile
import threading
from pathlib import Path

from redis import Redis
from redis.exceptions import ConnectionError as NoConnection

from extensions.redis_client import Deadlines, RedisClient, RedisClients, RedisOptions, parse_address
from tests.servers import free_port

PATIENCE = 10.0


class RedisServer:
    """Keeps nothing on disk: each start is an empty one."""

    def __init__(self) -> None:
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self._folder = Path(tempfile.mkdtemp(prefix="trackeep-redis-"))
        self._process: subprocess.Popen[bytes] | None = None
        self.admin = Redis(port=self.port)

    def start(self) -> None:
        options = ["--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--dir", str(self._folder)]
        self._process = subprocess.Popen(["redis-server", *options], stdout=subprocess.DEVNULL)
        pause = threading.Event()
        for _ in range(int(PATIENCE / 0.02)):
            try:
                self.admin.ping()
                return
            except NoConnection:
                pause.wait(0.02)
        raise TimeoutError("redis-server does not answer")

    def kill(self) -> None:
        self._signal(signal.SIGKILL)
        if self._process is not None:
            self._process.wait(PATIENCE)

    def freeze(self) -> None:
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self._signal(signal.SIGCONT)

    def remove(self) -> None:
        self.kill()
        self.admin.close()
        shutil.rmtree(self._folder)

    def clients(self, read: float = 1.0) -> RedisClients:
        """With a deadline that a busy machine keeps."""
        deadlines = Deadlines(connect=1.0, read=read, pool_wait=5.0)
        addresses = {"limits": parse_address(self.url)}
        return RedisClients(RedisOptions(addresses=addresses, deadlines=deadlines))

    def _signal(self, number: int) -> None:
        if self._process is not None and self._process.poll() is None:
            os.kill(self._process.pid, number)


def limits_of(clients: RedisClients) -> RedisClient:
    client = clients.get("limits")
    assert client is not None
    return client
