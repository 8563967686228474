"""Letters cannot be bent by what is in them, and the sender copes with good, bad and slow servers."""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default
from threading import Event, Thread

import pytest

from trackeep.core import clock
from trackeep.core.mail import Letter, MailFailed, MailRefused, Security, SmtpServer, build

SENDER = "trackeep@example.org"


def test_letter_has_both_forms_and_its_headers() -> None:
    letter = Letter("bob@example.org", "Grüße ✓", "Hello", html="<p>Hello</p>", to_name="Bob, the builder")
    with clock.freeze(datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)):
        message = message_from_bytes(build(letter, sender=SENDER).as_bytes(), policy=default)
    assert message["To"] == '"Bob, the builder" <bob@example.org>'
    assert message["From"] == "Trackeep <trackeep@example.org>"
    assert message["Subject"] == "Grüße ✓"
    assert message["Date"] == "Wed, 04 Mar 2026 05:06:07 +0000"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Message-ID"].endswith("@example.org>")
    parts = [(part.get_content_type(), part.get_content().strip()) for part in message.iter_parts()]
    assert parts == [("text/plain", "Hello"), ("text/html", "<p>Hello</p>")]


@pytest.mark.parametrize(
    "letter",
    [
        Letter("bob@example.org\r\nBcc: eve@example.org", "s", "t"),
        Letter("bob@example.org", "s\nBcc: eve@example.org", "t"),
        Letter("bob@example.org", "s", "t", to_name="Bob\r\nBcc: eve@example.org"),
        Letter("bob@example.org", "s", "t", reply_to="x@y.org\n"  "X: y"),
        Letter("bob@example.org", "nul\x00", "t"),
        Letter("bob@example.org", "separator\u2028", "t"),
        Letter("bob@example.org", "surrogate\ud800", "t"),
        Letter("bob@example.org, eve@example.org", "s", "t"),
        Letter("<bob@example.org>", "s", "t"),
        Letter("bob", "s", "t"),
        Letter("", "s", "t"),
        Letter("@", "s", "t"),
        Letter("bob@", "s", "t"),
        Letter("bob@" + "ü" * 300, "s", "t"),
    ],
)  # fmt: skip
def test_nothing_is_smuggled_in(letter: Letter) -> None:
    with pytest.raises(MailRefused):
        build(letter, sender=SENDER)


def test_international_domain_and_odd_bodies() -> None:
    message = build(Letter("bob@bücher.example", "s" * 500, "nul\x00 lone \ud800 \r\n.\r\nQUIT"), sender=SENDER)
    assert message["To"] == "bob@xn--bcher-kva.example"
    assert len(message["Subject"]) == 200
    assert b"nul lone ?" in message.as_bytes()


@dataclass
class Post:
    """A mail server that keeps what it was told; `answers` overrides its reply to a command."""

    answers: dict[str, str] = field(default_factory=dict)
    port: int = 0
    commands: list[str] = field(default_factory=list)
    letters: list[str] = field(default_factory=list)
    stopped: Event = field(default_factory=Event)

    @property
    def server(self) -> SmtpServer:
        return SmtpServer("127.0.0.1", self.port, security=Security.NONE, deadline=5)

    def talk(self, connection: socket.socket) -> None:
        with suppress(OSError), connection, connection.makefile("rwb", buffering=0) as wire:
            wire.write(self._reply("GREETING", "220 ready"))
            while line := wire.readline():
                command = line.decode().strip()
                self.commands.append(command)
                verb = command.split()[0].upper().split(":")[0]
                wire.write(
                    self._reply(verb, {"EHLO": "250 hello", "DATA": "354 go on", "QUIT": "221 bye"}.get(verb, "250 ok"))
                )
                if verb == "DATA" and "DATA" not in self.answers:
                    self.letters.append(_until_dot(wire))
                    wire.write(self._reply("END", "250 taken"))

    def _reply(self, verb: str, usual: str) -> bytes:
        return (self.answers.get(verb, usual) + "\r\n").encode()


def _until_dot(wire: socket.SocketIO) -> str:
    lines: list[bytes] = []
    while (line := wire.readline()) != b".\r\n":
        lines.append(line)
    return b"".join(lines).decode()


@contextmanager
def post_office(**answers: str) -> Iterator[Post]:
    post = Post(answers)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        post.port = listener.getsockname()[1]
        Thread(target=lambda: post.talk(listener.accept()[0]), daemon=True).start()
        yield post


MESSAGE = build(Letter("bob@example.org", "Hello", "line\n.\nafter the dot"), sender=SENDER)


def test_letter_is_handed_in_whole() -> None:
    with post_office() as post:
        post.server.send(MESSAGE)
    assert "mail FROM:<trackeep@example.org>" in post.commands[1]
    assert "after the dot" in post.letters[0]


@pytest.mark.parametrize(
    ("answers", "retryable", "word"),
    [
        ({"RCPT": "550 no such user"}, False, "recipient"),
        ({"RCPT": "451 try later"}, True, "recipient"),
        ({"MAIL": "552 too big"}, False, "552"),
        ({"DATA": "451 busy"}, True, "451"),
        ({"GREETING": "554 go away"}, False, "554"),
        ({"END": "554 spam"}, False, "554"),
    ],
)
def test_refusals(answers: dict[str, str], retryable: bool, word: str) -> None:
    with post_office(**answers) as post, pytest.raises(MailFailed) as failed:
        post.server.send(MESSAGE)
    assert failed.value.retryable is retryable
    assert word in failed.value.reason


def test_password_is_never_sent_where_starttls_is_missing() -> None:
    with post_office(EHLO="250-hello\r\n250 AUTH PLAIN") as post, pytest.raises(MailFailed) as failed:
        SmtpServer("127.0.0.1", post.port, "bob", "secret", deadline=5).send(MESSAGE)
    assert not failed.value.retryable
    assert "STARTTLS" in failed.value.reason
    assert not any("AUTH" in command.upper() for command in post.commands)


def test_wrong_password() -> None:
    with post_office(EHLO="250-hello\r\n250 AUTH PLAIN", AUTH="535 no") as post, pytest.raises(MailFailed) as failed:
        SmtpServer("127.0.0.1", post.port, "bob", "secret", Security.NONE, 5).send(MESSAGE)
    assert "user name or password" in failed.value.reason


def test_nobody_there() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(MailFailed) as failed:
        SmtpServer("127.0.0.1", port, security=Security.NONE).send(MESSAGE)
    assert failed.value.retryable


@pytest.mark.parametrize("drip", [b"", b"2"])
@pytest.mark.parametrize("security", list(Security))
def test_silent_or_dripping_server_meets_the_deadline(drip: bytes, security: Security) -> None:
    stopped = Event()

    def slow(listener: socket.socket) -> None:
        connection, _peer = listener.accept()
        with suppress(OSError), connection:
            while not stopped.wait(0.05):
                connection.sendall(drip)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        Thread(target=slow, args=(listener,), daemon=True).start()
        started = time.monotonic()
        with pytest.raises(MailFailed) as failed:
            SmtpServer("127.0.0.1", listener.getsockname()[1], security=security, deadline=0.4).send(MESSAGE)
        assert time.monotonic() - started < 0.9
        stopped.set()
    assert failed.value.retryable
