"""Structured logs: one event a line, the request id on each, never a secret."""

import logging
import re
import sys
from http import HTTPStatus

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

SECRET_NAMES = frozenset({"password", "token", "secret", "cookie", "authorization", "code", "csrf_token"})
# What new_token() makes: links to a password or an account have one in their path.
_TOKEN = re.compile(r"[\w-]{40,}")
_MAX_PATH = 200


def shown_path(path: str) -> str:
    """The path of a request as it may be logged: short, and without the secret of a link."""
    return _TOKEN.sub("***", path)[:_MAX_PATH]


def configure_logs(level: str) -> None:
    """Send our events and the libraries' to standard error: as JSON lines, or as plain ones to a person's terminal."""
    for_a_person = sys.stderr.isatty()
    render: Processor = _plain_line if for_a_person else structlog.processors.JSONRenderer()
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _hide_secrets,
        structlog.processors.format_exc_info,
    ]
    number = logging.getLevelName(level.upper())
    quiet: list[Processor] = [_drop_what_went_well] if for_a_person and number > logging.DEBUG else []
    structlog.configure(
        processors=[*quiet, *shared, render],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(processor=render, foreign_pre_chain=shared))
    logging.basicConfig(handlers=[handler], level=max(number, logging.WARNING), force=True)


def _drop_what_went_well(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """A line for each request would bury the address that the start printed; LOG_LEVEL=debug shows them."""
    if event.get("event") == "request" and event.get("status", 0) < HTTPStatus.INTERNAL_SERVER_ERROR:
        raise structlog.DropEvent
    return event


def _plain_line(_logger: WrappedLogger, _method: str, event: EventDict) -> str:
    """`12:01:07 warning fetch_failed host=example.org`, and a traceback below it."""
    facts = {name: value for name, value in event.items() if not name.startswith("_")}
    moment, level, name = (str(facts.pop(key, "")) for key in ("timestamp", "level", "event"))
    traceback = str(facts.pop("exception", ""))
    told = (moment[11:19], level, name, *(f"{key}={value}" for key, value in facts.items()))
    return " ".join(filter(None, told)) + (f"\n{traceback}" if traceback else "")


def _hide_secrets(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    for name in SECRET_NAMES & event.keys():
        event[name] = "***"
    return event
