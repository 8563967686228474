"""What is told about a feed beside its entries, in sentences."""

from collections.abc import Mapping

from trackeep.core.i18n import Text, ngettext
from trackeep.core.i18n import lazy_gettext as _l
from trackeep.feeds.parsing import Problem
from trackeep.feeds.states import Remark

PROBLEM_WORDS: Mapping[Problem, Text] = {
    Problem.EMPTY: _l("The site answers with nothing."),
    Problem.WEB_PAGE: _l("This address shows a web page and not a feed."),
    Problem.ENTITIES: _l("The file defines entities of its own. That is how readers are attacked, so it is not read."),
    Problem.NO_FEED: _l("What the site answers is not a feed."),
    Problem.DAMAGED: _l("The feed is so damaged that nothing in it can be read."),
    Problem.TOO_HARD: _l("This feed is built so strangely that it could not be read in time."),
}
"""Why there is no feed to be had from an answer."""


def remark_words(remark: Remark, count: int) -> Text:
    """Empty when there is nothing to tell."""
    if remark is Remark.RENAMED:
        return ngettext(
            "The feed gave %(num)d entry a new name. It is known by its address and was not saved again.",
            "The feed gave %(num)d entries new names. They are known by their addresses and were not saved again.",
            count,
        )
    if remark is Remark.FLOOD:
        return ngettext(
            "All entries had new names and addresses at once; %(num)d that is older than the last look was left out.",
            "All entries had new names and addresses at once; %(num)d that are older than the last look were left out.",
            count,
        )
    if remark is Remark.WAITING:
        return ngettext(
            "%(num)d new entry waits, since the limit of what is saved is reached.",
            "%(num)d new entries wait, since the limit of what is saved is reached.",
            count,
        )
    if remark is Remark.CUT:
        return ngettext(
            "The feed shows more entries than are taken at once; %(num)d was looked at.",
            "The feed shows more entries than are taken at once; %(num)d were looked at.",
            count,
        )
    if remark is Remark.NO_LINKS:
        return ngettext(
            "%(num)d entry has no address that could be saved.",
            "%(num)d entries have no address that could be saved.",
            count,
        )
    return ""
