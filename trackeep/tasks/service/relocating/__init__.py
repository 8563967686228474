"""Tasks and whole projects that move to another space, and the way back."""

from trackeep.tasks.service.relocating.back import undo_relocation
from trackeep.tasks.service.relocating.moves import Relocated, move_project, move_tasks

__all__ = ["Relocated", "move_project", "move_tasks", "undo_relocation"]
