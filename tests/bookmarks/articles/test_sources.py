"""The source of a page, packed and unpacked."""

import pytest

from trackeep.bookmarks.articles.sources import MAX_BYTES, can_be_read, is_plain, pack, unpack


def test_what_is_packed_comes_back_decoded() -> None:
    packed = pack("<p>größer</p>".encode("cp1252") * 1_000)

    assert len(packed) < 1_000
    assert unpack(packed, "text/html; charset=windows-1252").startswith("<p>größer</p>")


def test_no_more_than_the_limit_is_kept() -> None:
    assert len(unpack(pack(b"a" * (MAX_BYTES + 9)), "text/html")) == MAX_BYTES


def test_what_we_did_not_pack_is_refused() -> None:
    with pytest.raises(ValueError, match="damaged"):
        unpack(b"not packed", "text/html")


@pytest.mark.parametrize(
    ("content_type", "readable", "plain"),
    [
        ("text/html; charset=utf-8", True, False),
        ("application/xhtml+xml", True, False),
        ("", True, False),
        ("Text/Plain", True, True),
        ("application/pdf", False, False),
        ("image/png", False, False),
    ],
)
def test_what_can_be_read(content_type: str, *, readable: bool, plain: bool) -> None:
    assert (can_be_read(content_type), is_plain(content_type)) == (readable, plain)
