"""Every notation of an address that is not public is refused, and addresses that are public are not."""

from ipaddress import ip_address

import pytest

from trackeep.core.fetch import Fetcher, FetchRefused
from trackeep.core.fetch.addresses import AllowList, is_public

CLOSED = """
0.0.0.0 0.1.2.3 10.1.2.3 100.64.0.1 100.127.255.255 127.0.0.1 127.255.0.1 169.254.169.254 172.16.0.1 172.31.255.255
192.0.0.1 192.0.0.9 192.0.2.1 192.88.99.1 192.168.1.1 198.18.0.1 198.51.100.1 203.0.113.1 224.0.0.1 239.1.1.1
240.0.0.1 255.255.255.255
:: ::1 ::ffff:127.0.0.1 ::ffff:8.8.8.8 ::127.0.0.1 ::8.8.8.8 ::ffff:0:127.0.0.1 64:ff9b::7f00:1 64:ff9b::808:808
64:ff9b:1::7f00:1 100::1 2001::1 2001:0:4136:e378:8000:63bf:3fff:fdd2 2001:10::1 2001:20::1 2001:db8::1
2002:7f00:1:: 2002:808:808:: 3fff::1 5f00::1 fc00::1 fd12:3456::1 fe80::1 fec0::1 ff02::1
""".split()

OPEN = """
1.1.1.1 8.8.8.8 93.184.216.34 100.63.255.255 100.128.0.1 172.32.0.1 223.255.255.254 2606:4700::1111 2a00::1
""".split()

NOTATIONS = """
127.1 0x7f.1 0x7f000001 2130706433 017700000001 0177.0.0.1 127.0.0.1. 0 0.0 10.1 0xa9.0xfe.0xa9.0xfe 2852039166
[::1] [::ffff:127.0.0.1] [::ffff:7f00:1] [0:0:0:0:0:0:0:1] [::127.0.0.1] [64:ff9b::127.0.0.1] [fe80::1] [fd00::1]
localhost LOCALHOST localhost. １２７.０.０.１ ①②⑦.⓪.⓪.①
""".split()


@pytest.mark.parametrize("text", CLOSED)
def test_closed(text: str) -> None:
    assert not is_public(ip_address(text))


@pytest.mark.parametrize("text", OPEN)
def test_open(text: str) -> None:
    assert is_public(ip_address(text))


@pytest.mark.parametrize("host", NOTATIONS)
def test_every_notation_of_a_local_address_is_refused(host: str) -> None:
    with pytest.raises(FetchRefused) as refused:
        Fetcher().get(f"http://{host}/")
    assert refused.value.code == "private_address"


@pytest.mark.parametrize(
    "url",
    [
        "", "example.com", "//example.com/", "ftp://example.com/", "file:///etc/passwd", "gopher://x/", "data:,x",
        "javascript:alert(1)", "http://", "http:///x", "http://user:pass@example.com/", "http://user@example.com/",
        "http://example.com:99999/", "http://exa mple.com/", "http://evil\\.example.com/", "http://a\tb.example/",
        "http://[::1/", "http://[fe80::1%25eth0]/", "http://\u2100.example\x00/", "http://x/" + "a" * 9000,
        "http://good.example\\@127.0.0.1/", "http://-x.example/", "http://%31%32%37.0.0.1/",
    ],
)  # fmt: skip
def test_unusable_addresses_are_refused_before_any_lookup(url: str) -> None:
    def never(host: str, port: int) -> list[str]:
        raise AssertionError(f"looked up {host}")

    with pytest.raises(FetchRefused):
        Fetcher(resolver=never).get(url)


def test_allow_list_reads_names_addresses_and_ranges() -> None:
    allowed = AllowList.parse(["NAS.lan.", " 10.0.0.0/8", "192.168.1.5", "fd00::/8", "[::1]", ""])
    assert allowed.covers("nas.lan", ip_address("172.16.0.1"))
    for text in ("10.9.8.7", "192.168.1.5", "fd00::1", "::1"):
        assert allowed.covers("any", ip_address(text))
    for text in ("192.168.1.6", "172.16.0.1", "fe80::1"):
        assert not allowed.covers("any", ip_address(text))


def test_wrong_range_is_an_error() -> None:
    with pytest.raises(ValueError, match=r"10\.0\.0\.0/40"):
        AllowList.parse(["10.0.0.0/40"])
