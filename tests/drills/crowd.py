"""Several people who read, and some who write, with sessions and with tokens; what each answer must be is known."""

import itertools
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import httpx

from tests.drills.application import Application, Person
from tests.drills.load import Request

READERS = 4
WRITERS = 2
BOOKMARKS = 5
LIST = "/api/v1/bookmarks"
TAGS = "/api/v1/tags"
HOME = "/"


@dataclass(frozen=True)
class Reader:
    """Nobody changes anything of theirs, so each address always answers the same."""

    person: Person
    answers: Mapping[str, bytes]

    def read(self, path: str, headers: Mapping[str, str]) -> Request:
        return Request(path, headers=headers, check=self._check(path))

    def _check(self, path: str) -> Callable[[bytes], str]:
        wanted = self.answers[path]
        return lambda body: "" if wanted in body else f"{path} answers something else: {body[:200]!r}"


@dataclass(frozen=True)
class Writer:
    """Turns a flag of one of their bookmarks, and is answered what it is now."""

    person: Person
    bookmarks: list[int]

    def write(self, number: int, headers: Mapping[str, str]) -> Request:
        value = number % 2 == 0
        path = f"{LIST}/{self.bookmarks[number % len(self.bookmarks)]}"
        body = json.dumps({"favourite": value}).encode()
        return Request(
            path, "PATCH", {**headers, "Content-Type": "application/json"}, body, lambda answer: _said(answer, value)
        )


class Crowd:
    """Of 40 requests 27 are lists by session, 5 lists by token, 5 lists of tags, 1 is a home page and 2 are writes:
    cheap ones, so that the machine which sends them as well has the time."""

    def __init__(self, server: Application) -> None:
        self.readers = [_reader(server) for _ in range(READERS)]
        self.writers = [_writer(server) for _ in range(WRITERS)]
        self._written = itertools.count()

    def make(self, number: int) -> Request:
        turn = number % 40
        if turn in (0, 20):
            return self._write(next(self._written))
        reader = self.readers[number % len(self.readers)]
        if turn == 1:
            return reader.read(HOME, reader.person.session)
        if turn % 8 == 2:
            return reader.read(LIST, reader.person.token)
        return reader.read(TAGS if turn % 8 == 5 else LIST, reader.person.session)

    def _write(self, number: int) -> Request:
        """In turn with session and token."""
        writer = self.writers[number % len(self.writers)]
        is_program = number // len(self.writers) % 2
        return writer.write(number // 4, writer.person.token if is_program else writer.person.session)


def _said(answer: bytes, value: bool) -> str:
    return "" if json.loads(answer)["favourite"] is value else "the answer to a write is not what was written"


def _reader(server: Application) -> Reader:
    person = server.add_person()
    _fill(server, person)
    with httpx.Client(base_url=server.url, headers=person.session) as client:
        answers = {path: client.get(path).content for path in (LIST, TAGS)}
    return Reader(person, {**answers, HOME: f"Page {BOOKMARKS - 1} of {person.name}".encode()})


def _writer(server: Application) -> Writer:
    person = server.add_person()
    return Writer(person, _fill(server, person))


def _fill(server: Application, person: Person) -> list[int]:
    made = []
    with server.browser(person) as client:
        for number in range(BOOKMARKS):
            page = {"url": f"http://127.0.0.1:1/{number}", "title": f"Page {number} of {person.name}", "tags": ["red"]}
            answer = client.post(LIST, json=page)
            answer.raise_for_status()
            made.append(int(answer.json()["id"]))
    return made
