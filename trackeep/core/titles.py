"""Titles and names in one line, which show something: what nobody can see, nobody can press."""

import unicodedata

# Not what is unassigned: the signs of a newer Unicode than this Python knows can be seen.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp", "Zs"})
# Letters and signs by their kind, blank by their looks.
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\ufe0e\ufe0f\uffa0")


def one_line(text: str) -> str:
    """The words with one blank between them; empty when they show nothing, such as zero-width signs alone."""
    line = " ".join(text.split())
    return line if any(map(_is_seen, line)) else ""


def _is_seen(sign: str) -> bool:
    return unicodedata.category(sign) not in _UNSEEN and sign not in _BLANK
