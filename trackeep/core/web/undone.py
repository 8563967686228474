"""What taking something back left alone, in words."""

from collections.abc import Collection

from flask_babel import ngettext


def kept_words(kept: Collection[int]) -> str:
    """The sentence that follows how much is as before; '' when nothing was kept."""
    if not kept:
        return ""
    return " " + str(ngettext("%(num)d was edited since and stays.", "%(num)d were edited since and stay.", len(kept)))
