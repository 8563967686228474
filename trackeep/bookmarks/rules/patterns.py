"""How large a regular expression becomes when it is made ready: a counted repetition is written out, and nested ones
multiply. A line of twenty letters could fill the memory of the server."""

import re

LARGEST = 5_000
"""So many single steps an expression may have."""
_COUNT = re.compile(r"\{(\d{1,12})?(,)?(\d{1,12})?\}")
_NAMED = re.compile(r"\\[pPN]\{[^{}]{0,100}\}")
# Flags that change how the rest is to be read.
_FLAGS = re.compile(r"\(\?[a-zA-Z0-9]*[xV]")


class TooLarge(Exception):
    """The expression would be larger than ``LARGEST``."""


def check_size(pattern: str) -> None:
    """Raises TooLarge. What is not understood counts as one step: whether it can be read is for the compiler to say."""
    if _FLAGS.search(pattern):
        raise TooLarge()
    # Steps before each open group; then those that are complete, and those of the part that a count may follow.
    groups: list[int] = []
    done, last, place = 0, 0, 0
    while place < len(pattern):
        letter = pattern[place]
        count = _COUNT.match(pattern, place) if letter == "{" else None
        if count:
            last *= max(1, int(count[1] or 0), int(count[3] or 0))
            place = count.end()
        elif letter == "(":
            groups.append(done + last)
            done, last, place = 0, 0, place + 1
        elif letter == ")" and groups:
            inner = done + last
            done, last = groups.pop(), max(inner, 1)
            place += 1
        else:
            done, last, place = done + last, 1, _after(pattern, place)
        if done + last > LARGEST:
            raise TooLarge()


def _after(pattern: str, place: int) -> int:
    """Where what stands here ends: one letter, an escaped one, or a set."""
    if pattern[place] == "\\":
        named = _NAMED.match(pattern, place)
        return named.end() if named else place + 2
    if pattern[place] == "[":
        return _after_set(pattern, place)
    return place + 1


def _after_set(pattern: str, place: int) -> int:
    start = place + (2 if pattern[place + 1 : place + 2] == "^" else 1)
    # A bracket that stands first belongs to the set.
    position = start + 1
    while position < len(pattern) and pattern[position] != "]":
        position += 2 if pattern[position] == "\\" else 1
    return position + 1
