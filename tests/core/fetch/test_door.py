"""The guarded fetch against real servers on loopback, which only the allow list lets it reach."""

import gzip
import socket
import ssl
import time
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.core.fetch.servers import Server, answer, serving
from trackeep.core.fetch import Fetcher, FetchFailed, FetchRefused

LOOPBACK = ("127.0.0.0/8",)


def site(stream: socket.socket, path: str, stopped: Event) -> None:
    pages = {
        "/": answer(b"hello", content_type="text/html; charset=iso-8859-1"),
        "/gzip": answer(gzip.compress(b"packed"), content_encoding="gzip"),
        "/deflate": answer(zlib.compress(b"packed"), content_encoding="deflate"),
        "/raw-deflate": answer(zlib.compress(b"packed")[2:-4], content_encoding="deflate"),
        "/members": answer(gzip.compress(b"one ") + gzip.compress(b"two"), content_encoding="gzip"),
        "/damaged": answer(gzip.compress(b"x")[:10] + b"\xff" * 40, content_encoding="gzip"),
        "/brotli": answer(b"???", content_encoding="br"),
        "/bomb": answer(gzip.compress(b"\0" * 50_000_000), content_encoding="gzip"),
        "/error": answer(b"oops", "500 Internal Server Error"),
        "/gone": answer(b"", "404 Not Found"),
        "/moved": answer(b"", "302 Found", location="/"),
        "/loop": answer(b"", "302 Found", location="/loop"),
        "/to-localhost": answer(b"", "302 Found", location="http://localhost:1/admin"),
        "/to-metadata": answer(b"", "301 Moved", location="http://169.254.169.254/latest/"),
        "/to-file": answer(b"", "301 Moved", location="file:///etc/passwd"),
        "/to-umlaut": b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: /gr\xc3\xbc\xc3\x9fe und mehr\r\n\r\n",
        "/gr%C3%BC%C3%9Fe%20und%20mehr": answer(b"umlaut"),
        "/cookie": answer(b"", "302 Found", location="/", set_cookie="a=b"),
    }
    stream.sendall(pages[path])


def endless(stream: socket.socket, path: str, stopped: Event) -> None:
    stream.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    while not stopped.is_set():
        stream.sendall(b"x" * 65_536)


def drip_body(stream: socket.socket, path: str, stopped: Event) -> None:
    stream.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    while not stopped.wait(0.05):
        stream.sendall(b"x")


def drip_headers(stream: socket.socket, path: str, stopped: Event) -> None:
    stream.sendall(b"HTTP/1.1 200 OK\r\n")
    while not stopped.wait(0.05):
        stream.sendall(b"X-Drip: 1\r\n")


def continues(stream: socket.socket, path: str, stopped: Event) -> None:
    while not stopped.is_set():
        stream.sendall(b"HTTP/1.1 100 Continue\r\n\r\n" * 10)


def silent(stream: socket.socket, path: str, stopped: Event) -> None:
    stopped.wait(5)


def slow_redirects(stream: socket.socket, path: str, stopped: Event) -> None:
    stopped.wait(0.2)
    stream.sendall(answer(b"", "302 Found", location=path + "x"))


def half(stream: socket.socket, path: str, stopped: Event) -> None:
    stream.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort")


@pytest.fixture
def web() -> Iterator[Server]:
    with serving(site) as server:
        yield server


def resolving(**hosts: str) -> Fetcher:
    """A fetcher that knows these hosts only, and may reach no LAN."""
    return Fetcher(resolver=lambda host, port: [hosts[host.replace(".", "_")]])


def test_page_with_type_and_charset(web: Server) -> None:
    page = Fetcher(allow=LOOPBACK, user_agent="Trackeep/1 (+http://me)").get(web.url())
    assert (page.status, page.body, page.text, page.ok) == (200, b"hello", "hello", True)
    assert (page.content_type, page.charset, page.truncated) == ("text/html", "iso-8859-1", False)
    assert "user-agent: trackeep/1 (+http://me)" in web.requests[0].lower()
    assert f"host: 127.0.0.1:{web.port}" in web.requests[0].lower()
    assert "cookie" not in web.requests[0].lower()


@pytest.mark.parametrize("path", ["/gzip", "/deflate", "/raw-deflate"])
def test_compressed_bodies(web: Server, path: str) -> None:
    assert Fetcher(allow=LOOPBACK).get(web.url(path)).body == b"packed"


def test_gzip_of_several_members(web: Server) -> None:
    assert Fetcher(allow=LOOPBACK).get(web.url("/members")).body == b"one two"


