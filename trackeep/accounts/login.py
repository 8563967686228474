"""The one state machine of signing in: which proof is still missing before a session is worth something."""

from enum import StrEnum


class Stage(StrEnum):
    """What a session waits for; only FULL opens anything."""

    SECOND_FACTOR = "second_factor"
    NEW_PASSWORD = "new_password"  # noqa: S105  # the name of a stage
    FULL = "full"


_ORDER = tuple(Stage)


def next_stage(done: Stage | None, *, second_factor: bool, temporary_password: bool) -> Stage:
    """The stage after ``done`` (None: the password was just proven). No stage that applies is ever skipped."""
    applies = {Stage.SECOND_FACTOR: second_factor, Stage.NEW_PASSWORD: temporary_password, Stage.FULL: True}
    behind = _ORDER if done is None else _ORDER[_ORDER.index(done) + 1 :]
    return next((stage for stage in behind if applies[stage]), Stage.FULL)
