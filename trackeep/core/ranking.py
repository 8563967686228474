"""How well a typed text fits a title: pure, bounded, and the same for actions, places and things."""

import unicodedata

MAX_TITLE = 200
_EXACT, _START, _WORD, _INSIDE, _WORDS, _LETTERS = 1.0, 0.9, 0.8, 0.6, 0.55, 0.3


def folded(text: str) -> str:
    """Lower case without accents, so that 'cafe' finds 'Café'."""
    plain = unicodedata.normalize("NFKD", text[:MAX_TITLE].casefold())
    return " ".join("".join(letter for letter in plain if not unicodedata.combining(letter)).split())


def fit(query: str, title: str) -> float:
    """From 0 (does not fit) to 1 (is the same); both are folded already. Shorter titles win among equals."""
    if not query:
        return 0.0
    base = _base(query, title)
    return base and base + 0.05 * min(len(query) / max(len(title), 1), 1)


def best_fit(query: str, title: str, keywords: tuple[str, ...]) -> float:
    """The fit of the title or, a little weaker, of the best keyword."""
    return max([fit(query, folded(title)), *(0.9 * fit(query, folded(word)) for word in keywords)])


def _base(query: str, title: str) -> float:
    if title == query:
        return _EXACT
    if title.startswith(query):
        return _START
    if f" {query}" in f" {title}":
        return _WORD
    if query in title:
        return _INSIDE
    if all(f" {word}" in f" {title}" for word in query.split()):
        return _WORDS
    return _LETTERS if _in_order(query.replace(" ", ""), title) else 0.0


def _in_order(letters: str, title: str) -> bool:
    """Whether the letters appear in this order, the first one at the beginning of a word."""
    start = f" {title}".find(f" {letters[:1]}")
    if start < 0 or len(letters) < 2:
        return False
    rest = iter(title[start:])
    return all(letter in rest for letter in letters)
