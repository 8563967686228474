"""What the shelf offers to the home page."""

from collections.abc import Mapping

from trackeep.core.actor import Actor
from trackeep.core.i18n import lazy_gettext as _l
from trackeep.core.slots import Card
from trackeep_shelf import queries


def _shelf(actor: Actor) -> Mapping[str, object] | None:
    titles = queries.titles(actor)
    return {"titles": titles} if titles else None


OFFERS = (Card(name="shelf", title=_l("Shelf"), template="shelf/card.html", load=_shelf, endpoint="shelf.show"),)
