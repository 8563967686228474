"""The settings page about one's own data."""

from trackeep.core.i18n import lazy_gettext as _l
from trackeep.core.slots import Action, SettingsPage

OFFERS = (
    SettingsPage(title=_l("Your data"), icon="file-export", endpoint="portability.show_archives", order=60),
    Action(
        title=_l("Export everything"),
        icon="file-export",
        endpoint="portability.show_archives",
        keywords=(_l("archive"), _l("download"), _l("backup")),
    ),
)
