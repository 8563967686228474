"""The caller's side: starts the child when it is needed, sends a call, waits no longer than the deadline."""

import os
import selectors
import subprocess
import sys
import threading
import time
from contextlib import ExitStack
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import orjson

from trackeep.core.isolation import child as program
from trackeep.core.isolation.child import HEADER, MAX_FRAME
from trackeep.core.isolation.errors import ChildBroken, ChildFailed, ChildTooSlow

IDLE_SECONDS = 20.0
NICENESS = 10
MEMORY_MIB = 512
_CHUNK = 64 * 1024


class Isolated:
    """A function in a child process, as ``package.module:function``; its arguments and its value are plain data.

    The child is kept for the next call, ends by itself when none comes, and after ``most_calls``. Calls of one object
    follow one another. The function's module may import other modules of ours, but of their packages no ``__init__``
    is run (see ``child``)."""

    def __init__(
        self,
        name: str,
        *,
        deadline: float,
        memory_mib: int = MEMORY_MIB,
        idle_seconds: float = IDLE_SECONDS,
        most_calls: int = 1_000,
    ) -> None:
        self._name = name
        self._deadline = deadline
        self._memory_mib = memory_mib
        self._idle_seconds = idle_seconds
        self._most_calls = most_calls
        self._child: _Child | None = None
        self._calls = 0
        self._lock = threading.Lock()

    def call(self, *arguments: object) -> Any:
        """The function's value. Raises ChildFailed, ChildTooSlow or ChildBroken; the deadline is this call's own and
        includes the start of a child, but not the wait for the calls before."""
        request = orjson.dumps(arguments)
        with self._lock:
            if self._calls >= self._most_calls:
                self._end()
            try:
                answer = self._asked(request, time.monotonic() + self._deadline)
            except BaseException:
                self._end()
                raise
            if "value" not in answer:
                self._refuse(answer)
            self._calls += 1
            return answer["value"]

    def close(self) -> None:
        """End the child, if there is one."""
        with self._lock:
            self._end()

    @property
    def pid(self) -> int | None:
        """The child's process id while there is one."""
        return self._child.process.pid if self._child and self._child.process.poll() is None else None

    def _asked(self, request: bytes, deadline: float) -> dict[str, Any]:
        if self._child is not None:
            try:
                return self._child.ask(request, deadline)
            except _EndedBefore:
                self._end()  # it had waited long enough; a new one takes the call
        self._child = _Child(self._name, self._memory_mib, self._idle_seconds)
        try:
            return self._child.ask(request, deadline)
        except _EndedBefore as error:
            raise ChildBroken("The child ended before it answered.") from error

    def _refuse(self, answer: dict[str, Any]) -> None:
        if answer.get("broken"):
            self._end()
            raise ChildBroken("The child ran out of memory.")
        raise ChildFailed(str(answer.get("error")))

    def _end(self) -> None:
        if self._child is not None:
            self._child.end()
        self._child, self._calls = None, 0


class _EndedBefore(Exception):
    """The child was gone before a byte of its answer came."""


class _Child:
    """One process with a pipe in each direction. Nothing here blocks for longer than a deadline says, and waiting lets
    other threads, or the cooperative tasks of the server, go on."""

    def __init__(self, name: str, memory_mib: int, idle_seconds: float) -> None:
        # -I: nothing of the environment decides what it imports.
        limits = [str(memory_mib), str(NICENESS), str(idle_seconds)]
        command = [sys.executable, "-I", program.__file__, str(_root_of(name)), name, *limits]
        with ExitStack() as undo, ExitStack() as its_ends:
            its_input, self._to = os.pipe()
            its_ends.callback(os.close, its_input)
            undo.callback(os.close, self._to)
            self._from, its_output = os.pipe()
            its_ends.callback(os.close, its_output)
            undo.callback(os.close, self._from)
            for end in (self._to, self._from):
                os.set_blocking(end, False)
            self.process = subprocess.Popen(
                command, stdin=its_input, stdout=its_output, stderr=subprocess.DEVNULL, env={}, start_new_session=True
            )
            undo.callback(self.process.kill)
            # A child that has ended is taken note of by the system at once, also while nobody calls.
            threading.Thread(target=self.process.wait, name="isolated-child", daemon=True).start()
            undo.pop_all()

    def ask(self, request: bytes, deadline: float) -> dict[str, Any]:
        self._send(HEADER.pack(len(request)) + request, deadline)
        (size,) = HEADER.unpack(self._receive(HEADER.size, deadline, is_first=True))
        if size > MAX_FRAME:
            raise ChildBroken("The child's answer is not one.")
        try:
            answer = orjson.loads(self._receive(size, deadline))
        except orjson.JSONDecodeError as error:
            raise ChildBroken("The child's answer is not one.") from error
        if not isinstance(answer, dict):
            raise ChildBroken("The child's answer is not one.")
        return answer

    def end(self) -> None:
        self.process.kill()
        os.close(self._to)
        os.close(self._from)

    def _send(self, data: bytes, deadline: float) -> None:
        rest = memoryview(data)
        while rest:
            _await(self._to, selectors.EVENT_WRITE, deadline)
            try:
                rest = rest[os.write(self._to, rest[:_CHUNK]) :]
            except BlockingIOError:
                continue
            except BrokenPipeError as error:
                raise _EndedBefore from error

    def _receive(self, size: int, deadline: float, *, is_first: bool = False) -> bytes:
        found = bytearray()
        while len(found) < size:
            _await(self._from, selectors.EVENT_READ, deadline)
            try:
                chunk = os.read(self._from, min(_CHUNK, size - len(found)))
            except BlockingIOError:
                continue
            if not chunk:
                raise _EndedBefore if is_first and not found else ChildBroken("The child ended before it answered.")
            found += chunk
        return bytes(found)


def _await(end: int, event: int, deadline: float) -> None:
    """Until this end of a pipe can be used; raises ChildTooSlow."""
    with selectors.DefaultSelector() as selector:
        selector.register(end, event)
        if not selector.select(max(0.0, deadline - time.monotonic())):
            raise ChildTooSlow("The child took longer than it may.")


def _root_of(name: str) -> Path:
    """The folder that the function's topmost package lies in."""
    module = name.partition(":")[0]
    spec = find_spec(module)
    if spec is None or spec.origin is None:
        raise LookupError(f"There is no module {module}.")
    return Path(spec.origin).parents[module.count(".")]
