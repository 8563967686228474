"""Connections that go to an address decided beforehand and that never outlive the deadline of the whole fetch."""

import socket
import ssl
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from threading import Thread
from typing import Any

import certifi
import httpcore

from trackeep.core.fetch.shapes import FetchFailed

CONNECT_SECONDS = 4.0

Resolver = Callable[[str, int], Sequence[str]]


class TooSlow(httpcore.TimeoutException):
    """The deadline of the whole fetch has passed."""


@dataclass(frozen=True)
class Deadline:
    """A moment on the monotonic clock."""

    seconds: float
    started: float = field(default_factory=time.monotonic)

    def remaining(self) -> float:
        """Seconds that are left, always positive; raises TooSlow when there are none."""
        left = self.started + self.seconds - time.monotonic()
        if left <= 0:
            raise TooSlow("deadline passed")
        return left

    def clamp(self, timeout: float | None) -> float:
        left = self.remaining()
        return left if timeout is None else min(timeout, left)


def system_resolver(host: str, port: int) -> Sequence[str]:
    """Every address of the host, as the operating system gives them; raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def resolve(resolver: Resolver, host: str, port: int, deadline: Deadline) -> Sequence[str]:
    """Ask the resolver in a thread of its own: a call into the C library cannot be given a timeout."""
    answers: list[Sequence[str]] = []
    errors: list[OSError | UnicodeError] = []

    def ask() -> None:
        try:
            answers.append(resolver(host, port))
        except (OSError, UnicodeError) as error:
            errors.append(error)

    thread = Thread(target=ask, name="resolve", daemon=True)
    thread.start()
    thread.join(deadline.remaining())
    if answers:
        return answers[0]
    if errors:
        raise FetchFailed("unknown_host", "The name of this site could not be found.", retryable=True) from errors[0]
    raise TooSlow("name lookup")


class DeadlineStream(httpcore.NetworkStream):
    """A stream whose every operation ends with the deadline, so that a dripping server cannot hold us."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.clamp(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.clamp(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        secured = self._stream.start_tls(ssl_context, server_hostname, self._deadline.clamp(timeout))
        return DeadlineStream(secured, self._deadline)

    def get_extra_info(self, info: str) -> Any:  # the library's own signature
        return self._stream.get_extra_info(info)


class PinnedBackend(httpcore.NetworkBackend):
    """Connects to the given addresses, in turn, whatever host the request names."""

    def __init__(self, addresses: Sequence[str], deadline: Deadline) -> None:
        self._addresses = addresses
        self._deadline = deadline
        self._backend = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        failure: httpcore.ConnectError | httpcore.ConnectTimeout | None = None
        for address in self._addresses:
            try:
                stream = self._backend.connect_tcp(address, port, self._deadline.clamp(CONNECT_SECONDS))
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
            else:
                return DeadlineStream(stream, self._deadline)
        raise failure or httpcore.ConnectError("no address")


def default_tls() -> ssl.SSLContext:
    """Trusts the system's authorities (a LAN may have its own) and the bundled ones (a bare machine has none)."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context
