"""The state machine of signing in."""

import pytest

from trackeep.accounts.login import Stage, next_stage


@pytest.mark.parametrize(
    ("done", "second_factor", "temporary", "expected"),
    [
        (None, False, False, Stage.FULL),
        (None, True, False, Stage.SECOND_FACTOR),
        (None, False, True, Stage.NEW_PASSWORD),
        (None, True, True, Stage.SECOND_FACTOR),
        (Stage.SECOND_FACTOR, True, True, Stage.NEW_PASSWORD),
        (Stage.SECOND_FACTOR, True, False, Stage.FULL),
        (Stage.NEW_PASSWORD, True, True, Stage.FULL),
        (Stage.FULL, True, True, Stage.FULL),
    ],
)
def test_next_stage(done: Stage | None, second_factor: bool, temporary: bool, expected: Stage) -> None:
    assert next_stage(done, second_factor=second_factor, temporary_password=temporary) is expected
