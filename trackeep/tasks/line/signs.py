"""Words with a sign in front: #tag, @person, +project, /section, p1, !high."""

from dataclasses import dataclass
from typing import Literal

from trackeep.tasks.line.hits import Scene
from trackeep.tasks.line.pieces import Word

MAX_NAME = 100
SignKind = Literal["tag", "person", "project", "section", "priority"]
_KINDS: dict[str, SignKind] = {"#": "tag", "@": "person", "+": "project", "/": "section"}
_LEVELS = {"1": 4, "2": 3, "3": 2, "4": 1}


@dataclass(frozen=True, slots=True)
class SignHit:
    stop: int
    kind: SignKind
    name: str = ""
    priority: int = 0
    doubtful: bool = False


def sign_at(scene: Scene, place: int) -> SignHit | None:
    word = scene.words[place]
    if word.sign:
        kind = _KINDS[word.sign]
        return SignHit(place + 1, kind, word.name.strip()) if _is_name(word) else None
    level = _level(scene, scene.key(place))
    return None if level is None else SignHit(place + 1, "priority", priority=level)


def _is_name(word: Word) -> bool:
    """#12 is a number, +49 begins one, and /etc/hosts is a path."""
    name = word.name.strip()
    if not 0 < len(name) <= MAX_NAME or not any(sign.isalnum() for sign in name):
        return False
    if word.sign == "#":
        return not name.isdigit()
    if word.sign == "@":
        return name[0].isalpha() or bool(word.key == "")
    return name[0].isalpha() and (word.sign == "+" or "/" not in name)


def _level(scene: Scene, key: str) -> int | None:
    """p1 is the highest; "!" takes a number or a name."""
    if len(key) == 2 and key[0] in "p!":
        return _LEVELS.get(key[1])
    return scene.lexicon.priorities.get(key[1:]) if key.startswith("!") else None
