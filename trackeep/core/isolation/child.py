"""The child's side: a program that loads one function and answers its calls until nobody asks any more.

It is run by its path and imports nothing of ours but the module of the function: packages on the way to it are entered
without running their ``__init__``, which would bring the whole application with its database into the child.
"""

import json
import os
import resource
import select
import struct
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib import import_module
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType

HEADER = struct.Struct(">I")
MAX_FRAME = 256 * 1024 * 1024
MIB = 1024 * 1024
OUT_OF_MEMORY = 3
_CHUNK = 1024 * 1024


class BarePackages(MetaPathFinder):
    """Finds the packages below one folder as if their ``__init__`` were empty."""

    def __init__(self, root: Path, top: str) -> None:
        self._root, self._top = root, top

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        folder = self._root.joinpath(*fullname.split("."))
        if fullname.partition(".")[0] != self._top or not folder.is_dir():
            return None
        spec = ModuleSpec(fullname, None, is_package=True)
        spec.submodule_search_locations = [str(folder)]
        return spec


def main(root: str, name: str, memory_mib: str, niceness: str, idle_seconds: str) -> int:
    """Answer calls that come in on stdin; ends when stdin does, or after so long without a call."""
    asked, answers = os.dup(0), os.dup(1)
    _turn_away_from_the_pipes()
    os.nice(int(niceness))
    with suppress(ValueError, OSError):  # not every system can limit this
        resource.setrlimit(resource.RLIMIT_AS, (int(memory_mib) * MIB,) * 2)
    function = load(Path(root), name)
    while (request := _next_request(asked, float(idle_seconds))) is not None:
        answer, ended = answer_of(function, request)
        _write(answers, HEADER.pack(len(answer)) + answer)
        if ended:
            return OUT_OF_MEMORY
    return 0


def load(root: Path, name: str) -> Callable[..., object]:
    """The function of this name, as in ``package.module:function``."""
    module, _, attribute = name.partition(":")
    sys.meta_path.insert(0, BarePackages(root, module.partition(".")[0]))
    function: Callable[..., object] = getattr(import_module(module), attribute)
    return function


def answer_of(function: Callable[..., object], request: bytes) -> tuple[bytes, bool]:
    """The answer as JSON, and whether the child had better end now: memory that ran out is not given back."""
    try:
        return json.dumps({"value": function(*json.loads(request))}).encode(), False
    except MemoryError:
        return b'{"error": "MemoryError", "broken": true}', True
    except Exception as error:  # noqa: BLE001  # whatever the function raises is the caller's to judge
        return json.dumps({"error": f"{type(error).__name__}: {error}"[:500]}).encode(), False


def _turn_away_from_the_pipes() -> None:
    """What a library prints must not stand between the answers."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)


def _next_request(source: int, idle_seconds: float) -> bytes | None:
    ready, _, _ = select.select([source], [], [], idle_seconds)
    header = _read(source, HEADER.size) if ready else b""
    return _read(source, HEADER.unpack(header)[0]) if len(header) == HEADER.size else None


def _read(source: int, size: int) -> bytes:
    """So many bytes, or fewer when there are no more."""
    found = bytearray()
    while len(found) < size and (chunk := os.read(source, min(_CHUNK, size - len(found)))):
        found += chunk
    return bytes(found)


def _write(target: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(target, rest) :]


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
