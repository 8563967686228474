"""Whether a bookmark meets the conditions of a rule. What is compared is folded as the search folds it; only a regular
expression sees the text as it is, without regard to case."""

from collections.abc import Callable, Collection
from functools import lru_cache

import regex

from trackeep.bookmarks.rules.patterns import TooLarge, check_size
from trackeep.bookmarks.rules.shapes import Condition, Definition, Field, How, Join
from trackeep.core.i18n import gettext as _
from trackeep.core.tokeniser import fold

LOOKED_AT = 50_000
"""So many characters of a text are looked at."""
SECONDS_EACH = 0.05
PATTERNS = frozenset({How.GLOB, How.REGEX})
Test = Callable[["Subject"], bool]


class Subject:
    """The words of one bookmark, each folded at most once. ``unknown`` are fields that are still to be filled: what is
    said not to be in them cannot be said yet."""

    __slots__ = ("_folded", "_plain", "unknown")

    def __init__(
        self,
        *,
        url: str,
        site: str,
        title: str,
        description: str,
        notes: str = "",
        article: str = "",
        unknown: Collection[Field] = (),
    ) -> None:
        text = "\n".join(filter(None, (title, description, notes, article)))
        values = {Field.URL: url, Field.SITE: site, Field.TITLE: title, Field.DESCRIPTION: description}
        self._plain = {**values, Field.TEXT: text}
        self._folded: dict[Field, str] = {}
        self.unknown = frozenset(unknown)

    def plain(self, field: Field) -> str:
        return self._plain[field][:LOOKED_AT]

    def folded(self, field: Field) -> str:
        found = self._folded.get(field)
        if found is None:
            found = self._folded[field] = fold(self.plain(field))
        return found


class Matcher:
    """The conditions of a rule, made ready to be asked. ``is_timed``: it has patterns, which may take long;
    ``reads_articles``: it looks at what is kept of the pages."""

    def __init__(self, definition: Definition) -> None:
        self._tests = [_test(condition) for condition in definition.conditions]
        self._all = definition.join is Join.ALL
        self.is_timed = any(condition.how in PATTERNS for condition in definition.conditions)
        self.reads_articles = any(condition.field is Field.TEXT for condition in definition.conditions)

    def matches(self, subject: Subject) -> bool:
        """Raises TimeoutError when a pattern takes too long."""
        found = (test(subject) for test in self._tests)
        return all(found) if self._all else any(found)


class BadPattern(Exception):
    """A regular expression that cannot be read; its text is the complaint of the compiler."""


@lru_cache(maxsize=200)
def matcher_of(definition: Definition) -> Matcher:
    """Raises BadPattern."""
    return Matcher(definition)


def pattern_complaint(condition: Condition) -> str:
    """What is wrong with a pattern, in the words of its compiler; empty when nothing is."""
    try:
        _test(condition)
    except BadPattern as error:
        return str(error)
    return ""


def _test(condition: Condition) -> Test:
    plain, field = _plain_test(condition), condition.field
    if not condition.negated:
        return plain
    return lambda subject: field not in subject.unknown and not plain(subject)


def _plain_test(condition: Condition) -> Test:
    field, wanted = condition.field, fold(condition.value)
    if condition.how is How.REGEX:
        return _searching(field, condition.value)
    if condition.how is How.GLOB:
        return _fitting(field, wanted)
    tests: dict[How, Test] = {
        How.CONTAINS: lambda subject: wanted in subject.folded(field),
        How.STARTS: lambda subject: subject.folded(field).startswith(wanted),
        How.ENDS: lambda subject: subject.folded(field).endswith(wanted),
        How.EQUALS: lambda subject: subject.folded(field) == wanted,
    }
    return tests[condition.how]


def _searching(field: Field, pattern: str) -> Test:
    try:
        check_size(pattern)
    except TooLarge as error:
        raise BadPattern(_("it repeats too much, or has flags that are not taken here")) from error
    try:
        search = regex.compile(pattern, regex.IGNORECASE | regex.VERSION0).search
    except (regex.error, ValueError, OverflowError, RecursionError, MemoryError) as error:
        raise BadPattern(str(error) or type(error).__name__) from error
    return lambda subject: search(subject.plain(field), timeout=SECONDS_EACH) is not None


def _fitting(field: Field, wanted: str) -> Test:
    match = regex.compile(_translated(wanted), regex.DOTALL).fullmatch
    return lambda subject: match(subject.folded(field), timeout=SECONDS_EACH) is not None


def _translated(glob: str) -> str:
    """A star is anything, a question mark one character. What stands between two stars is found at its first place and
    never looked for again, so that the time grows with the text alone."""
    first, *others = [_escaped(piece) for piece in glob.split("*")]
    if not others:
        return first
    *middle, last = others
    return first + "".join(f"(?>.*?{piece})" for piece in middle if piece) + f".*{last}"


def _escaped(piece: str) -> str:
    return "".join("." if letter == "?" else regex.escape(letter, special_only=True) for letter in piece)
