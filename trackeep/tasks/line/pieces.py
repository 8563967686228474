"""A line cut into words, with their places; a backslash or quotes keep what they protect from being understood."""

from dataclasses import dataclass

_QUOTES = {'"': '"', "“": "”", "„": "“"}
_SIGNS = "#@+/"
_AROUND = ",;:!?)"


@dataclass(frozen=True, slots=True)
class Word:
    """``shown`` is what a title says, ``key`` what tables are asked for: empty when the word is protected."""

    start: int
    end: int
    shown: str
    key: str
    sign: str = ""
    name: str = ""
    """What stands behind the sign."""

    @property
    def ends_part(self) -> bool:
        """Whether a comma or the like closes what the word belongs to."""
        return self.shown[-1:] in tuple(_AROUND)


def words(text: str) -> list[Word]:
    found, place = [], 0
    while place < len(text):
        if text[place].isspace():
            place += 1
            continue
        word = _word(text, place)
        found.append(word)
        place = word.end
    return found


def bare(text: str) -> str:
    """Without the punctuation that follows a word in a sentence."""
    return text.rstrip(_AROUND)


def _word(text: str, start: int) -> Word:
    sign = text[start] if text[start] in _SIGNS else ""
    opening = start + len(sign)
    closing = _closing(text, opening)
    end = _end_of_word(text, max(closing, start))
    shown = text[start:end]
    if closing:
        return (
            Word(start, end, shown, "", sign, text[opening + 1 : closing - 1]) if sign else Word(start, end, shown, "")
        )
    if shown.startswith("\\") and not shown.startswith("\\\\") and len(shown) > 1:
        return Word(start, end, shown[1:], "")
    name = bare(shown[len(sign) :]).rstrip(".") if sign else ""
    return Word(start, end, shown, bare(shown).casefold(), sign, name)


def _closing(text: str, opening: int) -> int:
    """Behind the quote that closes the one at this place; 0 when there is none, or nothing inside."""
    quote = _QUOTES.get(text[opening : opening + 1], "")
    place = text.find(quote, opening + 1) if quote else -1
    return place + 1 if place > opening + 1 else 0


def _end_of_word(text: str, place: int) -> int:
    while place < len(text) and not text[place].isspace():
        place += 1
    return place
