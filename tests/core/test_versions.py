"""Scope versions rise with what they belong to, and only then."""

import pytest

from trackeep.core import db, versions
from trackeep.core.actor import Actor


def test_versions_rise_by_one_and_start_at_nothing(alice: Actor) -> None:
    with db.unit_of_work():
        versions.raise_versions("a", "b", "a")
    with db.unit_of_work():
        versions.raise_versions("b")
        versions.raise_versions()

    assert versions.current_versions(["a", "b", "c"]) == {"a": 1, "b": 2, "c": 0}


def test_what_is_rolled_back_raises_nothing(alice: Actor) -> None:
    with pytest.raises(RuntimeError, match="no"), db.unit_of_work():
        versions.raise_versions("a")
        raise RuntimeError("no")

    assert versions.current_versions(["a"]) == {"a": 0}
