"""Logs are JSON for machines, and for a person at a terminal few plain lines."""

import io
import json
import logging
import sys
from collections.abc import Iterator

import pytest
import structlog

from trackeep.core import logs


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    was, root = structlog.get_config(), logging.getLogger()
    handlers, level = root.handlers[:], root.level
    # An earlier test's request may have left its id with this thread.
    structlog.contextvars.clear_contextvars()
    yield
    structlog.configure(**was)
    root.handlers[:] = handlers
    root.setLevel(level)


def said_to(stream: io.StringIO, monkeypatch: pytest.MonkeyPatch, level: str = "info") -> list[str]:
    """What comes out of a few events."""
    monkeypatch.setattr(sys, "stderr", stream)
    logs.configure_logs(level)
    log = structlog.get_logger()
    log.info("request", method="GET", path="/bookmarks", status=200, ms=12.3)
    log.info("request", method="GET", path="/broken", status=500, ms=1.0)
    log.warning("fetch_failed", host="example.org", password="hush")
    try:
        raise ValueError("odd")
    except ValueError:
        log.exception("after_commit_failed")
    logging.getLogger("library").warning("watch %s", "out")
    return stream.getvalue().splitlines()


def test_machines_get_json_and_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    events = [json.loads(line) for line in said_to(io.StringIO(), monkeypatch)]
    assert [event["event"] for event in events] == [
        "request", "request", "fetch_failed", "after_commit_failed", "watch out",
    ]  # fmt: skip
    assert events[2]["password"] == "***"
    assert events[2]["level"] == "warning"
    assert "ValueError: odd" in events[3]["exception"]


def test_a_person_reads_plain_lines_about_what_went_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = said_to(Terminal(), monkeypatch)
    assert lines[0].endswith(" info request method=GET path=/broken status=500 ms=1.0")
    assert lines[1].endswith(" warning fetch_failed host=example.org password=***")
    assert lines[2].endswith(" error after_commit_failed")
    assert "ValueError: odd" in lines
    assert lines[-1].endswith(" warning watch out")
    assert [line for line in lines if "{" in line] == []


def test_a_person_who_debugs_sees_every_request(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "/bookmarks" in said_to(Terminal(), monkeypatch, "debug")[0]
