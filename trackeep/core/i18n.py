"""Translation for modules that must not know the web framework; English outside of a request."""

from flask_babel import gettext as _gettext
from flask_babel import lazy_gettext, ngettext
from flask_babel.speaklater import LazyString

Text = str | LazyString
"""A word for the user: already translated, or translated when it is shown."""

gettext = _gettext

__all__ = ["LazyString", "Text", "gettext", "lazy_gettext", "ngettext"]
