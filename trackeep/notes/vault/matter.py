"""Front matter: the YAML block that a Markdown file may begin with, read within bounds and written to come back."""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any

import yaml

_BLOCK = re.compile(r"\A---[ \t]*\n(?P<yaml>.*?)(?:\n|(?<=\n))---[ \t]*(?:\n|\Z)", re.DOTALL)
_LONGEST = 64 * 1024
_MOST_EVENTS = 5_000
_MOST_VALUES = 200
_LONGEST_VALUE = 200
_TRUE = frozenset({"true", "yes", "on"})
Fact = str | bool | date | Iterable[str] | None


class BadMatter(ValueError):
    """The block is no YAML that we take: broken, too large, or with references to itself."""


# The same loader in C where it was built with it: five times as fast.
_Safe: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Safe):  # type: ignore[misc]  # one of two loaders that are safe
    """Texts, lists and tables only: what looks like a date or a number stays as it was written."""

    yaml_implicit_resolvers: dict[str, Any] = {}


def split_matter(text: str) -> tuple[str, str]:
    """The YAML and the body; '' and the whole text where there is none."""
    found = _BLOCK.match(text)
    return (found["yaml"], text[found.end() :]) if found else ("", text)


def read_matter(source: str) -> Mapping[str, Any]:
    """Raises BadMatter. References (``*name``) are refused: a few lines of them would make millions of values."""
    if len(source) > _LONGEST:
        raise BadMatter
    try:
        for number, event in enumerate(yaml.parse(source, Loader=_Loader)):
            if number > _MOST_EVENTS or isinstance(event, yaml.AliasEvent):
                raise BadMatter
        told = yaml.load(source, Loader=_Loader)  # noqa: S506  a safe loader, without even its dates
    except (yaml.YAMLError, RecursionError, ValueError, TypeError) as error:
        raise BadMatter from error
    if told in (None, ""):
        return {}
    if not isinstance(told, dict):
        raise BadMatter
    return {str(key).strip().lower(): value for key, value in told.items()}


def texts_of(value: Any, *, separators: str = ",") -> tuple[str, ...]:
    """A list, or one text with commas between; each once, in order."""
    given = (
        value
        if isinstance(value, list)
        else re.split(f"[{re.escape(separators)}]", value)
        if isinstance(value, str)
        else []
    )
    cleaned = (str(each).strip().lstrip("#")[:_LONGEST_VALUE] for each in given if isinstance(each, str))
    return tuple(dict.fromkeys(each for each in cleaned if each))[:_MOST_VALUES]


def moment_of(value: Any) -> datetime | None:
    """A date or a moment as ISO 8601 writes it; without a zone it counts as UTC."""
    if not isinstance(value, str):
        return None
    try:
        moment = datetime.fromisoformat(value.strip())
    except ValueError:
        return None
    try:
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except OverflowError:
        return None


def is_true(value: Any) -> bool:
    """What YAML calls true, as it was written."""
    return isinstance(value, str) and value.strip().lower() in _TRUE


def write_matter(facts: Mapping[str, Fact]) -> str:
    """The block with its lines, or '' when there is nothing to tell."""
    told = {name: _plain(value) for name, value in facts.items() if value}
    if not told:
        return ""
    return f"---\n{yaml.safe_dump(told, allow_unicode=True, sort_keys=False, width=10_000)}---\n"


def _plain(value: Fact) -> str | bool | list[str]:
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, str | bool) else list(value or ())
