"""What visitors with a link see, and what they never do."""

import io
from datetime import timedelta
from zipfile import ZipFile

import pytest

from tests.people import Browser, People
from trackeep.core import clock
from trackeep.core.actor import Actor
from trackeep.core.errors import Invalid
from trackeep.notes import service as notes
from trackeep.notes.drafts import NoteDraft
from trackeep.shares import queries, service
from trackeep.shares.drafts import ShareChanges, ShareDraft
from trackeep.shares.views.public import HEADERS

PASSWORD = "quiet lamp over river"


@pytest.fixture
def alice(people: People) -> Actor:
    return people.add("alice")


@pytest.fixture
def visitor(people: People, alice: Actor) -> Browser:
    return people.browser()


def write(actor: Actor, title: str, body: str = "Some words", parent_id: int | None = None) -> int:
    space_id = actor.personal_space_id or 0
    return notes.create_note(actor, space_id, NoteDraft(title=title, body=body, parent_id=parent_id))


def seal(actor: Actor, note_id: int) -> None:
    sealed = notes.Sealed(cipher_text="Y" * 64, salt="c" * 24, iv="aXZpdml2aXZpdml2", iterations=600_000)
    notes.seal_note(actor, note_id, sealed, version=1)


def link(actor: Actor, object_id: int, **options: object) -> tuple[int, str]:
    share_id = service.create_share(actor, ShareDraft(object_id=object_id, **options))  # type: ignore[arg-type]  # as named
    return share_id, f"/s/{queries.get_share(actor, share_id).token}"


def test_a_link_shows_the_note_and_its_name_but_no_account(alice: Actor, visitor: Browser) -> None:
    _id, url = link(alice, write(alice, "<script>x</script> plans", "**Bold**"))
    answer = visitor.get(url)
    assert (answer.status_code, "<strong>Bold</strong>" in answer.text) == (200, True)
    assert "&lt;script&gt;x&lt;/script&gt; plans" in answer.text
    assert "<script" not in answer.text
    assert "Alice" in answer.text
    assert "alice@example.org" not in answer.text
    for name, value in HEADERS.items():
        assert answer.headers.getlist(name) == [value]
    assert "Set-Cookie" not in answer.headers


def test_every_link_that_leads_nowhere_answers_alike(alice: Actor, visitor: Browser) -> None:
    revoked, first = link(alice, write(alice, "One"))
    service.revoke_share(alice, revoked)
    ended, second = link(alice, write(alice, "Two"), expires_at=clock.now() + timedelta(seconds=0.05))
    trashed = write(alice, "Three")
    _id, third = link(alice, trashed)
    notes.trash_notes(alice, [trashed])
    sealed = write(alice, "Four")
    _id, fourth = link(alice, sealed)
    seal(alice, sealed)
    while not queries.get_share(alice, ended).is_over:
        pass
    answers = [visitor.get(url) for url in (first, second, third, fourth, "/s/wrong", f"{third}/file", f"{third}/1")]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.text for answer in answers}) == 1
    assert visitor.post(first, {"password": "x"}).text == answers[0].text


def test_revoking_holds_at_once_and_forgets_the_secret(alice: Actor, visitor: Browser) -> None:
    share_id, url = link(alice, write(alice, "One"), allow_download=True)
    assert visitor.get(url).status_code == 200
    service.revoke_share(alice, share_id)
    assert (visitor.get(url).status_code, visitor.get(f"{url}/file").status_code) == (404, 404)


def test_without_children_nothing_else_is_reached(alice: Actor, visitor: Browser) -> None:
    root = write(alice, "Root", "See [[Child]] and [[Nowhere]]")
    child = write(alice, "Child", parent_id=root)
    _id, url = link(alice, root)
    assert '<a class="wikilink' not in visitor.get(url).text
    assert visitor.get(f"{url}/{child}").status_code == 404


