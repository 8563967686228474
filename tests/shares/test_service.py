"""Links made, changed and revoked, and by whom."""

import pytest
from sqlalchemy import select

from tests.people import People
from tests.shares.test_public import link, seal, write
from trackeep.core import db, ext
from trackeep.core.actor import Actor, Role
from trackeep.core.errors import Forbidden, Invalid, NotFound
from trackeep.core.keyring import KeyRing
from trackeep.notes import service as notes
from trackeep.shares import queries, service
from trackeep.shares.drafts import ShareChanges, ShareDraft
from trackeep.shares.models import ObjectShare


@pytest.fixture
def alice(people: People) -> Actor:
    return people.add("alice")


def test_a_stranger_neither_sees_changes_nor_revokes(people: People, alice: Actor) -> None:
    bob = people.add("bob")
    note_id = write(alice, "Plans")
    share_id, _url = link(alice, note_id)
    for attempt in (
        lambda: queries.get_share(bob, share_id),
        lambda: queries.list_shares(bob, object_id=note_id),
        lambda: service.change_share(bob, share_id, ShareChanges(allow_download=True)),
        lambda: service.revoke_share(bob, share_id),
        lambda: service.create_share(bob, ShareDraft(object_id=note_id)),
    ):
        with pytest.raises(NotFound):
            attempt()


def test_who_may_only_read_may_not_give_away(people: People, alice: Actor) -> None:
    people.add("bob")
    bob = people.join("bob", alice.personal_space_id or 0, Role.VIEWER)
    with pytest.raises(Forbidden):
        service.create_share(bob, ShareDraft(object_id=write(alice, "Plans")))


def test_who_may_only_read_learns_of_no_draft(people: People, alice: Actor) -> None:
    people.add("bob")
    bob = people.join("bob", alice.personal_space_id or 0, Role.VIEWER)
    draft = write(alice, "Salaries")
    notes.mark_notes(alice, [draft], is_draft=True)
    with pytest.raises(NotFound):
        service.create_share(bob, ShareDraft(object_id=draft))


def test_a_link_dies_with_the_rights_of_its_maker(people: People, alice: Actor) -> None:
    people.add("bob")
    space_id = alice.personal_space_id or 0
    bob = people.join("bob", space_id, Role.MEMBER)
    note_id = write(alice, "Plans")
    share_id, url = link(bob, note_id)
    assert people.browser().get(url).status_code == 200
    assert queries.get_share(alice, share_id).token is None
    people.join("bob", space_id, Role.VIEWER)
    assert people.browser().get(url).status_code == 404
    people.join("bob", space_id, Role.MEMBER)
    service.revoke_share(alice, share_id)
    assert people.browser().get(url).status_code == 404


def test_an_encrypted_note_and_a_guessable_password_are_refused(alice: Actor) -> None:
    note_id = write(alice, "Plans")
    with pytest.raises(Invalid):
        service.create_share(alice, ShareDraft(object_id=note_id, password="password"))
    seal(alice, note_id)
    with pytest.raises(Invalid):
        service.create_share(alice, ShareDraft(object_id=note_id))


def test_the_table_holds_no_token_and_forgets_it_when_revoked(alice: Actor) -> None:
    share_id, url = link(alice, write(alice, "Plans"))
    row = db.session().execute(select(ObjectShare.token_hash, ObjectShare.token_sealed)).one()
    assert url.removeprefix("/s/") not in row.token_hash + row.token_sealed
    db.release()
    service.revoke_share(alice, share_id)
    assert db.session().scalar(select(ObjectShare.token_sealed)) == ""


def test_secrets_follow_a_new_key(alice: Actor) -> None:
    share_id, url = link(alice, write(alice, "Plans"))
    old = ext.settings().secret_key
    ext.keyring.bind(KeyRing("a new key of the server", [old]))
    assert service.reseal_tokens() == 1
    ext.keyring.bind(KeyRing("a new key of the server"))
    assert f"/s/{queries.get_share(alice, share_id).token}" == url
    ext.keyring.bind(KeyRing("yet another"))
    assert queries.get_share(alice, share_id).token is None
