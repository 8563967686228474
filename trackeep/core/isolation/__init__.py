"""Runs a pure function of ours in a child process of its own, with a limit of memory and a deadline."""

from trackeep.core.isolation.caller import Isolated
from trackeep.core.isolation.errors import (
    ChildBroken,
    ChildError,
    ChildFailed,
    ChildTooSlow,
)

__all__ = ["ChildBroken", "ChildError", "ChildFailed", "ChildTooSlow", "Isolated"]
