"""The known-device mark: a note in the browser that these people have signed in here before."""

import secrets
from dataclasses import dataclass, field

MAX_PEOPLE = 8


@dataclass(frozen=True, slots=True)
class Device:
    """One browser and who has signed in with it, the latest last."""

    id: str = field(default_factory=lambda: secrets.token_urlsafe(12))
    people: tuple[int, ...] = ()

    def knows(self, user_id: int) -> bool:
        return user_id in self.people

    def with_person(self, user_id: int) -> "Device":
        others = tuple(known for known in self.people if known != user_id)
        return Device(self.id, (*others, user_id)[-MAX_PEOPLE:])

    def payload(self) -> list[object]:
        return [self.id, list(self.people)]


def from_payload(payload: object) -> Device:
    """The device that a signed payload tells of; a new one when there is none."""
    match payload:
        case [str(device_id), list(people)] if all(isinstance(person, int) for person in people):
            return Device(device_id, tuple(people))
        case _:
            return Device()
