"""The proxy in front of two instances: what it asks twice, what it never does, and what it passes on."""

import http.client
import socket
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.deployment.proxy import nginx, nginx_program, write_configuration
from tests.servers import free_port

pytestmark = pytest.mark.slow


@dataclass
class Instance:
    """Writes down what it is asked; a dying one hangs up in the middle of it."""

    port: int = 0
    dies: bool = False
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)


@contextmanager
def instance(*, dies: bool = False) -> Iterator[Instance]:
    about = Instance(dies=dies)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            about.asked.append((f"{self.command} {self.path}", dict(self.headers)))
            self.close_connection = True
            if not about.dies:
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

        def __getattr__(self, name: str) -> Callable[[], None]:
            """Whatever the method is (``do_GET``, ``do_POST``)."""
            if not name.startswith("do_"):
                raise AttributeError(name)
            return self.answer

        def log_message(self, *_about: object) -> None:
            """Nobody reads it."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        about.port = server.server_port
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield about
        server.shutdown()


@contextmanager
def deaf_port() -> Iterator[int]:
    """A port that is taken, so that no other server gets it, and at which nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]


def ask(url: str, method: str, path: str, **headers: str) -> int:
    connection = http.client.HTTPConnection(url.removeprefix("http://"), timeout=10)
    with suppress(ConnectionResetError):
        connection.request(method, path, headers=headers, body=b"x" if method == "POST" else None)
        return connection.getresponse().status
    return 0


def test_the_delivered_file_is_right(tmp_path: Path) -> None:
    path = write_configuration(tmp_path, free_port(), (free_port(), free_port()))
    done = subprocess.run([nginx_program(), "-t", "-c", str(path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "warn" not in done.stderr


def test_a_page_is_asked_for_again_and_a_change_is_not(tmp_path: Path) -> None:
    with instance(dies=True) as dying, instance() as other, nginx(tmp_path, (dying.port, other.port)) as url:
        assert ask(url, "GET", "/a") == 200
        assert [name for name, _headers in dying.asked] == ["GET /a"]
        assert [name for name, _headers in other.asked] == ["GET /a"]
    (tmp_path / "again").mkdir()
    with instance(dies=True) as dying, instance() as other, nginx(tmp_path / "again", (dying.port, other.port)) as url:
        assert ask(url, "POST", "/a") == 502
        assert (len(dying.asked), len(other.asked)) == (1, 0)


def test_a_change_that_nobody_has_seen_yet_goes_to_the_other(tmp_path: Path) -> None:
    with instance() as other, deaf_port() as deaf, nginx(tmp_path, (deaf, other.port)) as url:
        assert [ask(url, "POST", "/a") for _ in range(4)] == [200] * 4
        assert len(other.asked) == 4


def test_only_live_updates_may_change_the_protocol(tmp_path: Path) -> None:
    with instance() as one, instance() as two, nginx(tmp_path, (one.port, two.port)) as url:
        for path in ("/ws", "/page"):
            ask(url, "GET", path, Connection="Upgrade", Upgrade="websocket")
        headers = {name: values for about in (one, two) for name, values in about.asked}
    assert headers["GET /ws"]["Upgrade"] == "websocket"
    assert headers["GET /ws"]["Connection"] == "upgrade"
    assert "Upgrade" not in headers["GET /page"]


def test_where_a_request_comes_from_is_told(tmp_path: Path) -> None:
    with instance() as one, instance() as two, nginx(tmp_path, (one.port, two.port)) as url:
        ask(url, "GET", "/", **{"X-Forwarded-For": "192.0.2.1", "X-Forwarded-Host": "evil.example"})
        ((_name, headers),) = [*one.asked, *two.asked]
    assert headers["X-Forwarded-For"] == "192.0.2.1, 127.0.0.1"
    assert headers["Host"] == headers["X-Forwarded-Host"] == url.removeprefix("http://")


def test_the_proxy_answers_for_itself(tmp_path: Path) -> None:
    with nginx(tmp_path, (free_port(), free_port())) as url:
        assert ask(url, "GET", "/health/proxy") == 204
        assert ask(url, "GET", "/health/ready") == 502
