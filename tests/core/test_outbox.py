"""The outbox: letters are written with what causes them, and sent by a job or kept."""

from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage

import pytest
from apiflask import APIFlask
from sqlalchemy import select

from trackeep.core import clock, db, ext, outbox
from trackeep.core.actor import ANONYMOUS, Actor
from trackeep.core.errors import Unauthenticated
from trackeep.core.jobs import JobRow, PassingFailure, PermanentFailure
from trackeep.core.mail import MailFailed, SmtpServer

ADMIN = Actor(user_id=6_401, is_admin=True)


def write(to: str = "ada@example.org") -> None:
    with db.unit_of_work():
        outbox.send(to=to, subject="Hello", text="The secret link")


def states() -> list[tuple[str, str, str]]:
    db.release()
    return [(letter.state, letter.reason, letter.text) for letter in outbox.letters(ADMIN).items]


@pytest.fixture
def smtp(app: APIFlask) -> Iterator[None]:
    ext.settings.bind(replace(ext.settings(), smtp_host="mail.example.org", mail_from="hub@example.org"))
    yield


@pytest.fixture
def sent(smtp: None, monkeypatch: pytest.MonkeyPatch) -> list[EmailMessage]:
    messages: list[EmailMessage] = []
    monkeypatch.setattr(SmtpServer, "send", lambda _server, message: messages.append(message))
    return messages


@pytest.mark.usefixtures("app")
def test_without_a_server_letters_are_kept_to_be_read() -> None:
    write()
    assert states() == [("kept", "", "The secret link")]
    assert db.session().scalars(select(JobRow.id)).all() == []


@pytest.mark.usefixtures("app")
def test_a_rollback_takes_the_letter_back() -> None:
    with pytest.raises(ZeroDivisionError), db.unit_of_work():
        outbox.send(to="ada@example.org", subject="Hello", text="x")
        raise ZeroDivisionError
    assert states() == []


def test_a_letter_is_sent_once_and_its_text_forgotten(sent: list[EmailMessage]) -> None:
    write()
    (job,) = db.session().execute(select(JobRow.name, JobRow.arguments)).all()
    assert job.name == outbox.SEND_JOB
    outbox.deliver(**job.arguments)
    outbox.deliver(**job.arguments)
    assert [message["To"] for message in sent] == ["ada@example.org"]
    assert states() == [("sent", "", "")]


@pytest.mark.usefixtures("smtp")
@pytest.mark.parametrize(("retryable", "raised"), [(True, PassingFailure), (False, PermanentFailure)])
def test_a_failure_is_told(monkeypatch: pytest.MonkeyPatch, retryable: bool, raised: type[Exception]) -> None:
    def fail(_server: SmtpServer, _message: EmailMessage) -> None:
        raise MailFailed("The mail server refused.", retryable=retryable)

    monkeypatch.setattr(SmtpServer, "send", fail)
    write()
    (letter,) = outbox.letters(ADMIN).items
    with pytest.raises(raised):
        outbox.deliver(letter.id)
    assert states() == [("failed", "The mail server refused.", "The secret link")]


def test_a_letter_that_cannot_be_built_is_not_tried_again(sent: list[EmailMessage]) -> None:
    write("a@example.org\nBcc: all@example.org")
    (letter,) = outbox.letters(ADMIN).items
    with pytest.raises(PermanentFailure):
        outbox.deliver(letter.id)
    assert sent == []


@pytest.mark.usefixtures("app")
def test_the_list_is_the_administrators_and_paged() -> None:
    with pytest.raises(Unauthenticated):
        outbox.letters(ANONYMOUS)
    for number in range(3):
        write(f"person{number}@example.org")
    first = outbox.letters(ADMIN, limit=2)
    second = outbox.letters(ADMIN, limit=2, cursor=first.next_cursor)
    assert [letter.recipient[6] for page in (first, second) for letter in page.items] == ["2", "1", "0"]


@pytest.mark.usefixtures("app")
def test_old_letters_are_forgotten() -> None:
    write()
    with clock.freeze(clock.now() + outbox.KEPT * 2):
        outbox.forget_old_letters()
    assert states() == []