def test_a_tree_shows_what_is_below_and_nothing_beside(alice: Actor, visitor: Browser) -> None:
    top = write(alice, "Top")
    root = write(alice, "Root", "See [[Child]], [[Beside]], [[Secret]]", top)
    child = write(alice, "Child", "Below", root)
    secret = write(alice, "Secret", parent_id=root)
    under = write(alice, "Under the secret", parent_id=secret)
    beside = write(alice, "Beside", "Not for you", top)
    seal(alice, secret)
    _id, url = link(alice, root, include_children=True)
    text = visitor.get(url).text
    assert text.count(f'href="{url}/{child}"') == 3  # in the text, in the tree, and below the text
    assert f"{url}/{beside}" not in text
    assert f"{url}/{secret}" not in text
    assert "Below" in visitor.get(f"{url}/{child}").text
    for note_id in (top, beside, secret, under, 2**63, 10**30):
        assert visitor.get(f"{url}/{note_id}").status_code == 404


def test_a_file_only_where_it_is_allowed_and_only_of_what_is_shown(alice: Actor, visitor: Browser) -> None:
    root = write(alice, "../../etc/passwd")
    write(alice, "..", "Dots", root)
    secret = write(alice, "Secret", parent_id=root)
    seal(alice, secret)
    share_id, url = link(alice, root, include_children=True)
    assert visitor.get(f"{url}/file").status_code == 404
    service.change_share(alice, share_id, ShareChanges(allow_download=True))
    answer = visitor.get(f"{url}/file")
    names = ZipFile(io.BytesIO(answer.data)).namelist()
    assert all(".." not in name.split("/") and not name.startswith("/") for name in names)
    assert len(names) == 2
    assert not any("Secret" in name for name in names)
    item = queries.get_share(alice, share_id)
    assert (item.download_count, item.view_count) == (1, 0)


def test_a_password_stands_before_everything(alice: Actor, visitor: Browser) -> None:
    share_id, url = link(alice, write(alice, "Plans", "Hidden words"), password=PASSWORD, allow_download=True)
    door = visitor.get(url)
    assert "Plans" not in door.text + visitor.get(f"{url}/file").text
    assert visitor.post(url, {"password": "wrong"}).status_code == 422
    opened = visitor.post(url, {"password": PASSWORD})
    assert (opened.status_code, f"Path={url}" in opened.headers["Set-Cookie"]) == (303, True)
    assert "Hidden words" in visitor.get(url).text
    service.change_share(alice, share_id, ShareChanges(password="another lamp over river"))
    assert "Hidden words" not in visitor.get(url).text


def test_guesses_are_limited(alice: Actor, visitor: Browser) -> None:
    _id, url = link(alice, write(alice, "Plans"), password=PASSWORD)
    codes = [visitor.post(url, {"password": f"guess {number}"}).status_code for number in range(30)]
    assert codes[-1] == 429
    assert visitor.post(url, {"password": PASSWORD}).status_code == 429


def test_views_are_counted(alice: Actor, visitor: Browser) -> None:
    share_id, url = link(alice, write(alice, "Plans"))
    for _number in range(3):
        visitor.get(url)
    assert queries.get_share(alice, share_id).view_count == 3


def test_a_draft_is_on_no_link_until_it_is_published(alice: Actor, visitor: Browser) -> None:
    root = write(alice, "Handbook", "See [[Salaries]].")
    draft = write(alice, "Salaries", parent_id=root)
    below = write(alice, "Below it", parent_id=draft)
    notes.mark_notes(alice, [draft], is_draft=True)
    _id, url = link(alice, root, include_children=True, allow_download=True)
    assert "Salaries</a>" not in visitor.get(url).text
    for page in (draft, below):
        assert visitor.get(f"{url}/{page}").status_code == 404
    assert b"Below it" not in visitor.get(f"{url}/file").data
    with pytest.raises(Invalid):
        link(alice, draft)
    notes.mark_notes(alice, [draft], is_draft=False)
    assert visitor.get(f"{url}/{below}").status_code == 200
    notes.mark_notes(alice, [root], is_draft=True)
    assert visitor.get(url).status_code == 404
