"""Bytes as text, by what the file and the server say, and by what fits."""

import codecs
import re

from trackeep.core.charset import known_charset

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\x00?\x00", "utf-16-le"),
    (b"\x00<\x00?", "utf-16-be"),
)
_DECLARED = re.compile(rb"\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._:-]{1,40})[\"']")
# Everything that XML forbids, and halves of characters.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def text_of(body: bytes, charset: str | None) -> str:
    """The text. ``charset`` is what the server says, which is wrong more often than what the file says; what fits
    nowhere is read as the old Western encoding, with replacements."""
    for name in _candidates(body, charset):
        try:
            return _FORBIDDEN.sub("", body.decode(name))
        except (LookupError, UnicodeError):
            continue
    return _FORBIDDEN.sub("", body.decode("windows-1252", errors="replace"))


def _candidates(body: bytes, charset: str | None) -> list[str]:
    for mark, name in _MARKS:
        if body.startswith(mark):
            return [name]
    declared = _DECLARED.match(body[:400])
    labels = (declared[1].decode() if declared else "", charset or "", "utf-8")
    return [name for label in labels if (name := known_charset(label))]
