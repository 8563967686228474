"""Connects to Redis when a process starts, and says what cannot be used: it goes on without, or ends if told so."""

from collections.abc import Callable
from dataclasses import dataclass

import structlog
from flask import Flask

from config.env import SettingError
from trackeep.core import ext
from trackeep.core.redis_trouble import advise

EXTENSION = "trackeep.redis"
log = structlog.get_logger("trackeep.redis")


@dataclass(frozen=True, slots=True)
class Connecting:
    """What a server calls when a process of it begins and ends."""

    begin: Callable[..., None]
    end: Callable[[], None]


def init_app(app: Flask) -> None:
    app.extensions[EXTENSION] = Connecting(begin, end)


def begin(*, is_first: bool) -> None:
    """Connect to all addresses. The first process of a server tells in one line each what cannot be used; with
    REDIS_REQUIRED it raises SettingError instead. The others, and those that follow them later, go on without."""
    settings = ext.settings().redis
    troubles = [advise(settings, trouble) for trouble in ext.redis().begin()]
    if not is_first:
        return
    for words in settings.warnings():
        log.warning("redis_setting", advice=words)
    if settings.required and not settings.urls:
        raise SettingError("REDIS_REQUIRED is on, but REDIS_URL names no Redis.")
    if settings.required and troubles:
        end()
        raise SettingError(f"{' '.join(map(str, troubles))} REDIS_REQUIRED forbids to go on without.")
    for advice in troubles:
        log.warning("redis_unusable", setting=advice.setting, address=advice.address, reason=advice.reason)


def end() -> None:
    """Hang up, and stop looking for what was away."""
    ext.redis().close()
