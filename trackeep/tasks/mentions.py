"""Names behind an @: which ones a text holds, and how they stand out once it is shown."""

import re
import unicodedata
from collections.abc import Mapping, Sequence

from markupsafe import Markup, escape

MAX_MENTIONS = 20
_MENTION = re.compile(r"(?<![\w@./-])@([\w.-]{2,40})")
_TAG = re.compile(r"""(<[^">]*(?:"[^"]*"[^">]*)*>)""")
_LITERAL = frozenset({"a", "code", "pre"})


def named_in(text: str) -> Sequence[str]:
    """The first names of the text, each once."""
    return list(dict.fromkeys(_bare(name) for name in _MENTION.findall(text)))[:MAX_MENTIONS]


def with_mentions(html: Markup, names: Mapping[str, str]) -> Markup:
    """The same with the user names among ``names`` marked, which lead to what those people are called. In links and
    code an @ means something else. ``html`` is what the Markdown module made."""
    known = {_key(username): name for username, name in names.items()}
    if not known:
        return html

    def token(found: re.Match[str]) -> str:
        bare = _bare(found[1])
        name = known.get(_key(bare))
        if name is None:
            return found[0]
        return f'<span class="mention" title="{escape(name)}">@{bare}</span>{found[1][len(bare) :]}'

    parts, literal = _TAG.split(html), 0
    for at, part in enumerate(parts):
        if at % 2:
            literal += _depth(part)
        elif not literal:
            parts[at] = _MENTION.sub(token, part)
    return Markup("".join(parts))  # noqa: S704  safe before, and what is added is escaped


def _depth(tag: str) -> int:
    """1 for a tag that begins a link or code, -1 for one that ends it."""
    name = re.split(r"[\s>]", tag.strip("</"), maxsplit=1)[0]
    if name not in _LITERAL:
        return 0
    return -1 if tag.startswith("</") else 1


def _bare(name: str) -> str:
    """Without what ends a sentence."""
    return name.rstrip(".-")


def _key(name: str) -> str:
    """Letter case and width make no difference, as where one signs in."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
