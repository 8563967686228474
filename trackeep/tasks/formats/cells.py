"""How cells of our own table hold what is more than a word: several texts in one, and texts that look like formulas."""

import re
from collections.abc import Iterable

_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
# A cell that begins like this is a formula to a spreadsheet. An apostrophe in front makes it text; one more keeps an
# apostrophe of its own.
_FORMULA = re.compile(r"[=+\-@\t\r']")


def joined(texts: Iterable[str], sign: str) -> str:
    """A backslash keeps the sign inside of a text."""
    return f"{sign} ".join(re.sub(rf"([\\{re.escape(sign)}])", r"\\\1", text) for text in texts)


def parted(cell: str, sign: str) -> list[str]:
    """The texts that were joined, without empty ones."""
    found = re.findall(rf"(?:[^\\{re.escape(sign)}]|\\.)+", cell, flags=re.DOTALL)
    texts = (_ESCAPED.sub(r"\1", part).strip() for part in found)
    return [text for text in texts if text]


def guarded(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell, 1) else cell
