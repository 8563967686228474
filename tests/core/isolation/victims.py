"""Functions that a child runs in the tests: good ones, and each way of going wrong."""

import ctypes
import os
import resource
import signal
import sys
import threading
from typing import Any

from tests.core.isolation.neighbour import NAME

# The pipe to the caller, as the child keeps it: the first number after those of its own that it was started with.
_OPEN_FILES = range(3, 32)


def echo(*words: Any) -> list[Any]:
    return [NAME, *words]


def environment() -> dict[str, Any]:
    return {
        "variables": sorted(name for name in os.environ if name not in ("LC_CTYPE", "__CF_USER_TEXT_ENCODING")),
        "nice": os.nice(0),
        "memory": resource.getrlimit(resource.RLIMIT_AS)[0],
        "application": "trackeep" in sys.modules or "flask" in sys.modules,
        "process": os.getpid(),
    }


def chatter() -> str:
    """Prints, as a library may."""
    sys.stdout.write("some words\n")
    sys.stdout.flush()
    os.write(1, b"more words\n")
    return "the answer"


def refuse(text: str) -> None:
    raise ValueError(text)


def hang() -> None:
    threading.Event().wait()


def spin() -> None:
    """Never lets go of the processor."""
    while True:
        pass


def crash() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def leave() -> None:
    os._exit(0)


def devour() -> int:
    held = []
    while True:
        held.append(bytearray(16 * 1024 * 1024))


def devour_outside() -> int:
    """Takes memory as a library in C does, which gets no exception."""
    library = ctypes.CDLL(None)
    library.malloc.restype = ctypes.c_void_p
    taken = 0
    while library.malloc(ctypes.c_size_t(16 * 1024 * 1024)):
        taken += 16
    return taken


def scribble(data: str) -> None:
    """Writes to every open file, and so to the pipe, what is no answer."""
    for number in _OPEN_FILES:
        try:
            os.write(number, data.encode("latin-1"))
        except OSError:
            continue
    os._exit(0)


def odd_value() -> object:
    return {"no": {1, 2}}
