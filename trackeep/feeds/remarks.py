"""What is told about a feed beside its entries, in sentences."""

from trackeep.core.i18n import Text, ngettext
from trackeep.feeds.states import Remark


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
