"""Turns the bytes of a page into text, whatever encoding it claims or has."""

import codecs
import re

from trackeep.core.charset import known_charset

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_HEADER = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE)
_META = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE)
_META_WITHIN = 4_096


def decode(body: bytes, content_type: str) -> str:
    """The text; what cannot be decoded is replaced. A mark in the file goes before the header, the header before
    what the page says, and a page that says nothing is UTF-8 if it can be, else Western European."""
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(encoding, "replace")
    header = _HEADER.search(content_type)
    meta = _META.search(body[:_META_WITHIN])
    named = known_charset(header[1] if header else "") or known_charset(meta[1].decode("ascii") if meta else "")
    if named.startswith("utf-16") and header is None:
        named = "utf-8"  # a page that could be read so far cannot be UTF-16
    if named:
        return body.decode(named, "replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        # A page that was cut may end inside a character; whole ones before it tell that it is UTF-8.
        cut = error.start > len(body) - 4 and not body[: error.start].isascii()
        return body.decode("utf-8" if cut else "cp1252", "replace")
