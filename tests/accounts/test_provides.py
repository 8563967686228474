"""What accounts offer to others."""

import base64
import io

import orjson
from apiflask import APIFlask
from PIL import Image

from tests import statements
from tests.accounts.visitors import Account
from trackeep.accounts import provides
from trackeep.accounts import service as accounts
from trackeep.core.slots import Handle, slots


def test_names_and_actors_of_people(ada: Account, bob: Account) -> None:
    assert slots.names_of([ada.id, bob.id, 999_999]) == {ada.id: "ada", bob.id: "bob"}
    actor = slots.actor_of(bob.id)
    assert actor is not None
    assert (actor.roles, actor.session_id, actor.scopes) == (bob.actor.roles, None, None)
    accounts.disable_person(ada.actor, bob.id)
    assert slots.actor_of(bob.id) is None


def test_user_names_are_told_with_whether_they_may_sign_in(ada: Account, bob: Account) -> None:
    accounts.disable_person(ada.actor, bob.id)
    handles = slots.handles_of([ada.id, bob.id, 999_999])
    assert handles == {
        ada.id: Handle(username="ada", name="ada", active=True),
        bob.id: Handle(username="bob", name="bob", active=False),
    }


def test_the_export_holds_the_profile_with_its_picture_devices_and_tokens_and_no_secret(bob: Account) -> None:
    accounts.set_avatar(bob.actor, picture())
    token = accounts.create_token(bob.actor, name="phone", scopes=["accounts:read"])
    actor = slots.actor_of(bob.id)
    assert actor is not None, "archives are made by a job"
    content = b"".join(provides.export_profile(actor))

    profile = orjson.loads(content)
    assert profile["username"] == "bob"
    assert base64.b64decode(profile["avatar"].removeprefix("data:image/webp;base64,")).startswith(b"RIFF")
    assert [(each["name"], each["scopes"]) for each in profile["tokens"]] == [("phone", ["accounts:read"])]
    assert {"device", "address", "created_at"} <= set(profile["sessions"][0])
    assert b"argon2" not in content
    assert token.token.encode() not in content


def picture() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (300, 200), "teal").save(file, "PNG")
    return file.getvalue()


def test_the_frame_costs_one_query(app: APIFlask, bob: Account) -> None:
    with app.test_request_context(), statements.counted() as sent:
        frame = provides.frame(bob.actor)
    assert len(sent) == 1
    assert frame["current_user"] == provides.CurrentUser("bob", "bob@example.org", None, False)
