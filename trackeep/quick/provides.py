"""What the palette and quick add offer to the home page."""

from collections.abc import Mapping

from trackeep.core.actor import Actor
from trackeep.core.i18n import lazy_gettext as _l
from trackeep.core.slots import Card, QuickAdd, slots


def _capture_box(_actor: Actor) -> Mapping[str, object] | None:
    return {"ready": True} if any(slots.each(QuickAdd)) else None


OFFERS = (
    Card(
        name="capture",
        title=_l("Capture"),
        template="quick/capture.html",
        load=_capture_box,
        order=0,
        wide=True,
        icon="pencil",
    ),
)
