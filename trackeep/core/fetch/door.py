"""The fetcher: resolves once, checks, connects to that very address, and does so again for every redirect."""

import ssl
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from email.message import Message
from ipaddress import ip_address

import httpcore

from trackeep.core.fetch.addresses import PUBLIC_PORTS, AllowList, is_public
from trackeep.core.fetch.bodies import ACCEPTED, read_body
from trackeep.core.fetch.shapes import Fetched, FetchFailed, FetchRefused
from trackeep.core.fetch.targets import Target
from trackeep.core.fetch.wire import Deadline, PinnedBackend, Resolver, TooSlow, default_tls, resolve, system_resolver

MAX_REDIRECTS = 5
MAX_BYTES = 5 * 1024 * 1024
DEADLINE_SECONDS = 10.0
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_FOR_GOOD = frozenset({301, 308})
# What a caller may say to one site must not travel to another one with a redirect.
_PRIVATE_HEADERS = frozenset({"authorization", "cookie", "proxy-authorization", "x-api-key"})
_OWN_HEADERS = frozenset({"host", "user-agent", "accept-encoding", "cookie", "connection", "content-length"})


class Fetcher:
    """Fetches public web pages; `configure` sets who we say we are and which LAN hosts are allowed.

    `deadline` (seconds) spans everything from the first name lookup to the last byte of the last redirect;
    `max_bytes` bounds the body after decompression: a longer one is cut and flagged, not an error.
    """

    def __init__(
        self,
        *,
        allow: Iterable[str] = (),
        user_agent: str = "Trackeep",
        deadline: float = DEADLINE_SECONDS,
        max_bytes: int = MAX_BYTES,
        resolver: Resolver = system_resolver,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self.configure(allow=allow, user_agent=user_agent, deadline=deadline, max_bytes=max_bytes)
        self._resolver = resolver
        self._tls = tls

    def configure(
        self,
        *,
        allow: Iterable[str] = (),
        user_agent: str = "Trackeep",
        deadline: float = DEADLINE_SECONDS,
        max_bytes: int = MAX_BYTES,
    ) -> None:
        """Take the settings; raises ValueError for an entry of `allow` that is no name, address or range."""
        self._allow = AllowList.parse(allow)
        self._user_agent = user_agent
        self._seconds = deadline
        self._max_bytes = max_bytes

    def get(
        self,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        max_bytes: int | None = None,
        seconds: float | None = None,
    ) -> Fetched:
        """Fetch a page, following up to five redirects; raises FetchRefused or FetchFailed. ``seconds`` is a deadline
        of its own. Of a body of which no byte is wanted none is read, whatever it is."""
        deadline = Deadline(self._seconds if seconds is None else seconds)
        target = Target.parse(url)
        sent, moved_to, for_good = _clean(headers), "", True
        for _hop in range(MAX_REDIRECTS + 1):
            answer, location = self._hop(target, "GET", sent, b"", max_bytes, deadline)
            if location is None:
                return replace(answer, moved_to=moved_to)
            following = target.join(location)
            if following.origin != target.origin:
                sent = {name: value for name, value in sent.items() if name not in _PRIVATE_HEADERS}
            for_good = for_good and answer.status in _FOR_GOOD
            moved_to = following.url if for_good else moved_to
            target = following
        raise FetchFailed("redirects", "The site redirects too many times.", retryable=False)

    def post(
        self, url: str, *, content: bytes, headers: Mapping[str, str] | None = None, max_bytes: int | None = None
    ) -> Fetched:
        """Send a body; a redirect is given back as it is, for what was posted belongs to the first address only."""
        deadline = Deadline(self._seconds)
        answer, _location = self._hop(Target.parse(url), "POST", _clean(headers), content, max_bytes, deadline)
        return answer

    def _hop(
        self,
        target: Target,
        method: str,
        headers: Mapping[str, str],
        content: bytes,
        max_bytes: int | None,
        deadline: Deadline,
    ) -> tuple[Fetched, str | None]:
        try:
            addresses = self._permitted(target, deadline)
            with (
                self._pool(addresses, deadline) as pool,
                pool.stream(
                    method, _httpcore_url(target), headers=self._headers(target, headers), content=content
                ) as response,
            ):
                return _answer(target, response, self._max_bytes if max_bytes is None else max_bytes)
        except httpcore.TimeoutException as error:
            raise _timeout(error, deadline.seconds) from error
        except httpcore.ConnectError as error:
            raise _no_connection(error) from error
        except (httpcore.NetworkError, httpcore.ProtocolError, OSError) as error:
            raise FetchFailed(
                "broken", "The connection broke before the answer was complete.", retryable=True
            ) from error

    def _permitted(self, target: Target, deadline: Deadline) -> Sequence[str]:
        """The addresses of the host that may be visited; raises FetchRefused when there are none."""
        found = [ip_address(text) for text in resolve(self._resolver, target.host, target.port, deadline)]
        allowed = [address for address in found if self._allow.covers(target.host, address)]
        public = [address for address in found if is_public(address)]
        if not allowed and public and target.port not in PUBLIC_PORTS:
            raise FetchRefused("port", f"Port {target.port} is not one that web pages are fetched from.")
        if not allowed and not public:
            raise FetchRefused("private_address", "This address is not on the public internet, so it is not fetched.")
        return [str(address) for address in allowed or public]

    def _pool(self, addresses: Sequence[str], deadline: Deadline) -> httpcore.ConnectionPool:
        if self._tls is None:
            self._tls = default_tls()
        return httpcore.ConnectionPool(
            ssl_context=self._tls, max_connections=1, network_backend=PinnedBackend(addresses, deadline)
        )

    def _headers(self, target: Target, headers: Mapping[str, str]) -> list[tuple[str, str]]:
        own = {
            "host": target.authority,
            "user-agent": self._user_agent,
            "accept": "*/*",
            "accept-encoding": ACCEPTED,
            "connection": "close",
        }
        return list((own | dict(headers)).items())


def _clean(headers: Mapping[str, str] | None) -> dict[str, str]:
    lowered = {name.lower(): value for name, value in (headers or {}).items()}
    return {name: value for name, value in lowered.items() if name not in _OWN_HEADERS}


def _httpcore_url(target: Target) -> httpcore.URL:
    return httpcore.URL(scheme=target.scheme, host=target.host, port=target.port, target=target.path)


def _answer(target: Target, response: httpcore.Response, max_bytes: int) -> tuple[Fetched, str | None]:
    headers = _joined(response.headers)
    if response.status in _REDIRECTS and headers.get("location"):
        return Fetched(target.url, response.status, headers), headers["location"]
    content_type, charset = _content_type(headers.get("content-type", ""))
    if not max_bytes:
        return Fetched(target.url, response.status, headers, content_type, charset, b"", truncated=True), None
    body, truncated = read_body(response.iter_stream(), headers.get("content-encoding", ""), max_bytes)
    return Fetched(target.url, response.status, headers, content_type, charset, body, truncated), None


def _joined(raw: Sequence[tuple[bytes, bytes]]) -> dict[str, str]:
    """Headers by lower-case name; repeated ones are joined, and UTF-8 is taken as such (some redirects hold it)."""
    headers: dict[str, str] = {}
    for raw_name, raw_value in raw:
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("utf-8", errors="replace")
        headers[name] = f"{headers[name]}, {value}" if name in headers and name != "location" else value
    return headers


def _content_type(value: str) -> tuple[str, str | None]:
    message = Message()
    message["content-type"] = value
    return (message.get_content_type() if value else ""), message.get_content_charset()


def _timeout(error: httpcore.TimeoutException, seconds: float) -> FetchFailed:
    if isinstance(error, httpcore.ConnectTimeout) and not isinstance(error, TooSlow):
        return FetchFailed("no_answer", "The site could not be reached.", retryable=True)
    return FetchFailed("too_slow", f"The site took longer than {seconds:g} seconds to answer.", retryable=True)


def _no_connection(error: httpcore.ConnectError) -> FetchFailed:
    if isinstance(error.__cause__, ssl.SSLCertVerificationError) or "CERTIFICATE_VERIFY" in str(error):
        return FetchFailed("certificate", "The site's certificate is not valid.", retryable=False)
    return FetchFailed("unreachable", "The site could not be reached.", retryable=True)
