"""Structured logs: one event a line, the request id on each, never a secret."""

import logging
import re
import sys

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
    """Send our events and the libraries' to standard error as JSON lines."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _hide_secrets,
    ]
    number = logging.getLevelName(level.upper())
    structlog.configure(
        processors=[
            *shared,
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processor=structlog.processors.JSONRenderer(),
            foreign_pre_chain=[*shared, structlog.processors.format_exc_info],
        )
    )
    logging.basicConfig(handlers=[handler], level=max(number, logging.WARNING), force=True)


def _hide_secrets(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    for name in SECRET_NAMES & event.keys():
        event[name] = "***"
    return event