@pytest.mark.parametrize("path", ["/damaged", "/brotli"])
def test_unreadable_compression_fails(web: Server, path: str) -> None:
    with pytest.raises(FetchFailed) as failed:
        Fetcher(allow=LOOPBACK).get(web.url(path))
    assert failed.value.code == "bad_encoding"


def test_bomb_is_cut_at_the_limit(web: Server) -> None:
    page = Fetcher(allow=LOOPBACK).get(web.url("/bomb"))
    assert (len(page.body), page.truncated) == (5 * 1024 * 1024, True)


def test_own_limit(web: Server) -> None:
    page = Fetcher(allow=LOOPBACK).get(web.url(), max_bytes=4)
    assert (page.body, page.truncated) == (b"hell", True)


def test_body_of_exactly_the_limit_is_whole(web: Server) -> None:
    page = Fetcher(allow=LOOPBACK).get(web.url(), max_bytes=5)
    assert (page.body, page.truncated) == (b"hello", False)


def test_endless_body_is_cut() -> None:
    with serving(endless) as server:
        page = Fetcher(allow=LOOPBACK, max_bytes=100_000).get(server.url())
    assert (len(page.body), page.truncated) == (100_000, True)


@pytest.mark.parametrize("handler", [drip_body, drip_headers, continues, silent, slow_redirects])
def test_whatever_a_slow_server_does_the_deadline_holds(handler: object) -> None:
    with serving(handler) as server:  # type: ignore[arg-type]  # parametrize loses the function's type
        started = time.monotonic()
        with pytest.raises(FetchFailed) as failed:
            Fetcher(allow=LOOPBACK, deadline=0.5).get(server.url())
        assert time.monotonic() - started < 0.9
    assert (failed.value.code, failed.value.retryable) == ("too_slow", True)


def test_slow_name_lookup_meets_the_deadline() -> None:
    stopped = Event()

    def slow(host: str, port: int) -> list[str]:
        stopped.wait(5)
        return ["1.1.1.1"]

    started = time.monotonic()
    with pytest.raises(FetchFailed) as failed:
        Fetcher(resolver=slow, deadline=0.2).get("http://slow.example/")
    stopped.set()
    assert time.monotonic() - started < 0.6
    assert failed.value.code == "too_slow"


def test_broken_answer_is_retryable() -> None:
    with serving(half) as server, pytest.raises(FetchFailed) as failed:
        Fetcher(allow=LOOPBACK).get(server.url())
    assert (failed.value.code, failed.value.retryable) == ("broken", True)


def test_closed_port_is_unreachable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(FetchFailed) as failed:
        Fetcher(allow=LOOPBACK).get(f"http://127.0.0.1:{port}/")
    assert (failed.value.code, failed.value.retryable) == ("unreachable", True)


def test_unknown_host() -> None:
    def unknown(host: str, port: int) -> list[str]:
        raise socket.gaierror(-2, "Name or service not known")

    with pytest.raises(FetchFailed) as failed:
        Fetcher(resolver=unknown).get("http://nowhere.example/")
    assert failed.value.code == "unknown_host"


@pytest.mark.parametrize(("path", "retryable"), [("/error", True), ("/gone", False)])
def test_status_is_an_answer_until_success_is_required(web: Server, path: str, retryable: bool) -> None:
    page = Fetcher(allow=LOOPBACK).get(web.url(path))
    with pytest.raises(FetchFailed) as failed:
        page.require_ok()
    assert failed.value.retryable is retryable


def test_redirect_is_followed_without_cookies(web: Server) -> None:
    page = Fetcher(allow=LOOPBACK).get(web.url("/cookie"))
    assert page.url == web.url("/")
    assert "cookie" not in web.requests[1].lower()


def test_redirect_in_plain_utf8_with_spaces(web: Server) -> None:
    assert Fetcher(allow=LOOPBACK).get(web.url("/to-umlaut")).body == b"umlaut"


def test_sixth_redirect_is_too_many(web: Server) -> None:
    with pytest.raises(FetchFailed) as failed:
        Fetcher(allow=LOOPBACK).get(web.url("/loop"))
    assert failed.value.code == "redirects"
    assert len(web.requests) == 6


