"""What accounts offer to others."""

import orjson
from apiflask import APIFlask

from tests import statements
from tests.accounts.visitors import Account
from trackeep.accounts import provides
from trackeep.accounts import service as accounts
from trackeep.core.slots import slots


def test_names_and_actors_of_people(ada: Account, bob: Account) -> None:
    assert slots.names_of([ada.id, bob.id, 999_999]) == {ada.id: "ada", bob.id: "bob"}
    actor = slots.actor_of(bob.id)
    assert actor is not None
    assert (actor.roles, actor.session_id, actor.scopes) == (bob.actor.roles, None, None)
    accounts.disable_person(ada.actor, bob.id)
    assert slots.actor_of(bob.id) is None


def test_the_export_holds_the_profile_and_no_secret(bob: Account) -> None:
    content = b"".join(provides.export_profile(bob.actor))
    assert orjson.loads(content)["username"] == "bob"
    assert b"argon2" not in content


def test_the_frame_costs_one_query(app: APIFlask, bob: Account) -> None:
    with app.test_request_context(), statements.counted() as sent:
        frame = provides.frame(bob.actor)
    assert len(sent) == 1
    assert frame["current_user"] == provides.CurrentUser("bob", "bob@example.org", None, False)
