"""Looks at a deployment and says in plain words what is wrong and what to change."""

from trackeep.core.doctor.deployment import LATE, examine
from trackeep.core.doctor.findings import Finding, Level

__all__ = ["LATE", "Finding", "Level", "examine"]
