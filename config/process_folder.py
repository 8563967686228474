"""The folder that the processes of one server share while it runs: its master makes it, holds it and removes it."""

import fcntl
import os
import shutil
import tempfile
from pathlib import Path

PREFIX = "trackeep-processes-"
BEGINNING = "trackeep-begins-"
HOLD = "held"


def make(preferred: Path | None) -> Path:
    """A new folder in ``preferred``, or where temporary files are. Those of servers that were killed go on this
    occasion: their masters no longer hold them."""
    parent = preferred or Path(tempfile.gettempdir())
    for left in parent.glob(f"{PREFIX}*"):
        if not _is_held(left):
            remove(left)
    draft = Path(tempfile.mkdtemp(prefix=BEGINNING, dir=parent))
    # Held for as long as this process and those that it forks live; under its real name nobody sees it free.
    fcntl.flock(os.open(draft / HOLD, os.O_CREAT | os.O_RDWR, 0o600), fcntl.LOCK_EX)
    return draft.rename(draft.with_name(draft.name.replace(BEGINNING, PREFIX)))


def remove(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)


def forget(folder: Path, pid: int) -> None:
    """What a process told of itself, such as its memory, ends with it; what it counted stays."""
    for path in folder.glob(f"gauge_live*_{pid}.db"):
        path.unlink(missing_ok=True)


def _is_held(folder: Path) -> bool:
    try:
        descriptor = os.open(folder / HOLD, os.O_RDWR)
    except OSError:
        # It belongs to somebody else.
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(descriptor)
    return False
