"""A small TCP proxy in front of a server, which can be slow, deaf, rude or gone."""

import enum
import socket
import struct
import threading
from contextlib import suppress

CHUNK = 64 * 1024
CONNECT_SECONDS = 5.0
POLL_SECONDS = 0.1


class _Mode(enum.Enum):
    PASS = enum.auto()
    HALF_OPEN = enum.auto()
    REFUSE = enum.auto()


class TcpProxy:
    """Passes all bytes to ``port`` on this machine until told otherwise; a context manager that runs while it is open.
    A change holds for the connections that are open and for new ones, unless its verb says else."""

    host = "127.0.0.1"

    def __init__(self, port: int) -> None:
        self._target = port
        self._mode, self._delay = _Mode.PASS, 0.0
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        self._stopping = threading.Event()
        self._listener = self._listen(0)
        self.port: int = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._accept, name="proxy", daemon=True)

    def __enter__(self) -> "TcpProxy":
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._stopping.set()
        self.reset()
        self._thread.join()
        self._listener.close()

    def pass_on(self) -> None:
        """Back to normal. What was swallowed meanwhile is lost: connections from then get a reset."""
        swallowed = self._mode is _Mode.HALF_OPEN
        self._mode, self._delay = _Mode.PASS, 0.0
        if swallowed:
            self.reset()

    def delay(self, seconds: float) -> None:
        """Hold back each piece, both ways, for so long."""
        self._mode, self._delay = _Mode.PASS, seconds

    def half_open(self) -> None:
        """Accept and swallow everything, answer nothing: as a server that is frozen or behind a dead wire."""
        self._mode = _Mode.HALF_OPEN

    def refuse(self) -> None:
        """Reset what is open and each new connection at once."""
        self._mode = _Mode.REFUSE
        self.reset()

    def reset(self) -> None:
        """Cut the connections that are open now, with RST."""
        with self._lock:
            cut, self._open = self._open, set()
        for one in cut:
            _reset(one)

    @property
    def connections(self) -> int:
        """How many are open."""
        with self._lock:
            return len(self._open) // 2

    def _listen(self, port: int) -> socket.socket:
        listener = socket.create_server((self.host, port), backlog=128)
        listener.settimeout(POLL_SECONDS)
        return listener

    def _accept(self) -> None:
        while not self._stopping.is_set():
            try:
                client, _address = self._listener.accept()
            except TimeoutError:
                continue
            if self._mode is _Mode.REFUSE:
                _reset(client)
                continue
            threading.Thread(target=self._serve, args=(client,), name="proxy-connection", daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        try:
            server = socket.create_connection((self.host, self._target), CONNECT_SECONDS)
        except OSError:
            _reset(client)
            return
        server.settimeout(None)
        client.settimeout(None)
        with self._lock:
            self._open |= {client, server}
        back = threading.Thread(target=self._pump, args=(server, client), name="proxy-back", daemon=True)
        back.start()
        self._pump(client, server)
        back.join()
        with self._lock:
            self._open -= {client, server}
        client.close()
        server.close()

    def _pump(self, source: socket.socket, target: socket.socket) -> None:
        """One way, until either side ends; then the other is told."""
        with suppress(OSError):
            while piece := source.recv(CHUNK):
                if self._delay:
                    self._stopping.wait(self._delay)
                if self._mode is _Mode.PASS:
                    target.sendall(piece)
        with self._lock, suppress(OSError):
            if target in self._open:  # one that was cut gets its reset, and no orderly end before
                target.shutdown(socket.SHUT_WR)


def _reset(one: socket.socket) -> None:
    """Without lingering a close is a reset; the shutdown wakes the thread that waits for bytes."""
    with suppress(OSError):
        one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    with suppress(OSError):
        one.shutdown(socket.SHUT_RD)
    one.close()
