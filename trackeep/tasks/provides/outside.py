"""What stands in the settings: the calendars that programs subscribe to."""

from trackeep.core.i18n import lazy_gettext as _l
from trackeep.core.slots import SettingsPage

OFFERS = (SettingsPage(title=_l("Calendars"), icon="calendar", endpoint="tasks.calendars_page", order=55),)
