"""What shares offer: a part of the details of what can be shared, a page of the settings, secrets to be sealed anew.

Links are secrets: they are in no archive."""

from trackeep.core.i18n import lazy_gettext as _l
from trackeep.core.slots import Action, ObjectSection, SealedSecrets, SettingsPage
from trackeep.shares import queries, service

OFFERS = (
    ObjectSection(
        name="share",
        title=_l("Share by link"),
        icon="share",
        endpoint="shares.show",
        order=20,
        kinds=lambda: queries.offers().keys(),
    ),
    SettingsPage(title=_l("Shared links"), icon="share", endpoint="shares.own", order=60),
    Action(title=_l("Shared links"), icon="share", endpoint="shares.own", keywords=(_l("public"), _l("publish"))),
    SealedSecrets(title=_l("Shared links"), reseal=service.reseal_tokens),
)
