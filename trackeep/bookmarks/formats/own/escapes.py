"""Several texts in one, kept apart by a sign; where a text has the sign itself, a backslash stands before it."""

import re
from collections.abc import Iterable


def escape(text: str, signs: str) -> str:
    return re.sub(rf"([\\{re.escape(signs)}])", r"\\\1", text)


def unescape(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text, flags=re.DOTALL)


def join(texts: Iterable[str], sign: str, *, also: str = "", blank: str = "") -> str:
    """``also`` are further signs that mean something where the text will stand."""
    return f"{sign}{blank}".join(escape(text, sign + also) for text in texts)


def split(text: str, sign: str) -> list[str]:
    """The texts as they were; a nameless one is left out."""
    parts = re.findall(rf"(?:[^\\{re.escape(sign)}]|\\.)+", text, flags=re.DOTALL)
    return [found for found in (unescape(part).strip() for part in parts) if found]
