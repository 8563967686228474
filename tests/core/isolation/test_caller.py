"""A function in a child process: its answers, and what comes of crashes, hanging, hunger and nonsense."""

import os
import threading
import time
from collections.abc import Iterator
from contextlib import closing

import pytest

from trackeep.core.isolation import ChildBroken, ChildError, ChildFailed, ChildTooSlow, Isolated

PATIENCE = 20.0


def victim(name: str, *, deadline: float = PATIENCE, **options: float) -> "closing[Isolated]":
    return closing(Isolated(f"tests.core.isolation.victims:{name}", deadline=deadline, **options))  # type: ignore[arg-type]  # the options are numbers


@pytest.fixture
def echo() -> Iterator[Isolated]:
    with victim("echo") as isolated:
        yield isolated


def test_data_goes_there_and_back(echo: Isolated) -> None:
    assert echo.call("ä", 1, None, {"a": [True]}) == ["from the neighbour", "ä", 1, None, {"a": [True]}]


def test_the_child_is_kept_for_the_next_call(echo: Isolated) -> None:
    echo.call(1)
    first = echo.pid

    echo.call(2)

    assert first is not None
    assert echo.pid == first


def test_megabytes_pass_in_both_directions(echo: Isolated) -> None:
    text = "word " * 1_000_000

    assert echo.call(text) == ["from the neighbour", text]


def test_the_child_is_alone_with_its_function() -> None:
    with victim("environment", memory_mib=200) as isolated:
        told = isolated.call()

    assert told["variables"] == []
    assert told["application"] is False
    assert told["nice"] >= 10
    assert told["memory"] == 200 * 1024 * 1024
    assert told["process"] != os.getpid()


def test_what_is_printed_is_no_answer() -> None:
    with victim("chatter") as isolated:
        assert isolated.call() == "the answer"
        assert isolated.call() == "the answer"


def test_an_exception_is_told_and_the_child_stays() -> None:
    with victim("refuse") as isolated:
        for words in ("no", "still no"):
            with pytest.raises(ChildFailed, match=f"ValueError: {words}"):
                isolated.call(words)
        assert isolated.pid is not None


@pytest.mark.parametrize("name", ["hang", "spin"])
def test_what_takes_too_long_is_killed(name: str) -> None:
    with victim(name, deadline=1.0) as isolated:
        began = time.monotonic()
        with pytest.raises(ChildTooSlow):
            isolated.call()

        assert time.monotonic() - began < 3.0
        assert isolated.pid is None


@pytest.mark.parametrize("name", ["crash", "leave", "odd_value"])
def test_a_child_that_ends_without_an_answer_is_told(name: str) -> None:
    with victim(name) as isolated, pytest.raises(ChildError):
        isolated.call()


def test_hunger_ends_in_the_child() -> None:
    with victim("devour", memory_mib=200) as isolated:
        with pytest.raises(ChildBroken):
            isolated.call()
        assert isolated.pid is None


def test_a_library_gets_no_more_memory_either() -> None:
    with victim("devour_outside", memory_mib=200) as isolated:
        assert isolated.call() < 200


@pytest.mark.parametrize(
    "data",
    [
        "no header at all",
        "\xff\xff\xff\xff",
        "\x00\x00\x00\x04[1,]",
        "\x00\x00\x00\x07[1,2,3]",
        "\x00\x00\x00\x02{}",
        "\x00\x00",
        "\x00\x00\x10\x00{",
    ],
)
def test_nonsense_is_no_answer(data: str) -> None:
    with victim("scribble") as isolated, pytest.raises(ChildError):
        isolated.call(data)


def test_after_each_accident_the_next_call_is_answered() -> None:
    with victim("echo", deadline=5.0) as isolated:
        isolated.call(1)
        assert isolated.pid is not None
        os.kill(isolated.pid, 9)

        assert isolated.call(2) == ["from the neighbour", 2]


def test_an_idle_child_ends_by_itself_and_leaves_nothing_behind() -> None:
    with victim("echo", idle_seconds=0.2) as isolated:
        isolated.call(1)
        ended = threading.Event()
        deadline = time.monotonic() + PATIENCE
        while isolated.pid is not None and time.monotonic() < deadline:
            ended.wait(0.05)

        assert isolated.pid is None
        assert isolated.call(2) == ["from the neighbour", 2]


def test_a_child_is_replaced_after_so_many_calls() -> None:
    with victim("echo", most_calls=2) as isolated:
        pids = set()
        for number in range(4):
            isolated.call(number)
            pids.add(isolated.pid)

        assert len(pids) == 2


def test_threads_take_turns(echo: Isolated) -> None:
    answers: list[object] = []
    threads = [threading.Thread(target=lambda n=n: answers.append(echo.call(n)[1])) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)

    assert sorted(answers) == list(range(8))  # type: ignore[type-var]  # they are numbers


def test_a_child_ends_with_whoever_started_it() -> None:
    with victim("echo") as isolated:
        isolated.call(1)
        pid = isolated.pid or 0
    deadline, gone = time.monotonic() + PATIENCE, threading.Event()
    while os.path.exists(f"/proc/{pid}/exe") and time.monotonic() < deadline:
        gone.wait(0.02)

    assert not os.path.exists(f"/proc/{pid}/exe")


@pytest.mark.parametrize(
    ("name", "error"),
    [("tests.core.isolation.victims:missing", ChildBroken), ("tests.core.isolation.nowhere:missing", LookupError)],
)
def test_a_function_that_is_not_there(name: str, error: type[Exception]) -> None:
    with closing(Isolated(name, deadline=PATIENCE)) as isolated, pytest.raises(error):
        isolated.call()


def test_a_child_that_cannot_be_started_leaves_no_pipe_open(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[int] = []
    pipe = os.pipe

    def noted() -> tuple[int, int]:
        ends = pipe()
        opened.extend(ends)
        return ends

    def refuse(*_arguments: object, **_options: object) -> None:
        raise BlockingIOError("The system has no room for another process.")

    monkeypatch.setattr("trackeep.core.isolation.caller.os.pipe", noted)
    monkeypatch.setattr("trackeep.core.isolation.caller.subprocess.Popen", refuse)
    with victim("echo") as isolated, pytest.raises(BlockingIOError):
        isolated.call(1)

    assert len(opened) == 4
    for end in opened:
        with pytest.raises(OSError, match="Bad file descriptor"):
            os.fstat(end)


def test_a_child_without_a_second_pipe_leaves_the_first_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    first = os.pipe()
    answers = iter([first])

    def one_pipe() -> tuple[int, int]:
        if ends := next(answers, None):
            return ends
        raise OSError("Too many open files")

    monkeypatch.setattr("trackeep.core.isolation.caller.os.pipe", one_pipe)
    with victim("echo") as isolated, pytest.raises(OSError, match="Too many open files"):
        isolated.call(1)

    for end in first:
        with pytest.raises(OSError, match="Bad file descriptor"):
            os.fstat(end)
