"""Facts are heard after the commit, by the listeners of domains that are switched on."""

import pytest

from trackeep.core import db, events
from trackeep.core.actor import Actor
from trackeep.core.events import Fact, listens

happened = Fact("happened")
HEARD: list[int] = []


@listens(happened)
def hear(_fact: Fact, *, id: int) -> None:
    HEARD.append(id)


def test_a_fact_is_heard_once_it_is_true(alice: Actor) -> None:
    HEARD.clear()
    events.connect_listeners([hear])
    try:
        with db.unit_of_work():
            happened.announce(id=7)
            assert HEARD == []
        with pytest.raises(RuntimeError, match="no"), db.unit_of_work():
            happened.announce(id=8)
            raise RuntimeError("no")
    finally:
        events.disconnect_listeners([hear])
    happened.announce(id=9)

    assert HEARD == [7]
