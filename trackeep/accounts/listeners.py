"""What follows from facts about accounts."""

from trackeep.accounts import service as accounts
from trackeep.accounts import signals
from trackeep.core.events import listens


@listens(signals.signed_in)
def warm_up(_sender: object, *, user_id: int) -> None:
    """Whoever has just signed in looks at home and at the lists next."""
    accounts.enqueue_warming(user_id)
