"""How long a text is to read."""

import math
import re

WORDS_PER_MINUTE = 230
SIGNS_PER_MINUTE = 500

# Scripts without spaces between words: Chinese, Japanese kana; Korean has spaces.
_SIGNS = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_WORDS = re.compile(r"[^\W_]+(?:['’.,-][^\W_]+)*+")


def words_and_minutes(text: str) -> tuple[int, int]:
    """Number of words (two signs of a script without spaces count as one) and whole minutes, at least 1 if any."""
    signs = len(_SIGNS.findall(text))
    words = len(_WORDS.findall(_SIGNS.sub(" ", text) if signs else text))
    minutes = words / WORDS_PER_MINUTE + signs / SIGNS_PER_MINUTE
    return words + math.ceil(signs / 2), math.ceil(minutes)
