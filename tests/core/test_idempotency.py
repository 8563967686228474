"""A request that is sent twice takes effect once."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from apiflask import APIFlask
from flask import jsonify
from sqlalchemy import func, select

from tests.people import People
from trackeep import create_app
from trackeep.core import clock, db, ext, idempotency
from trackeep.core.actor import Actor
from trackeep.core.errors import Invalid
from trackeep.core.keyring import KeyRing
from trackeep.core.objects import Object, create_object
from trackeep.core.openapi.document import operations
from trackeep.core.web.idempotent import idempotent

ONE, OTHER = "1" * 64, "2" * 64
# A list of feeds is only looked through: taking it in twice subscribes once.
LOOKED_THROUGH = ("/api/v1/feeds/outlines",)
# Whoever makes an account is nobody yet, and one name is taken once.
BY_NOBODY = ("/api/v1/accounts/registrations", "/api/v1/accounts/invitations/{secret}/accept")


def create(actor: Actor) -> dict[str, Any]:
    assert actor.personal_space_id is not None
    with db.unit_of_work():
        return {"id": create_object("bookmark", actor.personal_space_id, actor)}


def count() -> int:
    return db.session().scalar(select(func.count()).select_from(Object)) or 0


def test_the_second_call_gets_the_first_ones_answer(alice: Actor) -> None:
    first = idempotency.once(alice, "key", ONE, lambda: create(alice))
    second = idempotency.once(alice, "key", ONE, lambda: create(alice))

    assert first == ({"id": first[0]["id"]}, False)
    assert second == (first[0], True)
    assert count() == 1


def test_another_body_or_a_bad_key_is_refused_and_other_people_are_apart(alice: Actor, bob: Actor) -> None:
    idempotency.once(alice, "key", ONE, lambda: create(alice))
    with pytest.raises(Invalid):
        idempotency.once(alice, "key", OTHER, lambda: create(alice))
    for bad in ("", "x" * 201, "a\nb", "ü"):
        with pytest.raises(Invalid):
            idempotency.once(alice, bad, ONE, lambda: create(alice))
    assert not idempotency.once(bob, "key", OTHER, lambda: create(bob))[1]


def test_a_failure_frees_the_key_and_leaves_nothing(alice: Actor) -> None:
    def fail() -> dict[str, Any]:
        create(alice)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        idempotency.once(alice, "key", ONE, fail)
    assert count() == 0
    assert not idempotency.once(alice, "key", ONE, lambda: create(alice))[1]


def test_a_key_is_forgotten_after_a_day(alice: Actor) -> None:
    idempotency.once(alice, "key", ONE, lambda: create(alice))
    idempotency.once(alice, "old", ONE, lambda: create(alice))
    with clock.freeze(clock.now() + timedelta(hours=25)):
        assert not idempotency.once(alice, "key", OTHER, lambda: create(alice))[1]
        idempotency.forget_old()
        kept = db.session().scalars(select(idempotency.IdempotencyKey.key)).all()
    assert kept == ["key"]


def test_parallel_twins_have_one_effect(alice: Actor) -> None:
    answers: list[tuple[dict[str, Any], bool]] = []
    gate = threading.Barrier(8)

    def send() -> None:
        gate.wait()
        answers.append(idempotency.once(alice, "key", ONE, lambda: create(alice)))
        db.release()

    threads = [threading.Thread(target=send) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert count() == 1
    assert len({answer[0]["id"] for answer in answers}) == 1
    assert sorted(answer[1] for answer in answers) == [False] + [True] * 7


def test_the_header_makes_a_route_repeatable(app: APIFlask) -> None:
    own = create_app(ext.settings())  # the shared one takes no route any more
    people = People(own)
    alice = people.add("alice")

    @own.post("/api/v1/test-things")
    @idempotent
    def make() -> Any:
        return jsonify(create(alice)), 201, {"Location": "/somewhere"}

    headers = {"Idempotency-Key": "key"}
    browser = people.browser("alice")
    first = browser.post("/api/v1/test-things", json={"title": "a"}, headers=headers)
    again = browser.post("/api/v1/test-things", json={"title": "a"}, headers=headers)
    other = browser.post("/api/v1/test-things", json={"title": "b"}, headers=headers)
    without = browser.post("/api/v1/test-things", json={"title": "a"})

    assert (first.status_code, again.status_code, other.status_code, without.status_code) == (201, 201, 422, 201)
    assert again.json == first.json != without.json
    assert again.headers["Location"] == first.headers["Location"] == "/somewhere"
    assert (first.headers.get("Idempotency-Replayed"), again.headers["Idempotency-Replayed"]) == (None, "true")
    assert count() == 2


def test_a_kept_answer_cannot_be_read_in_the_table_and_only_by_the_key_that_sealed_it(alice: Actor) -> None:
    idempotency.once(alice, "key", ONE, lambda: {"token": "tk_secret"})
    kept = db.session().scalars(select(idempotency.IdempotencyKey.result)).one()
    assert "tk_secret" not in str(kept)

    ext.keyring.bind(KeyRing("another key that was never on the ring"))
    with pytest.raises(Invalid):
        idempotency.once(alice, "key", ONE, lambda: {"token": "other"})


def test_an_answer_is_not_given_to_a_token_with_other_scopes(app: APIFlask) -> None:
    own = create_app(ext.settings())
    people = People(own)
    people.add("alice")

    @own.post("/api/v1/bookmarks/test-secrets")
    @idempotent
    def make() -> Any:
        return jsonify({"secret": 1}), 201

    headers = {"Idempotency-Key": "key"}
    assert people.browser("alice").post("/api/v1/bookmarks/test-secrets", json={}, headers=headers).status_code == 201
    headers |= people.holder("alice", "bookmarks:write")
    assert own.test_client().post("/api/v1/bookmarks/test-secrets", json={}, headers=headers).status_code == 422


def test_every_route_that_creates_takes_the_key_and_says_so(app: APIFlask) -> None:
    document = app.test_client().get("/api/v1/openapi.json").get_json()
    takes = [{"$ref": "#/components/parameters/IdempotencyKey"}]
    makes = {
        path: takes[0] in operation["parameters"]
        for path, method, operation in operations(document)
        if method == "post" and "201" in operation["responses"] and path not in (*BY_NOBODY, *LOOKED_THROUGH)
    }
    assert len(makes) >= 7
    assert [path for path, does in makes.items() if not does] == []
    assert document["paths"]["/api/v1/portability/archives"]["post"]["parameters"] == takes
