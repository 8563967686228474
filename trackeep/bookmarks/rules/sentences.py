"""A rule as a sentence, and why one was switched off."""

from collections.abc import Mapping, Sequence

from trackeep.bookmarks.rules.allowance import Reason
from trackeep.bookmarks.rules.shapes import Actions, Condition, Definition, Field, How, Join
from trackeep.core.i18n import LazyString
from trackeep.core.i18n import gettext as _
from trackeep.core.i18n import lazy_gettext as _l

SHOWN = 60

SUBJECTS: Mapping[Field, LazyString] = {
    Field.URL: _l("the address"),
    Field.SITE: _l("the site"),
    Field.TITLE: _l("the title"),
    Field.DESCRIPTION: _l("the description"),
    Field.TEXT: _l("the text"),
}
TESTS: Mapping[tuple[How, bool], LazyString] = {
    (How.CONTAINS, False): _l("contains"),
    (How.CONTAINS, True): _l("does not contain"),
    (How.EQUALS, False): _l("is"),
    (How.EQUALS, True): _l("is not"),
    (How.STARTS, False): _l("starts with"),
    (How.STARTS, True): _l("does not start with"),
    (How.ENDS, False): _l("ends with"),
    (How.ENDS, True): _l("does not end with"),
    (How.GLOB, False): _l("fits the pattern"),
    (How.GLOB, True): _l("does not fit the pattern"),
    (How.REGEX, False): _l("matches the expression"),
    (How.REGEX, True): _l("does not match the expression"),
}
REASONS: Mapping[str, LazyString] = {
    Reason.PAGE: _l("Its pattern took too long on one page, so the rule was switched off. Write it more simply."),
    Reason.SUM: _l("Its pattern took too long on many pages, so the rule was switched off. Write it more simply."),
    Reason.BROKEN: _l("Its regular expression can no longer be read, so the rule was switched off."),
}


def sentence(definition: Definition, collections: Mapping[int, str]) -> str:
    """'When the site is example.org: tag cooking'. ``collections`` are the names of those that are there."""
    when, then = conditions_words(definition), ", ".join(action_words(definition.actions, collections))
    return str(_("When %(conditions)s: %(actions)s", conditions=when, actions=then))


def conditions_words(definition: Definition) -> str:
    joint = _(" and ") if definition.join is Join.ALL else _(" or ")
    return str(joint).join(_condition(each) for each in definition.conditions)


def action_words(actions: Actions, collections: Mapping[int, str]) -> list[str]:
    words: list[str] = []
    if actions.tags:
        words.append(_("tag %(names)s", names=_listed(actions.tags)))
    if actions.collection_ids:
        gone = _("a collection that is gone")
        names = [collections.get(one, gone) for one in actions.collection_ids]
        words.append(_("collect in %(names)s", names=_listed(names)))
    return words + mark_words(actions.marks())


def mark_words(marks: Mapping[str, bool]) -> list[str]:
    texts = {
        ("unread", True): _("mark as unread"),
        ("unread", False): _("mark as read"),
        ("favourite", True): _("mark as favourite"),
        ("archived", True): _("archive"),
        ("shared", False): _("share no longer"),
    }
    return [texts[pair] for pair in marks.items()]


def stopped_words(reason: str | None) -> str:
    return str(REASONS.get(reason or "", ""))


def _condition(condition: Condition) -> str:
    value = condition.value if len(condition.value) <= SHOWN else condition.value[: SHOWN - 1] + "…"
    if condition.field is not Field.SITE:
        value = f"“{value}”"
    return f"{SUBJECTS[condition.field]} {TESTS[condition.how, condition.negated]} {value}"


def _listed(names: Sequence[str]) -> str:
    return str(_(" and ")).join(names)
