"""What a tag may be called, and how names nest."""

import re
from collections.abc import Iterable

from trackeep.core.errors import Invalid
from trackeep.core.i18n import gettext as _
from trackeep.core.tokeniser import fold

MAX_LENGTH = 100
MAX_PER_OBJECT = 100
SEPARATOR = "/"
_UNWANTED = re.compile(r"[\x00-\x1f\x7f,]+")


def clean_name(text: str) -> str:
    """The name as it is kept: one blank between words, no leading hash, no empty levels; empty when nothing is left."""
    levels = _UNWANTED.sub(" ", text).strip().lstrip("#").split(SEPARATOR)
    return SEPARATOR.join(" ".join(level.split()) for level in levels if level.strip())


def listed_names(text: str) -> list[str]:
    """The tags of a form's field: separated by commas, which no tag's name can have."""
    return [name for name in re.split(r"[,\n]", text) if name.strip()]


def clean_names(names: Iterable[str]) -> dict[str, str]:
    """Folded name to the name first given; raises Invalid for names that are too long or too many of them."""
    found: dict[str, str] = {}
    for text in names:
        name = clean_name(text)
        if len(name) > MAX_LENGTH:
            raise Invalid(fields={"tags": [_("A tag can have %(limit)s characters at most.", limit=MAX_LENGTH)]})
        if name:
            found.setdefault(folded_name(name), name)
    if len(found) > MAX_PER_OBJECT:
        raise Invalid(fields={"tags": [_("At most %(limit)s tags.", limit=MAX_PER_OBJECT)]})
    return found


def folded_name(name: str) -> str:
    """What two spellings of the same name share; never longer than the column."""
    return fold(name)[:MAX_LENGTH]


def split_names(text: str) -> list[str]:
    """The names in a comma-separated field."""
    return [name for name in (part.strip() for part in text.split(",")) if name]


def is_below(folded: str, ancestor: str) -> bool:
    return folded.startswith(ancestor + SEPARATOR)
