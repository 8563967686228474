"""Code in fences coloured by classes, for languages that are known, and blocks of a size that people write."""

import re
from functools import lru_cache
from html import unescape

from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name

_BLOCK = re.compile(r'<pre lang="(?P<name>[^"]*)"><code>(?P<code>[^<]*)</code></pre>')
_LARGEST_BLOCK = 4_000
_ODD = re.compile(r"[^\n]{200}|\s{100}")
_LARGEST_TOTAL = 40_000
_COST_OF_BLOCK = 200
# Pygments knows six hundred, many of which take the square of the time for odd texts; these are tried with hostile
# ones, and what makes them slow are long blocks, lines and gaps.
LANGUAGES = frozenset(
    "bash c cpp css diff docker go html ini javascript js json jsx kotlin lua markdown md nginx"
    " php powershell py python rb ruby rs rust sh shell sql swift toml ts tsx typescript xml yaml yml zsh".split()
)


def with_colours(html: str) -> str:
    """The blocks that fit, with ``span`` around what has a colour; the others as they are."""
    left = _LARGEST_TOTAL

    def block(found: re.Match[str]) -> str:
        nonlocal left
        name, size = found["name"].lower(), len(found["code"])
        if name not in LANGUAGES or size > min(_LARGEST_BLOCK, left) or _ODD.search(found["code"]):
            return found[0]
        left -= size + _COST_OF_BLOCK
        code = highlight(unescape(found["code"]), _lexer(name), _formatter())
        return f'<pre lang="{found["name"]}"><code>{code}</code></pre>'

    return _BLOCK.sub(block, html)


@lru_cache(maxsize=len(LANGUAGES))
def _lexer(name: str) -> Lexer:
    return get_lexer_by_name(name, stripnl=False, ensurenl=False)


@lru_cache(maxsize=1)
def _formatter() -> HtmlFormatter[str]:
    return HtmlFormatter(nowrap=True)
