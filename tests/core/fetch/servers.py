"""Small real servers that misbehave on purpose."""

import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from threading import Event, Thread

Handler = Callable[[socket.socket, str, Event], None]


@dataclass
class Server:
    """What the server was asked, and where it listens; `stopped` tells handlers that the test is over."""

    port: int = 0
    requests: list[str] = field(default_factory=list)
    server_names: list[str | None] = field(default_factory=list)
    stopped: Event = field(default_factory=Event)

    def url(self, path: str = "/", host: str = "127.0.0.1", scheme: str = "http") -> str:
        return f"{scheme}://{host}:{self.port}{path}"


@contextmanager
def serving(handler: Handler, tls: ssl.SSLContext | None = None) -> Iterator[Server]:
    """Run the handler for every connection on a free loopback port."""
    server = Server()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server.port = listener.getsockname()[1]
        thread = Thread(target=_accept, args=(listener, handler, server, tls), daemon=True)
        thread.start()
        yield server
        server.stopped.set()
        with suppress(OSError):
            socket.create_connection(("127.0.0.1", server.port), 1).close()
        thread.join(2)


def _accept(listener: socket.socket, handler: Handler, server: Server, tls: ssl.SSLContext | None) -> None:
    while not server.stopped.is_set():
        connection, _peer = listener.accept()
        Thread(target=_answer, args=(connection, handler, server, tls), daemon=True).start()


def _answer(connection: socket.socket, handler: Handler, server: Server, tls: ssl.SSLContext | None) -> None:
    with suppress(OSError), connection:
        connection.settimeout(5)
        stream = tls.wrap_socket(connection, server_side=True) if tls else connection
        with stream:
            request = b""
            while b"\r\n\r\n" not in request:
                received = stream.recv(65_536)
                if not received:
                    return
                request += received
            server.requests.append(request.decode("latin-1"))
            handler(stream, request.split(b" ")[1].decode(), server.stopped)


def answer(body: bytes = b"", status: str = "200 OK", **headers: str) -> bytes:
    """A whole answer; `content_type=` becomes Content-Type."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body