@pytest.mark.parametrize(
    ("path", "code"),
    [("/to-localhost", "private_address"), ("/to-metadata", "private_address"), ("/to-file", "bad_scheme")],
)
def test_every_redirect_is_checked(web: Server, path: str, code: str) -> None:
    fetcher = Fetcher(
        allow=["site.example"],
        resolver=lambda host, port: ["127.0.0.1"] if host in ("site.example", "localhost") else [host],
    )
    with pytest.raises(FetchRefused) as refused:
        fetcher.get(web.url(path, host="site.example"))
    assert refused.value.code == code
    assert len(web.requests) == 1


def test_secrets_stay_with_the_first_site(web: Server) -> None:
    def moves(stream: socket.socket, path: str, stopped: Event) -> None:
        stream.sendall(answer(b"", "302 Found", location=web.url("/")))

    with serving(moves) as first:
        Fetcher(allow=LOOPBACK).get(first.url(), headers={"Authorization": "Bearer s", "If-None-Match": "x"})
        assert "bearer" in first.requests[0].lower()
    assert "bearer" not in web.requests[0].lower()
    assert "if-none-match: x" in web.requests[0].lower()


def test_post_sends_and_does_not_follow(web: Server) -> None:
    page = Fetcher(allow=LOOPBACK).post(web.url("/moved"), content=b"{}", headers={"Content-Type": "application/json"})
    assert page.status == 302
    assert len(web.requests) == 1
    assert web.requests[0].startswith("POST /moved ")


def test_name_that_resolves_elsewhere_the_second_time_gains_nothing(web: Server) -> None:
    """DNS rebinding: one look-up a hop, and the connection goes to the address that was checked."""
    answers = iter(["127.0.0.1", "169.254.169.254"])
    asked: list[str] = []

    def rebinding(host: str, port: int) -> list[str]:
        asked.append(host)
        return [next(answers)]

    page = Fetcher(allow=LOOPBACK, resolver=rebinding).get(web.url(host="rebind.example"))
    assert page.body == b"hello"
    assert asked == ["rebind.example"]
    with pytest.raises(FetchRefused):
        Fetcher(allow=LOOPBACK, resolver=rebinding).get(web.url(host="rebind.example"))


def test_private_answers_among_public_ones_are_left_out() -> None:
    tried: list[str] = []

    class Recording(Fetcher):
        def _pool(self, addresses, deadline):  # type: ignore[no-untyped-def]  # only looks at what would be used
            tried.extend(addresses)
            raise OSError

    fetcher = Recording(resolver=lambda host, port: ["10.0.0.1", "93.184.216.34", "::1"])
    with pytest.raises(FetchFailed):
        fetcher.get("http://mixed.example/")
    assert tried == ["93.184.216.34"]


def test_allowed_host_by_name_on_any_port(web: Server) -> None:
    fetcher = Fetcher(allow=["nas.lan"], resolver=lambda host, port: ["127.0.0.1"])
    assert fetcher.get(web.url(host="NAS.lan.")).body == b"hello"
    with pytest.raises(FetchRefused):
        fetcher.get(web.url(host="other.lan"))


def test_unusual_port_is_refused() -> None:
    with pytest.raises(FetchRefused) as refused:
        resolving(mail_example="93.184.216.34").get("http://mail.example:25/")
    assert refused.value.code == "port"


def certificate(folder: Path, host: str) -> tuple[Path, Path]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    today = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    certificate_path, key_path = folder / "certificate.pem", folder / "key.pem"
    certificate_path.write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    key_path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return certificate_path, key_path


def test_tls_is_checked_against_the_host_name_while_the_address_is_pinned(tmp_path: Path) -> None:
    certificate_path, key_path = certificate(tmp_path, "secure.example")
    server_tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server_tls.load_cert_chain(certificate_path, key_path)
    names: list[str | None] = []
    server_tls.sni_callback = lambda _socket, name, _context: names.append(name)
    trusting = ssl.create_default_context(cafile=str(certificate_path))
    with serving(site, server_tls) as server:
        fetcher = Fetcher(allow=LOOPBACK, resolver=lambda host, port: ["127.0.0.1"], tls=trusting)
        assert fetcher.get(server.url(host="secure.example", scheme="https")).body == b"hello"
        assert names == ["secure.example"]
        with pytest.raises(FetchFailed) as failed:
            fetcher.get(server.url(host="other.example", scheme="https"))
        assert (failed.value.code, failed.value.retryable) == ("certificate", False)
        with pytest.raises(FetchFailed) as failed:
            Fetcher(allow=LOOPBACK, resolver=lambda host, port: ["127.0.0.1"]).get(
                server.url(host="secure.example", scheme="https")
            )
        assert failed.value.code == "certificate"
