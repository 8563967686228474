"""People write numbers that grow: one sees each own number at once everywhere, the other's are watched by strangers to
the write, who see none that has been outdated for a second."""

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import httpx

from tests.drills.application import Application, Person
from tests.drills.site import Site
from tests.servers.programs import pause, until

LIST = "/api/v1/bookmarks"
STALE_SECONDS = 1.0
PACE_SECONDS = 0.04
ENOUGH, ENOUGH_SECONDS = 10, 20.0
TITLE = "SELECT title FROM bookmarks WHERE id = {}"


@dataclass(frozen=True)
class Look:
    """What one who did not write it saw, and between which moments."""

    began: float
    ended: float
    number: int


class Numbers:
    """Written at the first instance, by program and by browser in turn. They are looked at on all instances after each
    write, by who wrote it, or without a pause by others if it is ``watched``: never both, since a process that reads
    what somebody has written knows it for others, too. ``wrong`` is what no fault excuses."""

    def __init__(self, place: Site, *, watched: bool) -> None:
        self._place, self._watched = place, watched
        self._person: Person = place.servers[0].add_person()
        self._programs = [server.browser(self._person) for server in place.servers]
        self._browser = httpx.Client(headers=_form_headers(self._person), cookies=_cookies(self._person), timeout=20)
        answer = self._programs[0].post(LIST, json={"url": "http://127.0.0.1:1/number", "title": "0"})
        self._id, self._tag = int(answer.json()["id"]), answer.headers["ETag"]
        now = time.monotonic()
        # By number: when its writing began, and when it was acknowledged.
        self.begun, self.acknowledged = [now], [now]
        self.looks: list[Look] = []
        self.wrong: list[str] = []
        self._stopping = threading.Event()
        self._threads = [threading.Thread(target=self._write, name="numbers", daemon=True)]
        if watched:
            self._threads += [threading.Thread(target=self._look, args=(each,), daemon=True) for each in place.servers]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        self._stopping.set()
        for thread in self._threads:
            thread.join(30)
        for client in (*self._programs, self._browser):
            client.close()

    @property
    def has_enough(self) -> bool:
        """Whether this was a drill at all, or is over because something was wrong."""
        seen = len(self.acknowledged) > ENOUGH and (len(self.looks) > ENOUGH or not self._watched)
        return seen or bool(self.wrong)

    @property
    def oldest(self) -> float:
        """For how many seconds the most outdated number had been outdated when it was seen."""
        return max((look.began - self._outdated_at(look.number) for look in self.looks), default=0.0)

    def complaints(self) -> list[str]:
        """Everything that was not as it must be, in words. Stop first."""
        found = list(self.wrong)
        for look in self.looks:
            age = look.began - self._outdated_at(look.number)
            if age > STALE_SECONDS:
                found.append(f"{look.number} was seen {age:.2f} s after the next one")
            if look.number >= len(self.begun) or self.begun[look.number] > look.ended:
                found.append(f"{look.number} was seen before it was written")
        held = self._place.database.ask(TITLE.format(self._id))
        if held != [(str(len(self.acknowledged) - 1),)]:
            found.append(f"the database holds {held}, acknowledged was {len(self.acknowledged) - 1}")
        return found

    def _outdated_at(self, number: int) -> float:
        following = number + 1
        return self.acknowledged[following] if following < len(self.acknowledged) else float("inf")

    def _write(self) -> None:
        while not self._stopping.is_set() and not self.wrong:
            number = len(self.begun)
            self.begun.append(time.monotonic())
            is_program = number % 2 == 0
            if not self._send(self._programs[0] if is_program else self._browser, number):
                return
            self.acknowledged.append(time.monotonic())
            if not self._watched:
                self._look_at_own(number, is_program=is_program)
            self._stopping.wait(PACE_SECONDS)

    def _look_at_own(self, number: int, *, is_program: bool) -> None:
        for at, server in enumerate(self._place.servers):
            seen = self._number(self._programs[at] if is_program else self._browser, server)
            if seen is not None and seen != number:
                whose = "program" if is_program else "browser"
                self.wrong.append(f"the {whose} that wrote {number} saw {seen} at instance {at}")

    def _send(self, client: httpx.Client, number: int) -> bool:
        url = f"{self._place.servers[0].url}{LIST}/{self._id}"
        answer = client.patch(url, json={"title": str(number)}, headers={"If-Match": self._tag})
        if answer.status_code != httpx.codes.OK:
            self.wrong.append(f"writing {number}: {answer.status_code} {answer.text[:300]}")
            return False
        self._tag = answer.headers["ETag"]
        return True

    def _look(self, server: Application) -> None:
        """As another browser of the same person, which does not know that there was a write."""
        with httpx.Client(headers=self._person.session, timeout=20) as client:
            while not self._stopping.is_set() and not self.wrong:
                began = time.monotonic()
                number = self._number(client, server)
                if number is not None:
                    self.looks.append(Look(began, time.monotonic(), number))
                self._stopping.wait(PACE_SECONDS)

    def _number(self, client: httpx.Client, server: Application) -> int | None:
        answer = client.get(f"{server.url}{LIST}")
        if answer.status_code != httpx.codes.OK:
            self.wrong.append(f"reading: {answer.status_code} {answer.text[:300]}")
            return None
        return int(answer.json()["items"][0]["title"])


def _cookies(person: Person) -> dict[str, str]:
    return dict(cookie.split("=", 1) for cookie in person.session["Cookie"].split("; "))


def _form_headers(person: Person) -> dict[str, str]:
    return {name: value for name, value in person.session.items() if name != "Cookie"}


@contextmanager
def numbers(place: Site) -> Iterator[Sequence[Numbers]]:
    """Both kinds are written and looked at until the end."""
    both = [Numbers(place, watched=False), Numbers(place, watched=True)]
    for each in both:
        each.start()
    try:
        pause(0.3)
        yield both
        until(lambda: all(each.has_enough for each in both), ENOUGH_SECONDS, "something to see")
    finally:
        for each in both:
            each.stop()


def check(both: Sequence[Numbers]) -> None:
    """Nothing was wrong."""
    complaints = [complaint for each in both for complaint in each.complaints()]
    assert complaints == [], complaints[:10]
