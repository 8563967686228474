"""Letters: building them safely, and handing them to an SMTP server within a deadline."""

import re
import smtplib
import socket
import ssl
import time
from contextlib import closing
from dataclasses import dataclass
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid
from enum import StrEnum
from threading import Timer
from typing import Any

import idna

from trackeep.core import clock

DEADLINE_SECONDS = 20.0
MAX_SUBJECT_LENGTH = 200
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


class MailRefused(ValueError):
    """The letter cannot be built: a header holds a line break or the address is none."""


class MailFailed(Exception):
    """The letter was not taken; `reason` is a sentence for the administrator, `retryable` says whether to try again."""

    def __init__(self, reason: str, *, retryable: bool) -> None:
        super().__init__(reason)
        self.reason = reason
        self.retryable = retryable


@dataclass(frozen=True)
class Letter:
    """What a letter says: plain text, and the same as HTML for those who want it."""

    to: str
    subject: str
    text: str
    html: str | None = None
    to_name: str = ""
    reply_to: str | None = None


def build(letter: Letter, *, sender: str, sender_name: str = "Trackeep") -> EmailMessage:
    """The letter as a message; raises MailRefused for what could smuggle in a header or a second recipient."""
    message = EmailMessage(policy=SMTP)
    message["From"] = _address(sender_name, sender)
    message["To"] = _address(letter.to_name, letter.to)
    message["Subject"] = _line(letter.subject)[:MAX_SUBJECT_LENGTH]
    message["Date"] = format_datetime(clock.now())
    message["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2] or "localhost")
    message["Auto-Submitted"] = "auto-generated"
    if letter.reply_to is not None:
        message["Reply-To"] = _address("", letter.reply_to)
    message.set_content(_body(letter.text))
    if letter.html is not None:
        message.add_alternative(_body(letter.html), subtype="html")
    return message


def _address(name: str, address: str) -> Address:
    local, at, domain = _line(address).rpartition("@")
    try:
        ascii_domain = domain if domain.isascii() else idna.encode(domain, uts46=True).decode("ascii")
        return Address(display_name=_line(name), addr_spec=f"{local}{at}{ascii_domain}")
    except (ValueError, IndexError, MessageError) as error:
        raise MailRefused(f"not a mail address: {address!r}") from error


def _line(text: str) -> str:
    if _CONTROL.search(text):
        raise MailRefused("line breaks and control characters have no place in a header")
    return text.strip()


def _body(text: str) -> str:
    return text.replace("\x00", "").encode("utf-8", errors="replace").decode("utf-8")


class Security(StrEnum):
    """How the way to the server is protected."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


@dataclass(frozen=True)
class SmtpServer:
    """Where letters are handed in; `deadline` (seconds) spans the whole conversation."""

    host: str
    port: int = 587
    username: str = ""
    password: str = ""
    security: Security = Security.STARTTLS
    deadline: float = DEADLINE_SECONDS
    tls: ssl.SSLContext | None = None

    def send(self, message: EmailMessage) -> None:
        """Hand the message in; raises MailFailed."""
        started = time.monotonic()
        try:
            with closing(self._connection()) as smtp:
                self._introduce(smtp)
                smtp.send_message(message)
        except (OSError, smtplib.SMTPException, UnicodeError) as error:
            if time.monotonic() - started >= self.deadline:
                raise MailFailed("The mail server took too long to answer.", retryable=True) from error
            raise _failure(error) from error

    def _connection(self) -> "_Smtp":
        if self.security is Security.TLS:
            return _SmtpOverTls(self.host, self.port, timeout=self.deadline, context=self._context())
        return _Smtp(self.host, self.port, timeout=self.deadline)

    def _introduce(self, smtp: "_Smtp") -> None:
        if self.security is Security.STARTTLS:
            smtp.starttls(context=self._context())
        if self.username:
            smtp.login(self.username, self.password)

    def _context(self) -> ssl.SSLContext:
        return self.tls or ssl.create_default_context()


class _Smtp(smtplib.SMTP):
    """Hangs up at its timeout: the library's own is one of silence, which a dripping server never meets."""

    _timer: Timer | None = None

    def connect(
        self,
        host: str = "localhost",
        port: int = 0,
        source_address: Any = None,  # an address of any family, as the library's own signature has it
    ) -> tuple[int, bytes]:
        self._timer = Timer(self.timeout, self._hang_up)
        self._timer.daemon = True
        self._timer.start()
        return super().connect(host, port, source_address)

    def close(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        super().close()

    def _hang_up(self) -> None:
        connection = self.sock
        if connection is not None:
            connection.shutdown(socket.SHUT_RDWR)


class _SmtpOverTls(_Smtp, smtplib.SMTP_SSL):
    """The same over TLS from the first byte."""


def _failure(error: Exception) -> MailFailed:
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return MailFailed("The mail server refused the user name or password.", retryable=False)
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _words in error.recipients.values()]
        return MailFailed("The mail server refused the recipient.", retryable=all(400 <= code < 500 for code in codes))
    if isinstance(error, smtplib.SMTPResponseException):
        return MailFailed(
            f"The mail server answered with status {error.smtp_code}.", retryable=400 <= error.smtp_code < 500
        )
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return MailFailed("The mail server does not offer what is needed, such as STARTTLS.", retryable=False)
    if isinstance(error, ssl.SSLCertVerificationError):
        return MailFailed("The certificate of the mail server is not valid.", retryable=False)
    if isinstance(error, UnicodeError):
        return MailFailed("The letter cannot be written for this mail server.", retryable=False)
    return MailFailed("The mail server could not be reached.", retryable=True)
