"""The ways in which a list finds what another table decides: from few candidates, row by row, among all gathered."""

from collections.abc import Sequence
from types import ModuleType

import pytest

from trackeep.core import candidates

WAYS = {"few": (5_000, 1_000), "row by row": (3, 1_000), "gathered": (3, 1), "both": (3, 7)}


def take(way: str, monkeypatch: pytest.MonkeyPatch, modules: Sequence[ModuleType]) -> None:
    """The modules are those that use the two limits by name."""
    for name, value in zip(("FEW", "SOON"), WAYS[way], strict=True):
        for module in (candidates, *modules):
            if hasattr(module, name):
                monkeypatch.setattr(module, name, value)
