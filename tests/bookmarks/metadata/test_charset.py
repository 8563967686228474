"""Pages in the encodings that they claim or have."""

import pytest

from trackeep.bookmarks.metadata.charset import decode


@pytest.mark.parametrize(
    ("body", "content_type", "text"),
    [
        ("é".encode(), "text/html", "é"),
        ("é".encode("cp1252"), "text/html", "é"),
        ("„é“".encode("cp1252"), "text/html; charset=ISO-8859-1", "„é“"),
        ("я".encode("cp1251"), 'text/html; charset="windows-1251"', "я"),
        ("é".encode("utf-8-sig"), "text/html; charset=latin1", "é"),
        ("é".encode("utf-16"), "text/html", "é"),
        ("日本".encode("shift_jis"), "text/html;charset=Shift_JIS", "日本"),
        ("é".encode(), "text/html; charset=rot13", "é"),
        ("é".encode(), "text/html; charset=utf-7", "é"),
        ("é".encode(), "text/html; charset=unicode_escape", "é"),
        ("é".encode(), "text/html; charset=\u00fc", "é"),
        ("é".encode() * 10 + b"\xc3", "text/html", "é" * 10 + "\ufffd"),
        (b"a\xff\xfe", "text/html; charset=utf-8", "a\ufffd\ufffd"),
    ],
)
def test_text_of_bytes(body: bytes, content_type: str, text: str) -> None:
    assert decode(body, content_type) == text


@pytest.mark.parametrize(
    ("label", "encoding"), [("gb2312", "gb18030"), ("euc-kr", "cp949"), ("windows-1252", "cp1252"), ("utf-16", "utf-8")]
)
def test_what_the_page_says_counts_when_the_header_is_silent(label: str, encoding: str) -> None:
    markup = f'<meta http-equiv="Content-Type" content="text/html; charset={label}"><title>'
    text = {"gb18030": "中文", "cp949": "한국"}.get(encoding, "é")
    assert decode((markup + text).encode(encoding), "text/html") == markup + text
    assert decode((markup + "é").encode(), "text/html; charset=utf-8") == markup + "é"
